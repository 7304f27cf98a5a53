import {
  drawWeights,
  type RankedScores,
  rankSensitivity,
  shareOfPlace,
  smallestTurn,
  type TurningWeight,
  turningWeights,
} from '../../stats/index.ts';
import type { Study } from '../study.ts';
import type { UnitScore } from './score-units.ts';
import type { UnitPlan } from './unit-plan.ts';
import { type Ranged, type Replicates, ranged } from './unit-ranges.ts';

/** How the order of units hangs on the weights of the parts. */
export interface UnitWeights {
  readonly titles: readonly string[];
  readonly scored: RankedScores;
  readonly sensitivity: ReturnType<typeof rankSensitivity>;
  /** For the unit in question, by part: weights beyond which it has another place. */
  readonly turns: readonly (readonly TurningWeight[])[];
  readonly smallest: ReturnType<typeof smallestTurn>;
  /** Share of evenly drawn weights under which the unit in question keeps its place, with its sampling range. */
  readonly keeps: Ranged;
  readonly draws: number;
}

const draws = 20_000;
/** Draws of weights for the sampling range of a share: common to all groups, so fewer do. */
const drawsForRange = 4000;

/** The order of units under all other weights; null where fewer than two parts share the weight. */
export function weighUnits(
  study: Study,
  plan: UnitPlan,
  replicates: Replicates<readonly UnitScore[]>,
  focus: number,
): UnitWeights | null {
  const weighed = plan.parts.filter(({ measure }) => measure.weight > 0);
  const weights = [
    ...weighed.map(({ measure }) => measure.weight),
    ...(plan.weightOfAlike > 0 ? [plan.weightOfAlike] : []),
  ];
  if (weights.length < 2) return null;
  const valuesOfAll = (scores: readonly UnitScore[]) => scores.map(({ values }) => values);
  const scored: RankedScores = { values: valuesOfAll(replicates.whole), weights };
  const sensitivity = rankSensitivity(scored, { seed: study.seed, draws });
  const place = sensitivity.ranks[focus] ?? 1;
  const drawn = drawWeights(
    weights.map(() => 1),
    'ranking weights',
    { seed: study.seed, draws: drawsForRange },
  );
  const share = (scores: readonly UnitScore[]) => shareOfPlace(valuesOfAll(scores), focus, place, drawn);
  const range = ranged({ ...replicates, periods: [] }, share);
  const keeps = sensitivity.shares[focus]?.[place - 1] ?? 0;
  const around = (end: number) => Math.min(1, Math.max(0, keeps + end - range.value));
  return {
    titles: [
      ...weighed.map(({ measure }) => measure.title),
      ...(plan.weightOfAlike > 0 ? ['Not known by unit, taken to be alike'] : []),
    ],
    scored,
    sensitivity,
    turns: turningWeights(scored, focus),
    smallest: smallestTurn(scored, focus),
    keeps: {
      ...range,
      value: keeps,
      interval: range.interval
        ? { ...range.interval, low: around(range.interval.low), high: around(range.interval.high) }
        : null,
    },
    draws,
  };
}
