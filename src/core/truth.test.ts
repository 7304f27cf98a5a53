import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allOf, anyOf, negate, type Truth } from './index.ts';

const truth = fc.constantFrom<Truth[]>(true, false, null);

describe('three-valued logic', () => {
  it('decides from one part where that part is enough, and says "not known" only where it is not', () => {
    expect([allOf(false, null), allOf(true, null), allOf(true, true), allOf()]).toEqual([
      false,
      null,
      true,
      true,
    ]);
    expect([anyOf(true, null), anyOf(false, null), anyOf(false, false), anyOf()]).toEqual([
      true,
      null,
      false,
      false,
    ]);
  });

  it('"any" mirrors "all" (De Morgan)', () => {
    fc.assert(
      fc.property(fc.array(truth), (parts) => {
        expect(anyOf(...parts)).toBe(negate(allOf(...parts.map(negate))));
      }),
    );
  });

  it('an answer given with parts unknown stays the same however they turn out', () => {
    fc.assert(
      fc.property(fc.array(truth), fc.array(fc.boolean()), (parts, known) => {
        const told = parts.map((part, i) => part ?? known[i] ?? false);
        for (const join of [allOf, anyOf]) {
          const answer = join(...parts);
          if (answer !== null) expect(join(...told)).toBe(answer);
        }
      }),
    );
  });
});
