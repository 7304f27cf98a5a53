import type { Interval } from '../../core/index.ts';

const z = 1.959963984540054;

/**
 * The 95% interval of a total over cases, taken as a compound Poisson sum: as many cases as happen to come, each with
 * what it takes. Its variance is the sum of the squares by case (Karlin and Taylor, 1981, chapter 16); a bootstrap of
 * cases with Poisson weights tends to it. The rates that turn minutes into pounds are taken as they are given.
 */
export function totalInterval(total: number | null, sumOfSquares: number | null): Interval | null {
  if (total === null || sumOfSquares === null) return null;
  const half = z * Math.sqrt(Math.max(0, sumOfSquares));
  return {
    low: Math.max(0, total - half),
    high: total + half,
    level: 0.95,
    method: 'compound Poisson sum over cases, normal approximation',
    meaning: 'The range that would hold the total in 95 of 100 such periods.',
  };
}
