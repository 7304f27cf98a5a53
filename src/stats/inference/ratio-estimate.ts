import tQuantile from '@stdlib/stats-base-dists-t-quantile';

/** A ratio of sums from a simple random sample. */
export interface RatioEstimate {
  readonly ratio: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

/**
 * The ratio Σy/Σx with its standard error by linearisation, from a simple random sample (Cochran, 1977, chapter
 * 6): s² = Σ(y − r·x)²/(n − 1), standard error √(s²·(1 − n/N)/n)/x̄. Interval by Student's t. Null under two rows
 * or where Σx is not positive.
 */
export function ratioEstimate(
  rows: readonly { readonly y: number; readonly x: number }[],
  population: number | null = null,
): RatioEstimate | null {
  const n = rows.length;
  const sumX = rows.reduce((sum, { x }) => sum + x, 0);
  if (n < 2 || !(sumX > 0)) return null;
  const ratio = rows.reduce((sum, { y }) => sum + y, 0) / sumX;
  const squares = rows.reduce((sum, { x, y }) => sum + (y - ratio * x) ** 2, 0);
  const finite = population === null ? 1 : Math.max(0, 1 - n / population);
  const standardError = Math.sqrt((squares / (n - 1)) * (finite / n)) / (sumX / n);
  const half = tQuantile(0.975, n - 1) * standardError;
  return { ratio, standardError, low: ratio - half, high: ratio + half, n };
}
