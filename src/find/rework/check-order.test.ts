import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CostedCheck, cheapestOrder, costOfOrder } from './check-order.ts';

const checks: readonly CostedCheck[] = [
  { share: 0.1, cost: 10 },
  { share: 0.05, cost: 30 },
  { share: 0.3, cost: 5 },
];
const free = [[], [], []];

test('what an order takes, by hand: 10 + 0.9 × 30 + 0.855 × 5 = 41.275; the third check first 5 + 0.7 × 10 + 0.63 × 30 = 30.9', () => {
  expect(costOfOrder(checks, [0, 1, 2])).toBeCloseTo(41.275, 12);
  expect(costOfOrder(checks, [2, 0, 1])).toBeCloseTo(30.9, 12);
});

test('without rules the cheapest order is by r/c, highest first (Mitten, 1960)', () => {
  expect(cheapestOrder(checks, free)).toEqual([2, 0, 1]);
});

test('a check stays behind those it must follow, and checks that wait for one another have no order', () => {
  // 10 + 0.9 × 5 + 0.63 × 30 = 33.4; behind the first alone the third is second.
  expect(cheapestOrder(checks, [[], [], [0]])).toEqual([0, 2, 1]);
  expect(cheapestOrder(checks, [[], [], [1]])).toEqual([0, 1, 2]);
  expect(cheapestOrder(checks, [[1], [0], []])).toBeNull();
  expect(cheapestOrder([], [])).toEqual([]);
});

const permutations = (places: readonly number[]): readonly (readonly number[])[] =>
  places.length === 0
    ? [[]]
    : places.flatMap((place) =>
        permutations(places.filter((other) => other !== place)).map((rest) => [place, ...rest]),
      );

test('no permitted order is cheaper', () => {
  const check = fc.record({
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    cost: fc.double({ min: 0, max: 100, noNaN: true }),
  });
  fc.assert(
    fc.property(
      fc.array(check, { minLength: 1, maxLength: 5 }),
      fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { maxLength: 4 }),
      (made, rules) => {
        const after = made.map((_, place) =>
          rules.flatMap(([a, b]) => (b === place && a < b && a < made.length ? [a] : [])),
        );
        const permitted = permutations(made.map((_, place) => place)).filter((order) =>
          order.every((place, i) => after[place]?.every((first) => order.indexOf(first) < i)),
        );
        const least = Math.min(...permitted.map((order) => costOfOrder(made, order)));
        const found = cheapestOrder(made, after);
        expect(permitted).toContainEqual(found);
        expect(costOfOrder(made, found ?? [])).toBeCloseTo(least, 6);
      },
    ),
  );
});
