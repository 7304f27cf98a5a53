import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { errorOf, readAll } from '../read-all.test-support.ts';
import { parseJson } from './json-items.ts';
import { createJsonScanner } from './json-scanner.ts';

const reasons = (faults: readonly { readonly line: number; readonly reason: string }[]) =>
  faults.map(({ line, reason }) => `${line} ${reason}`);

describe('the scanner', () => {
  /** What the scanner hears of a text given in parts, as JSON of its own. */
  function heard(parts: readonly string[]): string {
    const events: string[] = [];
    const scanner = createJsonScanner({
      file: 'x',
      maxDepth: 64,
      open: (kind) => events.push(kind),
      close: () => events.push('close'),
      key: (name) => events.push(`key ${name}`),
      scalar: (text, kind) => events.push(`${kind} ${text}`),
    });
    for (const part of parts) scanner.write(part);
    scanner.end();
    return events.join('\n');
  }

  test('accepts what JSON.parse accepts and refuses what it refuses, wherever the text is cut', () => {
    const piece = fc.constantFrom(
      ...'{}[]:,"\\ \n0123.-+eEtrufalsn'.split(''),
      'true',
      '"a"',
      '1.50',
      'null',
      '\\u0041',
    );
    const text = fc.oneof(
      fc.json(),
      fc.array(piece, { maxLength: 12 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, fc.nat(200), (json, cut) => {
        let isJson = true;
        try {
          JSON.parse(json);
        } catch {
          isJson = false;
        }
        const at = cut % (json.length + 1);
        const ours = () => heard([json.slice(0, at), json.slice(at)]);
        if (isJson) expect(ours()).toBe(heard([json]));
        else expect(ours).toThrowError(expect.objectContaining({ code: 'JSON_MALFORMED' }));
      }),
      { numRuns: 2_000 },
    );
  });

  test('says on which line a text goes wrong', () => {
    expect(() => heard(['{"a": 1,\n', '"b": 2\n "c": 3}'])).toThrowError(
      expect.objectContaining({ where: { file: 'x', line: 3 } }),
    );
  });

  test('builds the value that JSON.parse builds', () => {
    type Built = ReturnType<typeof parseJson>;
    const plain = (value: Built): unknown => {
      if (value.type === 'list') return value.items.map(plain);
      if (value.type === 'object')
        return Object.fromEntries(value.members.map(([key, inner]) => [key, plain(inner)]));
      return value.kind === 'string' ? value.text : JSON.parse(value.text);
    };
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const json = JSON.stringify(value);
        // Keys that objects treat specially cannot be rebuilt by Object.fromEntries in the same order.
        expect(plain(parseJson(json, 'x', 64))).toEqual(JSON.parse(json));
      }),
    );
  });

  test('depth is checked before anything is built', () => {
    const deep = (n: number) => `${'['.repeat(n)}${']'.repeat(n)}`;
    expect(parseJson(deep(64), 'x', 64).type).toBe('list');
    expect(() => parseJson(deep(65), 'x', 64)).toThrowError(
      expect.objectContaining({ code: 'JSON_TOO_DEEP' }),
    );
    expect(() => parseJson(deep(1_000_000), 'x', 64)).toThrowError(
      expect.objectContaining({ code: 'JSON_TOO_DEEP' }),
    );
  });
});

