import { Matrix, QrDecomposition } from 'ml-matrix';

/** A linear fit by least squares. */
export interface LinearFit {
  readonly coefficients: readonly number[];
  readonly fitted: readonly number[];
  readonly residuals: readonly number[];
  /** (X'WX)⁻¹, for variances. */
  readonly inverse: readonly (readonly number[])[];
}

/**
 * Weighted least squares by Householder QR: rows of regressors, one outcome a row, weights of 1 unless given.
 * Null where the regressors do not determine every coefficient.
 */
export function leastSquares(
  rows: readonly (readonly number[])[],
  outcomes: readonly number[],
  weights: readonly number[] | null = null,
): LinearFit | null {
  const width = rows[0]?.length ?? 0;
  if (width === 0 || rows.length < width) return null;
  const root = (i: number) => Math.sqrt(weights?.[i] ?? 1);
  const scaled = new Matrix(rows.map((row, i) => row.map((value) => value * root(i))));
  const qr = new QrDecomposition(scaled);
  if (!qr.isFullRank() || isNearlySingular(qr.upperTriangularMatrix)) return null;
  const solved = qr.solve(Matrix.columnVector(outcomes.map((outcome, i) => outcome * root(i))));
  const coefficients = solved.getColumn(0);
  const fitted = rows.map((row) => row.reduce((sum, value, k) => sum + value * (coefficients[k] ?? 0), 0));
  const upper = new QrDecomposition(qr.upperTriangularMatrix).solve(Matrix.eye(width, width));
  return {
    coefficients,
    fitted,
    residuals: outcomes.map((outcome, i) => outcome - (fitted[i] ?? 0)),
    inverse: upper.mmul(upper.transpose()).to2DArray(),
  };
}

/** True where a column is all but a combination of the others. */
function isNearlySingular(upper: Matrix): boolean {
  const sizes = Array.from({ length: upper.columns }, (_, k) => Math.abs(upper.get(k, k)));
  return Math.min(...sizes) < 1e-10 * Math.max(...sizes);
}
