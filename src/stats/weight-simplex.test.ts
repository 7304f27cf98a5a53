import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawsFor } from '../core/index.ts';
import { fixtureJson, hasFixtures } from './fixtures.test-support.ts';
import { dirichletDraw, smallestShift, weightSensitivity } from './index.ts';

describe.skipIf(!hasFixtures)('worked examples', () => {
  interface Worked {
    readonly inputs: Record<string, number[]>;
    readonly expected: Record<string, number>;
  }
  const worked: Record<string, Worked> = hasFixtures ? fixtureJson('worked_examples.json') : {};

  test('two growths: 0.018 by default, positive under 62.5 of 100 weights, zero after a shift of 0.225', () => {
    const { inputs = {}, expected = {} } = worked.weight_simplex ?? {};
    const found = weightSensitivity(
      { values: inputs.growths ?? [], weights: inputs.default_weights ?? [] },
      { seed: 1, draws: 20_000 },
    );
    expect(found.growth).toBeCloseTo(expected.default ?? 0, 12);
    expect(Math.abs(found.sharePositive - (expected.share_positive_uniform_simplex ?? 0))).toBeLessThan(0.01);
    expect(found.shareSame).toBe(found.sharePositive);
    expect(found.smallest?.shift).toBeCloseTo(expected.minimal_weight_shift_to_zero ?? 0, 12);
    expect(found.low).toBeCloseTo(expected.vertex_min ?? 0, 12);
    expect(found.high).toBeCloseTo(expected.vertex_max ?? 0, 12);
    expect(found.shareSameNearby).toBeGreaterThan(0.99);
  });

  test('three growths: positive under 68 of 100 weights', () => {
    const { inputs = {}, expected = {} } = worked.weight_simplex_3 ?? {};
    const found = weightSensitivity(
      { values: inputs.growths ?? [], weights: [0, 0, 1] },
      { seed: 2, draws: 20_000 },
    );
    expect(Math.abs(found.sharePositive - (expected.share_positive_uniform_simplex ?? 0))).toBeLessThan(0.01);
    expect(Math.abs(found.shareSame - (1 - found.sharePositive))).toBeLessThan(1e-12);
  });
});

describe('the smallest shift', () => {
  test('takes from the next value when the first is used up, and may cross groups', () => {
    // 0.1·10 + 0.5·2 + 0.4·(−1) = 1.6: all 0.1 of ten gains 1.1, then (0.5/3) of two.
    const found = smallestShift([{ values: [10, 2, -1], weights: [0.1, 0.5, 0.4] }]);
    expect(found?.shift).toBeCloseTo(0.1 + 0.5 / 3, 12);
    expect(found?.moves.map((move) => [move.from, move.to])).toEqual([
      [0, 2],
      [1, 2],
    ]);
    const crossing = smallestShift(
      [
        { values: [1, 0], weights: [1, 0] },
        { values: [5, 1], weights: [0.5, 0.5] },
      ],
      1.5,
    );
    // 1 + 3 − 1.5 = 2.5: half of the second group gains 2, then 0.5 of the first.
    expect(crossing?.shift).toBeCloseTo(1, 12);
  });

  test('does not exist where every value has the same sign, or the sum is already there', () => {
    expect(smallestShift([{ values: [0.1, 0.2], weights: [0.5, 0.5] }])).toBeNull();
    expect(smallestShift([{ values: [1, -1], weights: [0.5, 0.5] }])).toBeNull();
  });

  test('brings the sum to the threshold with weights that still add to 1, and no smaller one does', () => {
    const value = fc.integer({ min: -1000, max: 1000 }).map((n) => n / 1000);
    const cases = fc.integer({ min: 2, max: 5 }).chain((n) =>
      fc.record({
        values: fc.array(value, { minLength: n, maxLength: n }),
        raw: fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: n, maxLength: n }),
      }),
    );
    fc.assert(
      fc.property(cases, ({ values, raw }) => {
        const total = raw.reduce((sum, part) => sum + part, 0);
        const weights = raw.map((part) => part / total);
        const found = smallestShift([{ values, weights }]);
        if (!found) return;
        const moved = [...weights];
        for (const { from, to, weight } of found.moves) {
          moved[from] = (moved[from] ?? 0) - weight;
          moved[to] = (moved[to] ?? 0) + weight;
        }
        const sum = values.reduce((all, one, k) => all + (moved[k] ?? 0) * one, 0);
        expect(Math.abs(sum)).toBeLessThan(1e-12);
        expect(moved.every((weight) => weight >= -1e-12)).toBe(true);
        // A shift of s can change the sum by at most s times the span.
        const before = values.reduce((all, one, k) => all + (weights[k] ?? 0) * one, 0);
        const span = Math.max(...values) - Math.min(...values);
        expect(found.shift).toBeGreaterThanOrEqual(Math.abs(before) / span - 1e-12);
      }),
    );
  });
});

test('Dirichlet draws have the mean and the variance of their distribution', () => {
  const concentrations = [0.4, 2, 7.6];
  const draw = drawsFor(5, 'test');
  let item = 0;
  const uniform = () => {
    item += 1;
    return draw(item);
  };
  const n = 20_000;
  const draws = Array.from({ length: n }, () => dirichletDraw(concentrations, uniform));
  concentrations.forEach((alpha, k) => {
    const mean = alpha / 10;
    const variance = (mean * (1 - mean)) / 11;
    const average = draws.reduce((sum, weights) => sum + (weights[k] ?? 0), 0) / n;
    const spread = draws.reduce((sum, weights) => sum + ((weights[k] ?? 0) - average) ** 2, 0) / n;
    expect(Math.abs(average - mean)).toBeLessThan(5 * Math.sqrt(variance / n));
    expect(Math.abs(spread / variance - 1)).toBeLessThan(0.08);
  });
  expect(draws.every((weights) => Math.abs(weights.reduce((a, b) => a + b, 0) - 1) < 1e-12)).toBe(true);
});
