import { bandedSystem } from './banded-solve.ts';

/** What the regression of Cholette and Dagum asks for beyond the indicator and its benchmarks. */
interface CholetteDagum {
  readonly indicator: readonly number[];
  readonly benchmarks: readonly number[];
  readonly per: number;
  /** How far a correction at one value holds at the next: 0 to under 1. */
  readonly rho: number;
  /** 1: corrections in proportion to the indicator; 0: the same for all values. */
  readonly lambda: 0 | 1;
  /** Whether the indicator is first set to the level of the benchmarks as a whole. */
  readonly biasEstimated: boolean;
  /** How far each benchmark may be missed: 0 binds it; else its variance over its size. */
  readonly alterability: readonly number[];
}

/** The series that meets the benchmarks, and the bias that was taken off the indicator first (null where none was). */
interface Corrected {
  readonly values: readonly number[];
  readonly bias: number | null;
}

const add = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/**
 * Benchmarking by regression (Dagum and Cholette, 2006, chapter 3): θ = s† + V·J'·(J·V·J' + E)⁻¹·(a − J·s†)
 * with V = C·Ω·C, Ω_ij = ρ^|i−j|, C = diag(|s†|^λ) and E = diag(alterability·a); after the last benchmark the
 * correction dies away at the rate ρ. As J·Ω·J' couples runs through powers of ρ alone, the multipliers μ solve
 * a banded system with what earlier and later runs carry into each run as two more unknowns.
 */
export function choletteDagum(given: CholetteDagum): Corrected {
  const { indicator, benchmarks, per, rho, lambda, alterability } = given;
  const runs = benchmarks.length;
  const covered = indicator.slice(0, runs * per);
  const { values: start, bias } = withoutBias(given, covered);
  const scale = start.map((value) => (lambda === 1 ? Math.abs(value) : 1));
  const size = Math.max(...scale.slice(0, runs * per)) || 1;
  const c = scale.map((value) => value / size);
  const reach = Array.from({ length: runs }, (_, j) => reachOf(c.slice(j * per, (j + 1) * per), rho));
  const decay = rho ** per;
  const system = bandedSystem(3 * runs, 3);
  const right = new Array<number>(3 * runs).fill(0);
  reach.forEach((own, j) => {
    // Unknowns of run j: what earlier runs carry in, its multiplier, what later runs carry in.
    const [before, mu, after] = [3 * j, 3 * j + 1, 3 * j + 2];
    system.set(before, before, 1);
    system.set(after, after, 1);
    const [earlier, later] = [reach[j - 1], reach[j + 1]];
    if (earlier) {
      system.set(before, before - 3, -decay);
      system.set(before, mu - 3, -earlier.forward);
    }
    if (later) {
      system.set(after, after + 3, -decay);
      system.set(after, mu + 3, -later.back);
    }
    const allowance = ((alterability[j] ?? 0) * Math.abs(benchmarks[j] ?? 0)) / size ** 2;
    system.set(mu, before, own.back);
    system.set(mu, mu, own.within + allowance);
    system.set(mu, after, own.forward);
    right[mu] = ((benchmarks[j] ?? 0) - add(start.slice(j * per, (j + 1) * per))) / size;
  });
  const unknowns = system.solve(right);
  const multiplier = (t: number) => (t < runs * per ? (unknowns[3 * Math.floor(t / per) + 1] ?? 0) : 0);
  return { values: correct(start, c, size, rho, multiplier), bias };
}

/** How far a run pulls on the first value after it, on the last before it less one step, and on itself. */
function reachOf(run: readonly number[], rho: number) {
  let [forward, back, within, power] = [0, 0, 0, 1];
  for (const value of run) {
    within += value * (value + 2 * forward);
    forward = rho * (forward + value);
    back += value * power;
    power *= rho;
  }
  return { forward, back, within };
}

function withoutBias(given: CholetteDagum, covered: readonly number[]): Corrected {
  const { indicator, benchmarks, lambda, biasEstimated } = given;
  if (!biasEstimated) return { values: indicator, bias: null };
  if (lambda === 1) {
    const bias = add(benchmarks) / add(covered);
    return { values: indicator.map((value) => bias * value), bias };
  }
  const bias = (add(benchmarks) - add(covered)) / covered.length;
  return { values: indicator.map((value) => value + bias), bias };
}

/** s† + C·Ω·C·J'·μ, with Ω applied by one pass forward and one back. */
function correct(
  start: readonly number[],
  c: readonly number[],
  size: number,
  rho: number,
  multiplier: (t: number) => number,
): readonly number[] {
  const pull = c.map((value, t) => value * multiplier(t));
  const back = new Float64Array(pull.length + 1);
  for (let t = pull.length - 1; t >= 0; t--) back[t] = (pull[t] ?? 0) + rho * (back[t + 1] ?? 0);
  let forward = 0;
  return start.map((value, t) => {
    const correction = (back[t] ?? 0) + forward;
    forward = rho * (forward + (pull[t] ?? 0));
    return value + size * (c[t] ?? 0) * correction;
  });
}
