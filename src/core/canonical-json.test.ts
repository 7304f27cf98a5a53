import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { canonicalJson, saidOnly } from './canonical-json.ts';

const code = (value: unknown) => {
  try {
    return canonicalJson(value);
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('canonical JSON', () => {
  it('does not depend on the order of keys, and sorts them by UTF-16 code units', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'é' }], a: true })).toBe(
      '{"a":true,"b":[1,{"c":"é","d":null}]}',
    );
    expect(canonicalJson({ '\ufb33': 1, '\u{1f602}': 2, '10': 3, '9': 4 })).toBe(
      '{"10":3,"9":4,"\u{1f602}":2,"\ufb33":1}',
    );
  });

  it('writes numbers as ECMAScript does (RFC 8785 appendix B)', () => {
    expect(canonicalJson([-0, 1e30, 1e-7, 4.5, 1 / 3, 5e-324, 9007199254740994])).toBe(
      '[0,1e+30,1e-7,4.5,0.3333333333333333,5e-324,9007199254740994]',
    );
  });

  it('refuses what JSON would drop or rewrite, and says where it stands', () => {
    class Named {}
    const sparse: unknown[] = [1, 2, 3];
    delete sparse[1];
    for (const value of [undefined, [undefined], { a: undefined }, new Date(0), new Map(), 1n, () => 1])
      expect(code(value)).toBe('NOT_JSON');
    for (const value of [
      sparse,
      new Named(),
      Symbol('a'),
      { [Symbol('a')]: 1 },
      Object.assign([1], { extra: 2 }),
    ])
      expect(code(value)).toBe('NOT_JSON');
    for (const value of [Number.NaN, [Number.POSITIVE_INFINITY]]) expect(code(value)).toBe('NOT_FINITE');
    for (const value of ['\ud800', { '\udc00': 1 }]) expect(code(value)).toBe('LONE_SURROGATE');
    expect(() => canonicalJson({ looks: [{ 'after date': undefined }] })).toThrow('looks[0]["after date"]');
  });

  it('reads own properties alone, also one that is called __proto__', () => {
    expect(canonicalJson(JSON.parse('{"__proto__":1,"a":2}'))).toBe('{"__proto__":1,"a":2}');
    expect(canonicalJson(Object.assign(Object.create(null), { a: 1 }))).toBe('{"a":1}');
  });
});

it('what is undefined can be left out on purpose, at any depth', () => {
  expect(canonicalJson(saidOnly({ a: undefined, b: [{ c: undefined, d: null }] }))).toBe(
    '{"b":[{"d":null}]}',
  );
  expect(code(saidOnly({ a: new Date(0) }))).toBe('NOT_JSON');
});

// The six cases of cyberphone/json-canonicalization (Apache-2.0), by the authors of RFC 8785.
const folder = fileURLToPath(new URL('../../../shared/data/trials/jcs/', import.meta.url));

describe.skipIf(!existsSync(folder))('the published cases of RFC 8785', () => {
  const names = existsSync(folder) ? readdirSync(`${folder}input`) : ['the shared cases are absent'];

  it.each(names)('%s comes out byte for byte', (name) => {
    const read = (part: string) => readFileSync(`${folder}${part}`, 'utf8');
    const bytes = Buffer.from(canonicalJson(JSON.parse(read(`input/${name}`))));
    expect(bytes.toString('utf8')).toBe(read(`output/${name}`).replace(/\n$/, ''));
    expect(bytes.toString('hex')).toBe(read(`outhex/${name.replace('.json', '.txt')}`).replace(/\s/g, ''));
  });
});
