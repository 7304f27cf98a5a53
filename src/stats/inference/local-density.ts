import { inverse, Matrix } from 'ml-matrix';
import { twoSidedNormal } from './tails.ts';

/** The density just left and just right of a point, and whether it jumps there. */
export interface DensityJump {
  readonly bandwidth: number;
  readonly left: number;
  readonly right: number;
  readonly standardErrorLeft: number;
  readonly standardErrorRight: number;
  readonly statistic: number;
  readonly p: number;
  /** Observations within the bandwidth on each side. */
  readonly nLeft: number;
  readonly nRight: number;
}

interface Sample {
  /** In rising order. */
  readonly x: readonly number[];
  /** Empirical distribution at each, (largest rank − 1)/(n − 1). */
  readonly rank: readonly number[];
}

function rankSample(values: readonly number[]): Sample {
  const x = values.toSorted((a, b) => a - b);
  const n = x.length;
  const rank = Array<number>(n).fill(0);
  let last = n - 1;
  for (let i = n - 1; i >= 0; i--) {
    if (x[i] !== x[i + 1]) last = i;
    rank[i] = last / (n - 1);
  }
  return { x, rank };
}

const powers = (u: number) => [1, u, u * u, u * u * u];

/** Local cubic fit of the distribution function on one side; slope/h is the density at the point. */
function sideDensity(
  { x, rank }: Sample,
  from: number,
  to: number,
  cut: number,
  h: number,
): { readonly density: number; readonly variance: number; readonly n: number } | null {
  const n = x.length;
  const inside: { readonly i: number; readonly weight: number; readonly r: readonly number[] }[] = [];
  for (let i = from; i < to; i++) {
    const u = ((x[i] ?? 0) - cut) / h;
    const weight = 1 - Math.abs(u);
    if (weight > 0) inside.push({ i, weight, r: powers(u) });
  }
  if (new Set(inside.map(({ i }) => x[i])).size < 5) return null;
  const gram = Matrix.zeros(4, 4);
  const moment = Matrix.zeros(4, 1);
  for (const { i, weight, r } of inside)
    for (let a = 0; a < 4; a++) {
      moment.set(a, 0, moment.get(a, 0) + (weight * (r[a] ?? 0) * (rank[i] ?? 0)) / n);
      for (let b = 0; b < 4; b++) gram.set(a, b, gram.get(a, b) + (weight * (r[a] ?? 0) * (r[b] ?? 0)) / n);
    }
  const bread = inverse(gram);
  // A_i needs Σ over j with x_j ≥ x_i: sums from the right, ties together.
  const base = Array<number>(4).fill(0);
  for (const { i, weight, r } of inside)
    for (let a = 0; a < 4; a++) base[a] = (base[a] ?? 0) - weight * (r[a] ?? 0) * (rank[i] ?? 0);
  const meat = Matrix.zeros(4, 4);
  const above = Array<number>(4).fill(0);
  let next = inside.length - 1;
  let tied = n - 1;
  while (tied >= 0) {
    const value = x[tied] ?? 0;
    let first = tied;
    while (first > 0 && x[first - 1] === value) first -= 1;
    while (next >= 0 && (x[inside[next]?.i ?? 0] ?? 0) >= value) {
      const { weight, r } = inside[next] ?? { weight: 0, r: [] };
      for (let a = 0; a < 4; a++) above[a] = (above[a] ?? 0) + weight * (r[a] ?? 0);
      next -= 1;
    }
    const part = above.map((sum, a) => (sum + (base[a] ?? 0)) / n);
    const times = tied - first + 1;
    for (let a = 0; a < 4; a++)
      for (let b = 0; b < 4; b++) meat.set(a, b, meat.get(a, b) + times * (part[a] ?? 0) * (part[b] ?? 0));
    tied = first - 1;
  }
  const variance = bread.mmul(meat).mmul(bread).get(1, 1) / n ** 2 / h ** 2;
  return { density: bread.mmul(moment).get(1, 0) / h, variance, n: inside.length };
}

/**
 * Tests whether a density jumps at a point: local quadratic estimates with a cubic bias correction on each side,
 * triangular kernel, one bandwidth (Cattaneo, Jansson and Ma, 2020, JASA 115:1449); the variance is that of the
 * projection, within 3% of the jackknife of the authors' program on the cases tested. Null where a side has too
 * few distinct values within the bandwidth.
 */
export function densityJump(values: readonly number[], cut: number, bandwidth: number): DensityJump | null {
  const sample = rankSample(values);
  const n = sample.x.length;
  if (n < 2) return null;
  const split = sample.x.findIndex((x) => x >= cut);
  const middle = split < 0 ? n : split;
  const left = sideDensity(sample, 0, middle, cut, bandwidth);
  const right = sideDensity(sample, middle, n, cut, bandwidth);
  if (!left || !right) return null;
  const statistic = (right.density - left.density) / Math.sqrt(left.variance + right.variance);
  return {
    bandwidth,
    left: left.density,
    right: right.density,
    standardErrorLeft: Math.sqrt(left.variance),
    standardErrorRight: Math.sqrt(right.variance),
    statistic,
    p: twoSidedNormal(statistic),
    nLeft: left.n,
    nRight: right.n,
  };
}
