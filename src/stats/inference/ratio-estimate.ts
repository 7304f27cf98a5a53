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

/** One part of what a ratio speaks of: its share of all x, counted and not sampled, and the estimate within it. */
export interface RatioStratum {
  readonly share: number;
  readonly estimate: RatioEstimate;
}

/**
 * Separate ratio estimate: the ratio of each stratum at its known share of x, Σ (X_h / X)·r_h, with variance
 * Σ (X_h / X)²·v_h (Cochran, 1977, Sampling Techniques, section 6.11). Each stratum needs some 30 cases or more, since a
 * ratio from few is biased. Student's t at the cases less one a stratum.
 */
export function separateRatio(strata: readonly RatioStratum[]): RatioEstimate {
  const ratio = strata.reduce((sum, { share, estimate }) => sum + share * estimate.ratio, 0);
  const standardError = Math.hypot(...strata.map(({ share, estimate }) => share * estimate.standardError));
  const n = strata.reduce((sum, { estimate }) => sum + estimate.n, 0);
  const half = tQuantile(0.975, n - strata.length) * standardError;
  return { ratio, standardError, low: ratio - half, high: ratio + half, n };
}
