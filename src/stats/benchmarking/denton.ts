import { bandedSystem } from './banded-solve.ts';

/** A sub-annual indicator and the totals that runs of `per` of its values must add to. */
interface Benchmarked {
  readonly indicator: readonly number[];
  readonly benchmarks: readonly number[];
  /** Values of the indicator to one benchmark: 4 for quarters to years. */
  readonly per: number;
}

/**
 * The smoothest path u, Σ(u_t − u_(t−1))² least, with Σ c_t·u_t = b_j over each run of `per` values. At the least
 * sum, second differences of u within run j are μ_j·c_t and slopes at both ends are zero, so a path is told by
 * its value, slope and μ at the start of each run: three unknowns a run, in a banded system.
 */
function smoothestPath(
  coefficients: readonly number[],
  totals: readonly number[],
  per: number,
): readonly number[] {
  const runs = totals.length;
  const size = 3 * runs;
  const system = bandedSystem(size, 5);
  const right = new Array<number>(size).fill(0);
  // Slopes are scaled by the length of a run and curvatures by its size, so that the unknowns are alike.
  const mass = coefficients.reduce((sum, c) => sum + Math.abs(c), 0) / runs || 1;
  const [slopeScale, curveScale] = [1 / per, 1 / (per * mass)];
  let row = 0;
  system.set(row, 1, 1); // No slope before the first value.
  row += 1;
  for (let j = 0; j < runs; j++) {
    let [sumValue, sumSlope, sumCurve] = [0, 0, 0]; // Σ c·u in terms of value, slope and μ.
    let [curve, slope] = [0, 0]; // What μ has added to u and to its slope so far.
    for (let k = 0; k < per; k++) {
      const c = coefficients[j * per + k] ?? 0;
      sumValue += c;
      sumSlope += c * k;
      sumCurve += c * curve;
      slope += c;
      curve += slope;
    }
    system.set(row, 3 * j, sumValue / mass);
    system.set(row, 3 * j + 1, (sumSlope * slopeScale) / mass);
    system.set(row, 3 * j + 2, (sumCurve * curveScale) / mass);
    right[row] = (totals[j] ?? 0) / mass;
    row += 1;
    system.set(row, 3 * j + 1, 1);
    system.set(row, 3 * j + 2, (slope * curveScale) / slopeScale);
    if (j + 1 < runs) system.set(row, 3 * j + 4, -1); // Without a next run this says: no slope after the last value.
    row += 1;
    if (j + 1 === runs) break;
    system.set(row, 3 * j, 1);
    system.set(row, 3 * j + 1, per * slopeScale);
    system.set(row, 3 * j + 2, curve * curveScale);
    system.set(row, 3 * j + 3, -1);
    row += 1;
  }
  const unknowns = system.solve(right);
  const path: number[] = [];
  for (let j = 0; j < runs; j++) {
    let value = unknowns[3 * j] ?? 0;
    let slope = (unknowns[3 * j + 1] ?? 0) * slopeScale;
    const mu = (unknowns[3 * j + 2] ?? 0) * curveScale;
    for (let k = 0; k < per; k++) {
      path.push(value);
      slope += mu * (coefficients[j * per + k] ?? 0);
      value += slope;
    }
  }
  return path;
}

/**
 * Proportional Denton with Cholette's start (Denton, 1971; Cholette, 1984): the ratio of the result to the
 * indicator changes as little as it can, and runs add to their benchmarks. After the last benchmark the last
 * ratio is carried forward. The indicator must be positive where there are benchmarks.
 */
export function dentonProportional({ indicator, benchmarks, per }: Benchmarked): readonly number[] {
  const covered = benchmarks.length * per;
  const path = smoothestPath(indicator.slice(0, covered), benchmarks, per);
  const last = path.at(-1) ?? 1;
  return indicator.map((z, t) => z * (path[t] ?? last));
}

/**
 * Additive Denton: the difference of the result from the indicator changes as little as it can. With an
 * indicator of zero it is the smoothing of Boot, Feibes and Lisman (1967). The last difference is carried forward.
 */
export function dentonAdditive({ indicator, benchmarks, per }: Benchmarked): readonly number[] {
  const covered = benchmarks.length * per;
  const gaps = benchmarks.map(
    (a, j) => a - indicator.slice(j * per, (j + 1) * per).reduce((sum, z) => sum + z, 0),
  );
  const path = smoothestPath(new Array<number>(covered).fill(1), gaps, per);
  const last = path.at(-1) ?? 0;
  return indicator.map((z, t) => z + (path[t] ?? last));
}
