import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byCase, sortByTime } from './case-order.ts';
import { textOrder } from './text-order.ts';

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
/** Texts that begin alike, are beginnings of one another or lie beyond ASCII, beside any. */
const anyText = fc.oneof(
  fc.constantFrom('', 'a', 'a\0', 'a\0b', '\x7f', '\x7fa', 'é', 'éa', '\ud800', '😀', 'ﬀ'),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.tuple(fc.constantFrom('case-0000', 'ab', 'é'), fc.string({ maxLength: 6 })).map(([a, b]) => a + b),
);

describe('the order of texts', () => {
  it('is that of a plain sort by code unit, which leaves equal texts as they stand', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 200 }), (words) => {
        const plain = words.map((_, i) => i).sort((a, b) => compare(words[a] ?? '', words[b] ?? ''));
        expect([...textOrder(words)]).toEqual(plain);
      }),
      { numRuns: 300 },
    );
  });

  it('is right for more texts than few characters can tell apart', () => {
    const words = Array.from({ length: 70_000 }, (_, i) => ((i * 7_919) % 70_000).toString(36));
    const found = Array.from(textOrder(words), (place) => words[place] ?? '');
    expect(found.findIndex((word, i) => i > 0 && compare(found[i - 1] ?? '', word) > 0)).toBe(-1);
    expect(new Set(found).size).toBe(words.length);
  });
});

describe('the order of rows', () => {
  it('is by case, time and place in the source; rows without a time or a case are last', () => {
    const row = fc.record({
      code: fc.integer({ min: -1, max: 4 }),
      at: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(Number.NaN)),
    });
    const times = fc.integer({ min: 1, max: 60 });
    const runs = fc.array(fc.tuple(row, times), { maxLength: 20 });
    fc.assert(
      fc.property(runs, (parts) => {
        // One name stands in the list twice.
        const words = ['m', 'b', 'z', 'm', 'a'];
        const rows = parts.flatMap(([one, n]) => Array.from({ length: n }, (_, i) => ({ ...one, i })));
        const at = Float64Array.from(rows, (one) => (one.i % 3 === 0 ? one.at : (one.at * 7) % 5));
        const caseOf = (i: number) => words[rows[i]?.code ?? -1];
        const plain = rows
          .map((_, i) => i)
          .sort(
            (a, b) =>
              compare(caseOf(a) ?? '~', caseOf(b) ?? '~') ||
              Number(Number.isNaN(at[a])) - Number(Number.isNaN(at[b])) ||
              (at[a] ?? 0) - (at[b] ?? 0) ||
              a - b,
          );
        const codes = Int32Array.from(rows, ({ code }) => code);
        const order = byCase({ codes, words });
        // Names in order from before are used only for the same names.
        for (const other of [words, words.slice(1), [...words].reverse()])
          expect(
            byCase({ codes, words }, byCase({ codes: codes.subarray(0, 0), words: other }).names),
          ).toEqual(order);
        sortByTime(order, at);
        expect([...order.rows]).toEqual(plain);
        const first = plain.flatMap((each, i) =>
          i === 0 || caseOf(each) !== caseOf(plain[i - 1] as number) ? [i] : [],
        );
        // Names without rows begin where the next begins.
        expect([...new Set(order.starts)]).toEqual(
          [...new Set([...first, plain.length])].sort((a, b) => a - b),
        );
      }),
    );
  });
});
