import { leastSquares } from './least-squares.ts';

/** A histogram around a target: counts of bins in order, `target` the place of the target's bin. */
export interface BunchingBins {
  readonly counts: readonly number[];
  readonly target: number;
  /** Bins left out each side of the target's bin. */
  readonly below: number;
  readonly above: number;
  /** Degree of the smooth polynomial. */
  readonly degree: number;
  /** Divisor of the bin's distance from the target before powers are taken. */
  readonly scale: number;
  /** Places of bins at round numbers, each with a level of its own. */
  readonly round?: readonly number[] | undefined;
}

/** What lies in the window beyond a smooth curve through the rest. */
export interface BunchingFit {
  /** Excess in the window, Σ(actual − fit). */
  readonly excess: number;
  /** Excess over the fitted count of the target's bin. */
  readonly relative: number;
  readonly fitAtTarget: number;
  readonly fitted: readonly number[];
  /** Standard deviation of counts about the curve, outside the window. */
  readonly spread: number;
  readonly df: number;
  /** Weight of each count outside the window in the fitted sum of the window. */
  readonly weights: readonly number[];
  /** Places of the bins outside the window. */
  readonly outside: readonly number[];
}

/**
 * The counterfactual of a histogram: a polynomial through the bins outside the window around the target (Chetty
 * and others, 2011; Kleven and Waseem, 2013), without the constraint that areas agree. Null where the bins do not
 * determine it.
 */
export function bunchingFit(bins: BunchingBins): BunchingFit | null {
  const { counts, target, below, above, degree, scale, round = [] } = bins;
  const isInside = (i: number) => i >= target - below && i <= target + above;
  const places = counts.map((_, i) => i);
  const outside = places.filter((i) => !isInside(i));
  const marked = round.filter((i) => outside.includes(i));
  const row = (i: number) => [
    ...Array.from({ length: degree + 1 }, (_, k) => ((i - target) / scale) ** k),
    ...marked.map((at) => (at === i ? 1 : 0)),
  ];
  const fit = leastSquares(
    outside.map(row),
    outside.map((i) => counts[i] ?? 0),
  );
  const df = outside.length - (degree + 1) - marked.length;
  if (!fit || df < 1) return null;
  const at = (i: number) => row(i).reduce((sum, x, k) => sum + x * (fit.coefficients[k] ?? 0), 0);
  const inside = places.filter(isInside);
  const excess = inside.reduce((sum, i) => sum + (counts[i] ?? 0) - at(i), 0);
  const sums = row(target).map((_, k) => inside.reduce((sum, i) => sum + (row(i)[k] ?? 0), 0));
  const direction = fit.inverse.map((line) => line.reduce((sum, x, k) => sum + x * (sums[k] ?? 0), 0));
  return {
    excess,
    relative: excess / at(target),
    fitAtTarget: at(target),
    fitted: places.map(at),
    spread: Math.sqrt(fit.residuals.reduce((sum, e) => sum + e * e, 0) / df),
    df,
    weights: outside.map((i) => row(i).reduce((sum, x, k) => sum + x * (direction[k] ?? 0), 0)),
    outside,
  };
}
