import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAll } from '../read-all.test-support.ts';
import { RowCollector } from '../row-collector.ts';
import { parseJson } from './json-items.ts';
import { likeLastFor } from './like-last.ts';

/** A quick reader that has learned an object, and the rows that it adds to. */
function learned(object: string) {
  const rows = new RowCollector('x', 100);
  const likeLast = likeLastFor(rows);
  likeLast.learn(parseJson(object, 'x', 64));
  return { rows, likeLast };
}

describe('lines like an earlier one', () => {
  test('are taken with their keys in its order, however they are spaced, and some left out', () => {
    const { rows, likeLast } = learned('{"a":1,"b":"x","c":null}');
    expect(likeLast.add('{"a":01e5,"b":""}', 1)).toBe(false);
    expect(likeLast.add('{"a":-1.50e5,"b":"y z","c":true}', 2)).toBe(true);
    expect(likeLast.add('{ "a" : null , "c" : "é" }', 3)).toBe(true);
    const { columns, lines } = rows.take();
    expect(columns).toEqual([
      ['-1.50e5', ''],
      ['y z', ''],
      ['true', 'é'],
    ]);
    expect(lines).toEqual([2, 3]);
  });

  test.each([
    '{"b":"x","a":1}',
    '{"a":1,"a":2}',
    '{"a":1,"d":2}',
    '{"a":{"b":1}}',
    '{"a":[1]}',
    '{"a":"\\n"}',
    '{"a":"\t"}',
    '{"a":"x}',
    '{"a":1,}',
    '{"a":1',
    '{"a":1} {',
    '{"a":01}',
    '{"a":1.}',
    '{"a":1x}',
    '{"a":nul}',
    '{"a" 1}',
    '{"a":}',
    '{}',
    '{',
    '[1]',
    '',
  ])('%s is left to the reader in full, and leaves nothing behind', (line) => {
    const { rows, likeLast } = learned('{"a":1,"b":"x"}');
    expect(likeLast.add(line, 1)).toBe(false);
    expect(likeLast.add('{"b":"y"}', 2)).toBe(true);
    expect(rows.take().columns).toEqual([[''], ['y']]);
  });

  test('give what the same objects give in a list', async () => {
    const plain = fc.oneof(
      fc.constantFrom(
        '0',
        '-0',
        '1.50',
        '12e3',
        '1E-2',
        'true',
        'false',
        'null',
        '""',
        '"a\\"b"',
        '"\\u00e9"',
      ),
      fc.string({ maxLength: 6 }).map((text) => JSON.stringify(text)),
      fc.constantFrom('{"in":1}', '[1,"b"]', '{}', '[]'),
    );
    const gap = fc.constantFrom('', '', '', ' ', '\t');
    const member = fc.tuple(fc.constantFrom('"a"', '"b"', '"c d"', '"\\u0061"', '"é"', '"in"'), plain, gap);
    const inAnyOrder = fc.array(member, { maxLength: 5 });
    const inOneOrder = inAnyOrder.map((members) => members.toSorted((a, b) => (a[0] < b[0] ? -1 : 1)));
    const object = fc
      .oneof(inAnyOrder, inOneOrder)
      .map(
        (members) =>
          `{${members.map(([key, value, gap]) => `${gap}${key}${gap}:${gap}${value}${gap}`).join(',')}}`,
      );
    await fc.assert(
      fc.asyncProperty(fc.array(object, { minLength: 2, maxLength: 12 }), async (objects) => {
        const lines = await readAll(`${objects.join('\n')}\n`);
        const list = await readAll(`[${objects.join(',')}]`);
        for (const part of ['columns', 'rows', 'lines', 'faults', 'notices'] as const)
          expect(lines[part]).toEqual(list[part]);
      }),
      { numRuns: 200 },
    );
  });
});
