import { describe, expect, it } from 'vitest';
import { discoveryLimit } from './adjust-p.ts';
import { twoSidedNormal } from './tails.ts';
import { pooledScore, shareDifferenceInterval, squareAndAdd } from './two-shares.ts';

describe('taking chance findings out', () => {
  it('gives the two-sided chance of a normal value as tables do', () => {
    expect(twoSidedNormal(1.959963984540054)).toBeCloseTo(0.05, 12);
    expect(twoSidedNormal(3)).toBeCloseTo(0.002699796063260189, 15);
  });

  it('keeps what Benjamini and Hochberg keep: the fifteen p-values of their paper, four at 5%', () => {
    // Benjamini and Hochberg (1995), section 3.2, as scores of a normal distribution.
    const p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344];
    const score = (wanted: number) => {
      let low = 0;
      let high = 10;
      while (high - low > 1e-12) {
        const middle = (low + high) / 2;
        if (twoSidedNormal(middle) > wanted) low = middle;
        else high = middle;
      }
      return low;
    };
    const scores = p.map(score);
    const limit = discoveryLimit(scores, 15, 0.05);
    expect(scores.filter((z) => z >= limit)).toHaveLength(4);
    expect(discoveryLimit([1, 0.5], 15, 0.05)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('two shares', () => {
  it('have the interval of 56 of 70 against 48 of 80 (Newcombe, 1998, table II, method 10: 0.0524 to 0.3339)', () => {
    const { low, high } = shareDifferenceInterval(56, 70, 48, 80);
    expect([low, high].map((limit) => limit.toFixed(4))).toEqual(['0.0524', '0.3339']);
  });

  it('lie two standard errors of their pooled share apart, worked by hand', () => {
    // 60 and 40 of 100: the pooled share is 0.5, the standard error sqrt(0.25 * 0.02) = 0.0707107.
    expect(pooledScore(60, 100, 40, 100)).toBeCloseTo(0.2 / 0.0707106781, 8);
    expect(pooledScore(5, 5, 7, 7)).toBe(0);
  });

  it('and other estimates add their distances to their limits as squares', () => {
    const found = squareAndAdd({ value: 10, low: 7, high: 13 }, { value: 6, low: 2, high: 10 });
    expect(found).toEqual({ difference: 4, low: -1, high: 9 });
  });
});
