import { describe, expect, test } from 'vitest';
import { drawsFor } from '../core/index.ts';
import {
  levelOfEach,
  pairedBlockChange,
  percentileInterval,
  poissonDraw,
  quantile,
  standardNormal,
} from './index.ts';

/** Uniforms in order, keyed so that every run gives the same. */
function uniforms(seed: number): () => number {
  const draw = drawsFor(seed, 'test');
  let item = 0;
  return () => {
    item += 1;
    return draw(item);
  };
}

describe('Poisson draws', () => {
  test.each([0.5, 1, 5, 12, 250, 40_000])('have mean and variance %d', (mean) => {
    const next = uniforms(3);
    const draws = Array.from({ length: 20_000 }, () => poissonDraw(mean, next));
    const average = draws.reduce((sum, k) => sum + k, 0) / draws.length;
    const variance = draws.reduce((sum, k) => sum + (k - average) ** 2, 0) / (draws.length - 1);
    // Five standard errors: of a mean, and of a variance with kurtosis 3 + 1/mean.
    expect(Math.abs(average - mean)).toBeLessThan(5 * Math.sqrt(mean / draws.length));
    expect(Math.abs(variance / mean - 1)).toBeLessThan(5 * Math.sqrt((2 + 1 / mean) / draws.length));
    expect(draws.every((k) => Number.isInteger(k) && k >= 0)).toBe(true);
  });

  test('follow the Poisson probabilities on both branches', () => {
    for (const mean of [3, 15]) {
      const next = uniforms(7);
      const n = 40_000;
      const seen = new Map<number, number>();
      for (let i = 0; i < n; i++) {
        const k = poissonDraw(mean, next);
        seen.set(k, (seen.get(k) ?? 0) + 1);
      }
      let probability = Math.exp(-mean);
      for (let k = 0; k < 2 * mean; k++) {
        const error = Math.abs((seen.get(k) ?? 0) / n - probability);
        expect(error).toBeLessThan(5 * Math.sqrt((probability * (1 - probability)) / n) + 1e-9);
        probability *= mean / (k + 1);
      }
    }
  });

  test('a mean of nothing draws nothing', () => {
    expect(poissonDraw(0, uniforms(1))).toBe(0);
  });
});

test('normal draws have mean 0 and variance 1', () => {
  const next = uniforms(5);
  const draws = Array.from({ length: 20_000 }, () => standardNormal(next));
  const mean = draws.reduce((sum, z) => sum + z, 0) / draws.length;
  const variance = draws.reduce((sum, z) => sum + z * z, 0) / draws.length;
  expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(draws.length));
  expect(Math.abs(variance - 1)).toBeLessThan(5 * Math.sqrt(2 / draws.length));
});

describe('quantiles', () => {
  test('are those of R quantile(c(1,2,3,4,10), c(.05,.5,.9), type = 7)', () => {
    const expected = [1.2, 3, 7.6];
    [0.05, 0.5, 0.9].forEach((p, i) => {
      expect(quantile([10, 1, 3, 2, 4], p)).toBeCloseTo(expected[i] ?? Number.NaN, 12);
    });
  });

  test('of nothing are refused', () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
    expect(percentileInterval([1, 2, 3, 4, 5], 0.5)).toEqual({ low: 2, high: 4 });
  });
});

describe('paired blocks', () => {
  test('give Student t limits around the log ratio, worked by hand for three blocks', () => {
    // Totals 300 and 330. Influences: 100/330 - 90/300, 110/330 - 110/300, 120/330 - 100/300.
    const change = pairedBlockChange({ earlier: [90, 110, 100], later: [100, 110, 120] });
    const parts = [100 / 330 - 0.3, 110 / 330 - 110 / 300, 120 / 330 - 1 / 3];
    const standardError = Math.sqrt(1.5 * parts.reduce((sum, part) => sum + part * part, 0));
    expect(change?.growth).toBeCloseTo(0.1, 12);
    expect(change?.standardError).toBeCloseTo(standardError, 12);
    // t(0.975, 2) = 4.302652729911275 (any table).
    expect(change?.high).toBeCloseTo(1.1 * Math.exp(4.302652729911275 * standardError) - 1, 9);
    expect(change?.low).toBeCloseTo(1.1 * Math.exp(-4.302652729911275 * standardError) - 1, 9);
  });

  test('are exact when every block grows alike, and refuse fewer than three', () => {
    const alike = pairedBlockChange({ earlier: [50, 70, 80, 20], later: [55, 77, 88, 22] });
    expect(alike?.low).toBeCloseTo(0.1, 12);
    expect(alike?.high).toBeCloseTo(0.1, 12);
    expect(pairedBlockChange({ earlier: [1, 2], later: [1, 2] })).toBeNull();
    expect(pairedBlockChange({ earlier: [0, 0, 0], later: [1, 2, 3] })).toBeNull();
  });

  test('leave no error in output per input when inputs follow output block by block', () => {
    const output = { earlier: [50, 70, 80, 20], later: [66, 77, 88, 12] };
    const input = { earlier: [5, 7, 8, 2], later: [6.6, 7.7, 8.8, 1.2] };
    const ratio = pairedBlockChange(output, input);
    expect(ratio?.growth).toBeCloseTo(0, 12);
    expect(ratio?.standardError).toBeCloseTo(0, 12);
    expect(pairedBlockChange(output)?.standardError).toBeGreaterThan(0.05);
  });

  test('cover a true change of 3% in 91 to 98 of 100 years of over-dispersed weeks', () => {
    const runs = 400;
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      const next = uniforms(1000 + run);
      const block = (level: number) => {
        const season = level;
        return poissonDraw(season * Math.exp(0.08 * standardNormal(next)), next);
      };
      const levels = Array.from({ length: 13 }, (_, b) => 400 * (1 + 0.3 * Math.sin(b)));
      const change = pairedBlockChange({
        earlier: levels.map((level) => block(level)),
        later: levels.map((level) => block(level * 1.03)),
      });
      if (change && change.low <= 0.03 && change.high >= 0.03) covered += 1;
    }
    expect(covered / runs).toBeGreaterThan(0.91);
    expect(covered / runs).toBeLessThan(0.985);
  });
});

test('the wider of two ranges at 94% covers 95 to 97 of 100 where both are right, at 95% it covers more', () => {
  // A chance range around a normal estimate, and a Student range of 11 degrees of freedom, t(0.97) and t(0.975).
  expect(levelOfEach(0.95)).toBeCloseTo(0.94, 12);
  const covered = (z: number, t: number) => {
    const next = uniforms(21);
    const runs = 20_000;
    let held = 0;
    for (let i = 0; i < runs; i++) {
      const error = Math.abs(standardNormal(next));
      let squares = 0;
      for (let k = 0; k < 11; k++) squares += standardNormal(next) ** 2;
      if (error <= Math.max(z, t * Math.sqrt(squares / 11))) held += 1;
    }
    return held / runs;
  };
  const apart = covered(1.880794, 2.096139);
  expect(apart).toBeGreaterThan(0.95);
  expect(apart).toBeLessThan(0.967);
  expect(covered(1.959964, 2.200985)).toBeGreaterThan(apart + 0.004);
});
