import { leastSquares } from './least-squares.ts';
import { twoSidedNormal, twoSidedStudent } from './tails.ts';

/** A straight line through values over time. */
export interface Trend {
  /** Change a step. */
  readonly slope: number;
  readonly standardError: number;
  readonly p: number;
}

/**
 * The trend of values of known variance (inverse-variance weights), one a step. Where the values scatter more
 * than their variances say, the standard error is widened by that much (Birge, 1932). Null under three values.
 */
export function weightedTrend(values: readonly number[], variances: readonly number[]): Trend | null {
  const n = values.length;
  if (n < 3 || variances.some((variance) => !(variance > 0))) return null;
  const fit = leastSquares(
    values.map((_, t) => [1, t]),
    values,
    variances.map((variance) => 1 / variance),
  );
  if (!fit) return null;
  const scatter = fit.residuals.reduce((sum, e, i) => sum + e ** 2 / (variances[i] ?? 1), 0) / (n - 2);
  const slope = fit.coefficients[1] ?? 0;
  const standardError = Math.sqrt((fit.inverse[1]?.[1] ?? 0) * Math.max(1, scatter));
  const t = slope / standardError;
  return { slope, standardError, p: scatter > 1 ? twoSidedStudent(t, n - 2) : twoSidedNormal(t) };
}
