import tQuantile from '@stdlib/stats-base-dists-t-quantile';

/** The change between two years as a log ratio, with its standard error from paired blocks of weeks. */
export interface PairedChange {
  /** Growth as a share, (Σ later)/(Σ earlier) − 1. */
  readonly growth: number;
  readonly low: number;
  readonly high: number;
  readonly blocks: number;
  /** Standard error of the log ratio. */
  readonly standardError: number;
}

/**
 * The growth from earlier to later totals, block i of one year paired with the same weeks of the other. The
 * log ratio's standard error is linearised, s² = B/(B − 1)·Σ(y1/Y1 − y0/Y0)², which is the limit of resampling
 * the pairs; the interval uses Student's t with B − 1 degrees of freedom. It allows for weeks that vary
 * more than chance arrivals would. Null under three blocks or where a total is not positive.
 */
export function pairedBlockChange(
  earlier: readonly number[],
  later: readonly number[],
  level = 0.95,
): PairedChange | null {
  const blocks = earlier.length;
  const sum0 = earlier.reduce((sum, value) => sum + value, 0);
  const sum1 = later.reduce((sum, value) => sum + value, 0);
  if (blocks < 3 || later.length !== blocks || sum0 <= 0 || sum1 <= 0) return null;
  const squares = earlier.reduce((sum, y0, i) => sum + ((later[i] ?? 0) / sum1 - y0 / sum0) ** 2, 0);
  const standardError = Math.sqrt((blocks / (blocks - 1)) * squares);
  const half = tQuantile((1 + level) / 2, blocks - 1) * standardError;
  const estimate = Math.log(sum1 / sum0);
  return {
    growth: sum1 / sum0 - 1,
    low: Math.exp(estimate - half) - 1,
    high: Math.exp(estimate + half) - 1,
    blocks,
    standardError,
  };
}
