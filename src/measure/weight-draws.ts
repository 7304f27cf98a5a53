import { drawsFor } from '../core/index.ts';
import type { Change } from './change.ts';
import { qualityRatio } from './link.ts';

/** How far the direction of a change hangs on the weights of quality. */
export interface WeightDraws {
  /** Share of weights, drawn evenly over all that add to 1, under which the sign is that of the charter's weights. */
  readonly share: number;
  /** How many measures share the weight, at most, in any output. */
  readonly measures: number;
  readonly draws: number;
}

interface WeightSet {
  /** Growth factors: what the set's items add when all weight is on one measure. */
  readonly byMeasure: readonly number[];
}

/** Items that share a set of measures, with the weighted growth factor of each measure in it. */
function weightSets(change: Change): readonly WeightSet[] {
  const sets = new Map<string, number[]>();
  for (const item of change.link.items) {
    const base = change.base[item.item];
    const current = change.current[item.item];
    if (!base || !current) continue;
    const own = base.weights.flatMap((weight, k) => (weight > 0 ? [k] : []));
    const key = own.join(' ');
    const factors = own.map((k) => {
      const alone = base.weights.map((_, j) => (j === k ? 1 : 0));
      return item.weight * item.volumeRatio * qualityRatio(base, current, alone).ratio;
    });
    const known = factors.length > 0 ? factors : [item.weight * item.volumeRatio];
    const earlier = sets.get(key) ?? known.map(() => 0);
    sets.set(
      key,
      earlier.map((sum, i) => sum + (known[i] ?? 0)),
    );
  }
  return [...sets.values()].map((byMeasure) => ({ byMeasure }));
}

/**
 * Draws quality weights evenly from the simplex (Dirichlet(1, …, 1)) and counts how often output, or output
 * per input where the growth of inputs is given, changes in the same direction as under the charter's weights.
 */
export function shareOfDraws(
  change: Change,
  inputGrowth: number | null,
  seed: number,
  draws = 20_000,
): WeightDraws {
  const sets = weightSets(change);
  const measures = Math.max(0, ...sets.map((set) => set.byMeasure.length));
  const per = 1 + (inputGrowth ?? 0);
  const sign = Math.sign((1 + change.link.adjusted) / per - 1);
  if (measures < 2) return { share: 1, measures, draws: 0 };
  const draw = drawsFor(seed, 'quality weights');
  let same = 0;
  for (let i = 0; i < draws; i++) {
    let output = 0;
    sets.forEach(({ byMeasure }, s) => {
      const parts = byMeasure.map((_, k) => -Math.log(draw(i, s * 64 + k)));
      const total = parts.reduce((sum, part) => sum + part, 0);
      byMeasure.forEach((factor, k) => {
        output += ((parts[k] ?? 0) / total) * factor;
      });
    });
    if (Math.sign(output / per - 1) === sign) same += 1;
  }
  return { share: same / draws, measures, draws };
}
