import { Matrix } from 'ml-matrix';
import { type LinearFit, leastSquares } from './least-squares.ts';

/** A fit with standard errors that allow for errors that are correlated over time and of unequal size. */
export interface RobustFit extends LinearFit {
  readonly standardErrors: readonly number[];
  readonly lags: number;
}

/** Lags for n observations in time order: ⌊4·(n/100)^(2/9)⌋ (Newey and West, 1994, the rule of thumb). */
function neweyWestLags(n: number): number {
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

/** Lag-one correlation of residuals, corrected for what a fit of level and slope on each side of a break takes away, within 0 and 0.9. */
function carryOver(residuals: readonly number[]): number {
  const n = residuals.length;
  const squares = residuals.reduce((sum, e) => sum + e * e, 0);
  const products = residuals.slice(1).reduce((sum, e, i) => sum + e * (residuals[i] ?? 0), 0);
  const raw = squares > 0 ? products / squares : 0;
  return Math.min(0.9, Math.max(0, (raw + 4 / n) / (1 - 8 / n)));
}

/**
 * As `neweyWest`, after taking out what carries over from one observation to the next (Prais and Winsten, 1954;
 * prewhitening as Newey and West advise, 1994), for short series in which the plain estimator finds too much.
 */
export function prewhitenedNeweyWest(
  rows: readonly (readonly number[])[],
  outcomes: readonly number[],
): RobustFit | null {
  const first = leastSquares(rows, outcomes);
  if (!first) return null;
  const rho = carryOver(first.residuals);
  const lead = Math.sqrt(1 - rho ** 2);
  const whitened = (value: (i: number) => number, i: number) =>
    i === 0 ? lead * value(0) : value(i) - rho * value(i - 1);
  return neweyWest(
    rows.map((row, i) => row.map((_, k) => whitened((at) => rows[at]?.[k] ?? 0, i))),
    rows.map((_, i) => whitened((at) => outcomes[at] ?? 0, i)),
  );
}
