import { drawsFor, formatValue, listInWords, type Table } from '../core/index.ts';
import { dirichletDraw, smallestShift, uniformStream } from '../stats/index.ts';
import type { Change } from './change.ts';
import { qualityRatio } from './link.ts';

/** How far the direction of a change hangs on the weights of quality. */
export interface WeightDraws {
  /** Share of weights, drawn evenly over all that add to 1, under which the sign is that of the charter's weights. */
  readonly share: number;
  /** The same for weights drawn near the charter's, Dirichlet(50 × weights). */
  readonly nearby: number;
  /** How many measures share the weight, at most, in any output. */
  readonly measures: number;
  readonly draws: number;
}

/** Items whose quality is judged by one set of measures. */
interface WeightSet {
  /** Places of the measures in the charter's list; empty where none has weight. */
  readonly measures: readonly number[];
  /** The charter's weights of them. */
  readonly weights: readonly number[];
  /** Growth factors: what the set's items add when all weight is on one measure. */
  readonly byMeasure: readonly number[];
}

/** Items that share a set of measures and their weights, with the weighted growth factor of each measure in it. */
function weightSets(change: Change): readonly WeightSet[] {
  const sets = new Map<string, WeightSet>();
  for (const item of change.link.items) {
    const base = change.base[item.item];
    const current = change.current[item.item];
    if (!base || !current) continue;
    const measures = base.weights.flatMap((weight, k) => (weight > 0 ? [k] : []));
    const weights = measures.map((k) => base.weights[k] ?? 0);
    const key = `${measures.join(' ')} at ${weights.join(' ')}`;
    const factors = measures.map((k) => {
      const alone = base.weights.map((_, j) => (j === k ? 1 : 0));
      return item.weight * item.volumeRatio * qualityRatio(base, current, alone).ratio;
    });
    const known = factors.length > 0 ? factors : [item.weight * item.volumeRatio];
    const earlier = sets.get(key)?.byMeasure ?? known.map(() => 0);
    sets.set(key, {
      measures,
      weights: weights.length > 0 ? weights : [1],
      byMeasure: earlier.map((sum, i) => sum + (known[i] ?? 0)),
    });
  }
  return [...sets.values()];
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
  if (measures < 2) return { share: 1, nearby: 1, measures, draws: 0 };
  const isSame = (output: number) => Math.sign(output / per - 1) === sign;
  const draw = drawsFor(seed, 'quality weights');
  const concentrations = sets.map((set) => set.weights.map((weight) => 50 * weight));
  let [same, sameNearby] = [0, 0];
  for (let i = 0; i < draws; i++) {
    let [output, nearby] = [0, 0];
    const uniform = uniformStream(seed, 'quality weights nearby', i);
    sets.forEach(({ byMeasure }, s) => {
      const parts = byMeasure.map((_, k) => -Math.log(draw(i, s * 64 + k)));
      const total = parts.reduce((sum, part) => sum + part, 0);
      const close = byMeasure.length > 1 ? dirichletDraw(concentrations[s] ?? [], uniform) : [1];
      byMeasure.forEach((factor, k) => {
        output += ((parts[k] ?? 0) / total) * factor;
        nearby += (close[k] ?? 0) * factor;
      });
    });
    if (isSame(output)) same += 1;
    if (isSame(nearby)) sameNearby += 1;
  }
  return { share: same / draws, nearby: sameNearby / draws, measures, draws };
}

/** The least weight that must move for the direction of a change to turn, and how that reads. */
interface WeightShift {
  /** Weight that moves, over all sets of measures. */
  readonly shift: number;
  /** "0.23 of the weight from "Decided in time" to "Right first time"". */
  readonly words: string;
}

/**
 * The smallest shift of quality weights that brings the growth of output, or of output per input, to nothing. Null
 * where no weights do, or where fewer than two measures share the weight.
 */
export function weightShift(
  change: Change,
  inputGrowth: number | null,
  titleOf: (measure: number) => string,
): WeightShift | null {
  const sets = weightSets(change);
  const found = smallestShift(
    sets.map(({ byMeasure, weights }) => ({ values: byMeasure, weights })),
    1 + (inputGrowth ?? 0),
  );
  if (!found || found.moves.length === 0) return null;
  const moves = found.moves.map(({ group, from, to, weight }) => {
    const own = sets[group]?.measures ?? [];
    return `${formatValue(weight, 'share')} of the weight from "${titleOf(own[from] ?? -1)}" to "${titleOf(own[to] ?? -1)}"`;
  });
  return { shift: found.shift, words: listInWords(moves) };
}

/** Growth of output with all weight on one measure at a time: under which weights the direction turns. */
export function verticesTable(
  change: Change,
  inputGrowth: number | null,
  titleOf: (measure: number) => string,
): Table | null {
  const sets = weightSets(change);
  const used = [...new Set(sets.flatMap((set) => set.measures))];
  if (!sets.some((set) => set.measures.length > 1)) return null;
  const per = 1 + (inputGrowth ?? 0);
  return {
    id: 'one-measure-alone',
    title: `Growth of ${inputGrowth === null ? 'output' : 'productivity'} if one quality measure had all the weight`,
    columns: [
      { key: 'measure', title: 'Measure', type: 'text' },
      { key: 'growth', title: 'Growth', type: 'growth' },
    ],
    rows: used.map((measure) => ({
      measure: titleOf(measure),
      growth:
        sets.reduce((sum, { measures, weights, byMeasure }) => {
          const at = measures.indexOf(measure);
          return (
            sum +
            (at < 0
              ? byMeasure.reduce((all, factor, k) => all + factor * (weights[k] ?? 0), 0)
              : (byMeasure[at] ?? 0))
          );
        }, 0) /
          per -
        1,
    })),
    notes: ['Outputs that a measure does not speak for keep the weights of the charter.'],
  };
}