describe('rows', () => {
  const name = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 6 })
    .filter((text) => text.trim() === text);
  const cell = fc.string({ unit: 'grapheme', maxLength: 10 });
  const table = fc
    .uniqueArray(name, {
      minLength: 1,
      maxLength: 5,
      selector: (text) => text.normalize('NFC').split('.').join(''),
    })
    .chain((names) =>
      fc.tuple(
        fc.constant(names.map((text) => text.normalize('NFC').replaceAll('.', '-'))),
        fc.array(fc.array(cell, { minLength: names.length, maxLength: names.length }), {
          minLength: 2,
          maxLength: 8,
        }),
      ),
    )
    .filter(([names]) => new Set(names).size === names.length && names.every((text) => text !== ''));

  test('any table written as lines, as a list or inside a document reads back equal', async () => {
    const encodings = fc.constantFrom<BufferEncoding>('utf8', 'utf16le');
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom('lines', 'list', 'document', 'pretty'),
        encodings,
        fc.boolean(),
        async ([names, rows], shape, encoding, gzip) => {
          const objects = rows.map((row) =>
            JSON.stringify(Object.fromEntries(row.map((value, c) => [names[c], value]))),
          );
          const whole = {
            lines: objects.join('\n'),
            list: `[${objects.join(',')}]`,
            document: `{"n": ${rows.length}, "data": {"rows": [${objects.join(', ')}], "none": []}}`,
            pretty: JSON.stringify(JSON.parse(`[${objects.join(',')}]`), null, 2),
          };
          const text = Buffer.from(`\ufeff${whole[shape as keyof typeof whole]}`, encoding);
          const read = await readAll(gzip ? gzipSync(text) : text);
          const at = names.map((column) => read.columns.indexOf(column));
          expect([...read.columns].sort()).toEqual([...names].sort());
          expect(read.rows.map((row) => at.map((c) => row[c]))).toEqual(rows);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('numbers keep their digits, and words are words', async () => {
    const read = await readAll(
      '{"a": 12345678901234567890, "b": 1.10, "c": 1e5, "d": true, "e": null, "f": "007"}\n{}',
    );
    expect(read.rows[0]).toEqual(['12345678901234567890', '1.10', '1e5', 'true', '', '007']);
    expect(read.rows[1]).toEqual(['', '', '', '', '', '']);
  });

  test('nested keys are joined, and two ways to one name are two columns', async () => {
    const read = await readAll('[{"a": {"b": 1, "c": {"d": 2}}, "a.b": 3, "": 4}]');
    expect(read.columns).toEqual(['a.b', 'a.c.d', 'a.b_2', 'column_4']);
    expect(read.rows).toEqual([['1', '2', '3', '4']]);
  });

  test('keys of object prototypes are ordinary keys', async () => {
    const read = await readAll('[{"__proto__": {"polluted": true}, "constructor": "x", "toString": 1}]');
    expect(read.columns).toEqual(['__proto__.polluted', 'constructor', 'toString']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('lists of values are joined and told, lists of objects are left out and told', async () => {
    const read = await readAll(
      '{"id": 1, "tags": ["a", null, 2], "items": [{"x": 1}], "none": []}\n{"id": 2}',
    );
    expect(read.columns).toEqual(['id', 'tags', 'none']);
    expect(read.rows[0]).toEqual(['1', 'a; ; 2', '']);
    expect(read.notices.map(({ code, count }) => [code, count])).toEqual([
      ['LISTS_JOINED', 1],
      ['NESTED_ATTRIBUTES', 1],
    ]);
  });

  test('a broken line is set aside with its number and the lines around it are read', async () => {
    const read = await readAll('{"a": 1}\n\n{"a": 2\n{"a": 3, "a": 4}\n[1]\r\n{"a": 5}\r\n');
    expect(read.rows).toEqual([['1'], ['5']]);
    expect(read.lines).toEqual([1, 6]);
    expect(reasons(read.faults)).toEqual(['3 JSON_MALFORMED', '4 JSON_KEY_TWICE', '5 ROW_NOT_OBJECT']);
    expect(read.facts).toMatchObject({ rowsFrom: 'lines', blankLines: 1 });
  });

  test('a broken document is an error with its line, wherever it breaks', async () => {
    const error = await errorOf('[\n{"a": 1},\n{"a": 2}\n');
    expect([error.code, error.where?.line]).toEqual(['JSON_MALFORMED', 4]);
    expect((await errorOf('{"rows": [{"a": 1}]}}')).code).toBe('JSON_MALFORMED');
    expect((await errorOf('{"rows": [{"a": 1},]}')).code).toBe('JSON_MALFORMED');
  });

  test('the only list of objects is taken and named; of several none is chosen', async () => {
    const read = await readAll(
      '{"meta": {"page": 1}, "result": {"value": [{"a": 1}, {"a": 2}]}, "errors": []}',
    );
    expect(read.rows).toHaveLength(2);
    expect(read.facts.rowsFrom).toBe('result.value');
    expect(read.notices.map(({ code }) => code)).toEqual(['JSON_LIST_CHOSEN']);
    const asked = await errorOf('{"a": [{"x": 1}], "b": {"c": [{"y": 2}, {"y": 3}]}}');
    expect([asked.code, asked.found]).toEqual(['JSON_LIST_AMBIGUOUS', 'a (1), b.c (2)']);
  });

  test('one object alone is one row, also on one line', async () => {
    expect((await readAll('{\n "a": 1,\n "b": {"c": 2}\n}')).rows).toEqual([['1', '2']]);
    expect((await readAll('{"a": 1}\n')).rows).toEqual([['1']]);
  });

  test('an empty list holds no rows, and members that are no objects are set aside', async () => {
    expect((await errorOf('[]')).code).toBe('NO_ROWS');
    const read = await readAll('[{"a": 1}, 2, null, [3]]');
    expect(reasons(read.faults)).toEqual(['2 ROW_NOT_OBJECT', '3 ROW_NOT_OBJECT', '4 ROW_NOT_OBJECT']);
  });

  test('keys that are data, which would make a column each, are refused', async () => {
    const lines = Array.from({ length: 60 }, (_, i) => `{"k${i}": 1}`).join('\n');
    expect((await errorOf(lines, { limits: { columns: 50 } })).code).toBe('TOO_MANY_COLUMNS');
  });
});
