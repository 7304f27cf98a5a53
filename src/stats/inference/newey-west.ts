import { Matrix } from 'ml-matrix';
import { type LinearFit, leastSquares } from './least-squares.ts';

/** A fit with standard errors that allow for errors that are correlated over time and of unequal size. */
export interface RobustFit extends LinearFit {
  readonly standardErrors: readonly number[];
  readonly lags: number;
}

/** Lags for n observations in time order: ⌊4·(n/100)^(2/9)⌋ (Newey and West, 1994, the rule of thumb). */
export function neweyWestLags(n: number): number {
  return Math.floor(4 * (n / 100) ** (2 / 9));
}

/**
 * Least squares with the heteroskedasticity and autocorrelation consistent covariance of Newey and West (1987):
 * Bartlett weights, and n/(n − k) for small samples. Observations in time order. Null where the fit is.
 */
export function neweyWest(
  rows: readonly (readonly number[])[],
  outcomes: readonly number[],
  lags = neweyWestLags(rows.length),
): RobustFit | null {
  const fit = leastSquares(rows, outcomes);
  const [n, k] = [rows.length, rows[0]?.length ?? 0];
  if (!fit || n <= k) return null;
  const scores = new Matrix(rows.map((row, i) => row.map((value) => value * (fit.residuals[i] ?? 0))));
  let meat = scores.transpose().mmul(scores);
  for (let lag = 1; lag <= Math.min(lags, n - 1); lag++) {
    const later = scores.subMatrix(lag, n - 1, 0, k - 1);
    const earlier = scores.subMatrix(0, n - 1 - lag, 0, k - 1);
    const cross = later.transpose().mmul(earlier);
    meat = Matrix.add(meat, Matrix.mul(Matrix.add(cross, cross.transpose()), 1 - lag / (lags + 1)));
  }
  const bread = new Matrix(fit.inverse.map((row) => [...row]));
  const covariance = bread.mmul(meat).mmul(bread);
  const standardErrors = Array.from({ length: k }, (_, i) =>
    Math.sqrt(Math.max(0, (covariance.get(i, i) * n) / (n - k))),
  );
  return { ...fit, standardErrors, lags };
}
