import betainc from '@stdlib/math-base-special-betainc';
import erfc from '@stdlib/math-base-special-erfc';
import gammainc from '@stdlib/math-base-special-gammainc';

/** Probability that a standard normal lies at least |z| from 0; accurate far into the tails. */
export function twoSidedNormal(z: number): number {
  return erfc(Math.abs(z) / Math.SQRT2);
}

/** Probability that a chi-squared variable with `df` degrees of freedom is at least x. */
export function chiSquareTail(x: number, df: number): number {
  return x <= 0 ? 1 : gammainc(x / 2, df / 2, true, true);
}

/** Probability that Student's t with `df` degrees of freedom lies at least |t| from 0. */
export function twoSidedStudent(t: number, df: number): number {
  return Number.isFinite(t) ? betainc(df / (df + t * t), df / 2, 0.5, true, false) : 0;
}

/** Probability of at least k successes in n trials of probability p. */
export function binomialUpperTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  return k > n ? 0 : betainc(p, k, n - k + 1, true, false);
}
