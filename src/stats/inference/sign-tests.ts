import { binomialUpperTail, twoSidedNormal } from './tails.ts';

/** Exact two-sided test that a and b are equally likely: twice the smaller tail of Binomial(a + b, 1/2), at most 1. */
export function exactSignTest(a: number, b: number): number {
  return Math.min(1, 2 * binomialUpperTail(Math.max(a, b), a + b, 0.5));
}

/**
 * The sign test for clusters: z = Σd/√Σd², where d is the difference of counts within a cluster. Each cluster
 * counts as one draw however many observations it has. Null where no cluster differs.
 */
export function clusterSignTest(
  differences: readonly number[],
): { readonly z: number; readonly p: number; readonly clusters: number; readonly sum: number } | null {
  const sum = differences.reduce((total, d) => total + d, 0);
  const squares = differences.reduce((total, d) => total + d * d, 0);
  if (squares === 0) return null;
  const z = sum / Math.sqrt(squares);
  return { z, p: twoSidedNormal(z), clusters: differences.length, sum };
}
