import type { Interval } from './result.ts';

/** Standard normal quantiles for the levels in use (to 1e-12), so that core needs no numerics library. */
const normalTwoSided: Readonly<Record<string, number>> = {
  '0.8': 1.281551565545,
  '0.9': 1.644853626951,
  '0.95': 1.95996398454,
  '0.99': 2.575829303549,
};

/** The two-sided standard normal quantile for a level of 0.8, 0.9, 0.95 or 0.99. */
export function normalQuantileFor(level: number): number {
  const z = normalTwoSided[String(level)];
  if (z === undefined) throw new RangeError(`no normal quantile is kept for level ${level}`);
  return z;
}

/** Wilson's score interval for a share (Wilson, 1927). `successes` of `n`; n at least 1. */
export function wilson(successes: number, n: number, level = 0.95): Interval {
  const z = normalQuantileFor(level);
  const p = successes / n;
  const centre = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === n ? 1 : Math.min(1, centre + half),
    level,
    method: 'Wilson score',
    meaning: `The range that would hold the true share in ${Math.round(level * 100)} of 100 such periods.`,
  };
}

/** Ranks (counted from 1) of the order statistics that bound a quantile, free of any distribution. */
export function quantileRanks(
  n: number,
  p: number,
  level = 0.95,
): { readonly low: number; readonly high: number } {
  const z = normalQuantileFor(level);
  const half = z * Math.sqrt(n * p * (1 - p));
  return {
    low: Math.min(n, Math.max(1, Math.floor(n * p - half))),
    high: Math.min(n, Math.max(1, Math.ceil(n * p + half) + 1)),
  };
}
