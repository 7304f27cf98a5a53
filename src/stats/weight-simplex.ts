import { standardNormal } from './bootstrap.ts';
import { uniformStream } from './uniform-stream.ts';

/** Values that share one unit of weight, and how it is shared. */
interface WeightedValues {
  readonly values: readonly number[];
  readonly weights: readonly number[];
}

/** Weight moved from one value to another of the same group, by their places. */
interface WeightMove {
  readonly group: number;
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

/** The least weight that must move for a weighted sum to reach a threshold. */
export interface SmallestShift {
  readonly shift: number;
  readonly moves: readonly WeightMove[];
}

const weighted = ({ values, weights }: WeightedValues) =>
  values.reduce((sum, value, k) => sum + (weights[k] ?? 0) * value, 0);

/**
 * The least weight to move, within groups, so that Σ weights·values over all groups comes to the threshold. The
 * sum is linear, so weight goes from the value furthest on the wrong side to the one furthest on the other, then
 * from the next. Null where no weights reach it, and where it is already reached.
 */
export function smallestShift(groups: readonly WeightedValues[], threshold = 0): SmallestShift | null {
  let excess = groups.reduce((sum, group) => sum + weighted(group), 0) - threshold;
  const sign = Math.sign(excess);
  if (sign === 0) return null;
  const steps = groups
    .flatMap(({ values, weights }, group) => {
      const to = values.reduce((best, value, k) => (sign * value < sign * (values[best] ?? 0) ? k : best), 0);
      return values.map((value, from) => ({
        group,
        from,
        to,
        gain: sign * (value - (values[to] ?? 0)),
        available: weights[from] ?? 0,
      }));
    })
    .filter((step) => step.gain > 0 && step.available > 0)
    .sort((a, b) => b.gain - a.gain);
  const moves: WeightMove[] = [];
  for (const { group, from, to, gain, available } of steps) {
    const weight = Math.min(available, Math.abs(excess) / gain);
    moves.push({ group, from, to, weight });
    excess -= sign * weight * gain;
    if (weight < available || sign * excess <= 1e-15)
      return { shift: moves.reduce((sum, move) => sum + move.weight, 0), moves };
  }
  return null;
}

/** A gamma draw of the given shape and scale 1 (Marsaglia and Tsang, 2000); shapes below 1 by their power of a uniform. */
function gammaDraw(shape: number, uniform: () => number): number {
  if (shape === 1) return -Math.log(uniform());
  if (shape < 1) return gammaDraw(shape + 1, uniform) * uniform() ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  while (true) {
    const z = standardNormal(uniform);
    const v = (1 + c * z) ** 3;
    if (v > 0 && Math.log(uniform()) < z * z * 0.5 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Weights that add to 1, from the Dirichlet distribution; a concentration of 0 gets no weight. */
export function dirichletDraw(concentrations: readonly number[], uniform: () => number): readonly number[] {
  const parts = concentrations.map((alpha) => (alpha > 0 ? gammaDraw(alpha, uniform) : 0));
  const total = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => part / total);
}

/** How far the direction of a weighted growth hangs on its weights: sensitivity, never part of an interval. */
interface WeightSensitivity {
  readonly growth: number;
  /** Share of all weights that add to 1, drawn evenly, under which growth is positive. */
  readonly sharePositive: number;
  /** Share of those under which the direction is that of the given weights. */
  readonly shareSame: number;
  /** The same for weights near the given ones: Dirichlet(50 × weights). */
  readonly shareSameNearby: number;
  /** Lowest and highest growth, with all weight on one value. */
  readonly low: number;
  readonly high: number;
  readonly smallest: SmallestShift | null;
}

/**
 * The answer under all other weights (method note, section 8): draws from Dirichlet(1, …, 1), from
 * Dirichlet(50·weights), the vertices, and the smallest shift of weight that turns the direction.
 */
export function weightSensitivity(
  { values, weights }: WeightedValues,
  options: { readonly seed: number; readonly draws: number },
): WeightSensitivity {
  const growth = weighted({ values, weights });
  const shareOf = (
    concentrations: readonly number[],
    purpose: string,
    holds: (growth: number) => boolean,
  ) => {
    let count = 0;
    for (let i = 0; i < options.draws; i++) {
      const uniform = uniformStream(options.seed, purpose, i);
      if (holds(weighted({ values, weights: dirichletDraw(concentrations, uniform) }))) count += 1;
    }
    return count / options.draws;
  };
  const even = values.map(() => 1);
  const isSame = (drawn: number) => Math.sign(drawn) === Math.sign(growth);
  const sharePositive = shareOf(even, 'weights', (drawn) => drawn > 0);
  return {
    growth,
    sharePositive,
    shareSame: growth > 0 ? sharePositive : shareOf(even, 'weights', isSame),
    shareSameNearby: shareOf(
      weights.map((weight) => 50 * weight),
      'weights nearby',
      isSame,
    ),
    low: Math.min(...values),
    high: Math.max(...values),
    smallest: smallestShift([{ values, weights }]),
  };
}
