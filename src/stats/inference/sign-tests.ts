import { binomialUpperTail, twoSidedNormal } from './tails.ts';

/** Exact two-sided binomial test: twice the smaller tail, at most 1, that `above` of `above + below` have probability p. */
export function exactSplitTest(below: number, above: number, p = 0.5): number {
  const n = below + above;
  return Math.min(1, 2 * Math.min(binomialUpperTail(above, n, p), binomialUpperTail(below, n, 1 - p)));
}

/** Counts below and above within one cluster. */
export interface ClusterCounts {
  readonly below: number;
  readonly above: number;
}

/**
 * The sign test for clusters: z = Σd/√Σd², where d is the number above less the number below, less what a
 * probability p of lying above would give. Each cluster counts as one draw however many observations it has.
 * Null where no cluster differs.
 */
export function clusterSignTest(
  clusters: readonly ClusterCounts[],
  p = 0.5,
): { readonly z: number; readonly p: number; readonly clusters: number; readonly sum: number } | null {
  const differences = clusters.map(({ below, above }) => above - below - (2 * p - 1) * (above + below));
  const sum = differences.reduce((total, d) => total + d, 0);
  const squares = differences.reduce((total, d) => total + d * d, 0);
  if (squares === 0) return null;
  const z = sum / Math.sqrt(squares);
  return { z, p: twoSidedNormal(z), clusters: differences.length, sum };
}
