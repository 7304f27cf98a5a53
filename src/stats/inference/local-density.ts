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

/** Coefficients of the local cubic. */
const width = 4;

/** Observations within the bandwidth on one side: their places in the sample, and weight times powers of u. */
interface Neighbourhood {
  readonly places: readonly number[];
  readonly weights: readonly number[];
  readonly powers: readonly (readonly number[])[];
}

function neighbourhood({ x }: Sample, from: number, to: number, cut: number, h: number): Neighbourhood {
  const places: number[] = [];
  for (let i = from; i < to; i++) if (Math.abs((x[i] ?? 0) - cut) < h) places.push(i);
  const us = places.map((i) => ((x[i] ?? 0) - cut) / h);
  return {
    places,
    weights: us.map((u) => 1 - Math.abs(u)),
    powers: us.map((u) => [1, u, u * u, u * u * u]),
  };
}

/** Σ weight·powers·powers'/n and Σ weight·powers·rank/n. */
function normalEquations({ rank }: Sample, { places, weights, powers }: Neighbourhood) {
  const n = rank.length;
  const gram = Array.from({ length: width }, () => new Float64Array(width));
  const moment = new Float64Array(width);
  powers.forEach((r, j) => {
    const weight = (weights[j] ?? 0) / n;
    for (let a = 0; a < width; a++) {
      const part = weight * (r[a] ?? 0);
      moment[a] = (moment[a] ?? 0) + part * (rank[places[j] ?? 0] ?? 0);
      const line = gram[a] ?? new Float64Array(width);
      for (let b = 0; b < width; b++) line[b] = (line[b] ?? 0) + part * (r[b] ?? 0);
    }
  });
  return { bread: inverse(new Matrix(gram.map((line) => [...line]))), moment };
}

/**
 * Σ (direction·A_i)², A_i = (1/n)·Σ_j weight_j·powers_j·(1(x_j ≥ x_i) − F_j): what each observation adds to the
 * slope. The sum over j with x_j ≥ x_i grows from the right; observations that tie go together.
 */
function influenceSquares({ x, rank }: Sample, near: Neighbourhood, direction: readonly number[]): number {
  const n = x.length;
  const parts = near.powers.map(
    (r, j) => (near.weights[j] ?? 0) * r.reduce((sum, value, a) => sum + value * (direction[a] ?? 0), 0),
  );
  const base = parts.reduce((sum, part, j) => sum - part * (rank[near.places[j] ?? 0] ?? 0), 0);
  let [squares, above, next] = [0, 0, parts.length - 1];
  for (let i = n - 1; i >= 0; i--) {
    while (next >= 0 && (x[near.places[next] ?? 0] ?? 0) >= (x[i] ?? 0)) above += parts[next--] ?? 0;
    squares += ((above + base) / n) ** 2;
  }
  return squares;
}

/** Local cubic fit of the distribution function on one side; its slope over h is the density at the point. */
function sideDensity(
  sample: Sample,
  from: number,
  to: number,
  cut: number,
  h: number,
): { readonly density: number; readonly variance: number; readonly n: number } | null {
  const near = neighbourhood(sample, from, to, cut, h);
  if (new Set(near.places.map((i) => sample.x[i])).size <= width) return null;
  const { bread, moment } = normalEquations(sample, near);
  const direction = bread.getRow(1);
  const slope = direction.reduce((sum, value, a) => sum + value * (moment[a] ?? 0), 0);
  const variance = influenceSquares(sample, near, direction) / sample.x.length ** 2 / h ** 2;
  return { density: slope / h, variance, n: near.places.length };
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
