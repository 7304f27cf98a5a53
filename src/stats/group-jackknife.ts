import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { twoSidedStudent } from './inference/index.ts';

/** A figure's standard error from leaving out one group at a time. */
export interface GroupJackknife {
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  /** Two-sided p-value that the figure is 0. */
  readonly p: number;
  readonly groups: number;
}

/**
 * The delete-a-group jackknife: the figure is worked out again with each of G random groups of cases left out (or each
 * period, where periods vary more than chance), s² = (G − 1)/G · Σ(θ(g) − mean θ(g))², and Student's t with G − 1 degrees of
 * freedom (Wolter, Introduction to Variance Estimation, 2007, chapter 4; Kott, 2001). Null under three groups or where
 * a figure is not finite.
 */
export function groupJackknife(
  estimate: number,
  without: readonly number[],
  level = 0.95,
): GroupJackknife | null {
  const groups = without.length;
  if (groups < 3 || ![estimate, ...without].every(Number.isFinite)) return null;
  const mean = without.reduce((sum, value) => sum + value, 0) / groups;
  const squares = without.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const standardError = Math.sqrt(((groups - 1) / groups) * squares);
  const half = tQuantile((1 + level) / 2, groups - 1) * standardError;
  return {
    standardError,
    low: estimate - half,
    high: estimate + half,
    p: standardError > 0 ? twoSidedStudent(estimate / standardError, groups - 1) : estimate === 0 ? 1 : 0,
    groups,
  };
}
