import { twoSidedNormal } from '../../stats/index.ts';
import { type NotTestable, notTestable, type Tested, tested } from './screen.ts';

/** One unit's result in one period, with what was aimed at. */
export interface TargetedResult {
  readonly unit: string;
  /** Place of the period in time: 0, 1, 2, … */
  readonly period: number;
  readonly actual: number;
  readonly target: number;
}

/** A measure of the same units that nobody aims at. */
export type UntargetedResult = Omit<TargetedResult, 'target'>;

/** The ratchet test. */
export interface Ratchet extends Tested {
  readonly test: 'T6';
  /** Change of growth for one more of overshoot, with unit effects. */
  readonly slope: number;
  /** The same for the measure without a target: regression to the mean alone. */
  readonly untargetedSlope: number;
  readonly difference: number;
  readonly standardError: number;
  /** Spread of results at or above the target, in the later half of periods over the earlier half; null where few. */
  readonly spreadRatio: number | null;
}

interface Pair {
  readonly unit: string;
  readonly overshoot: number;
  readonly growth: number;
}

function pairsOf(
  results: readonly UntargetedResult[],
  overshoot: (result: UntargetedResult) => number,
): readonly Pair[] {
  const byPlace = new Map(results.map((result) => [`${result.unit} ${result.period}`, result]));
  return results.flatMap((result) => {
    const next = byPlace.get(`${result.unit} ${result.period + 1}`);
    return next
      ? [{ unit: result.unit, overshoot: overshoot(result), growth: next.actual - result.actual }]
      : [];
  });
}

interface Sums {
  readonly xy: number;
  readonly xx: number;
}

/** Within-unit sums of squares and products, by unit. */
function sumsByUnit(pairs: readonly Pair[]): ReadonlyMap<string, Sums> {
  const groups = new Map<string, Pair[]>();
  for (const pair of pairs) groups.set(pair.unit, [...(groups.get(pair.unit) ?? []), pair]);
  return new Map(
    [...groups].map(([unit, own]) => {
      const meanX = own.reduce((sum, { overshoot }) => sum + overshoot, 0) / own.length;
      const meanY = own.reduce((sum, { growth }) => sum + growth, 0) / own.length;
      return [
        unit,
        {
          xy: own.reduce((sum, { overshoot, growth }) => sum + (overshoot - meanX) * (growth - meanY), 0),
          xx: own.reduce((sum, { overshoot }) => sum + (overshoot - meanX) ** 2, 0),
        },
      ];
    }),
  );
}

function slopeWithout(sums: ReadonlyMap<string, Sums>, left: string | null): number {
  let [xy, xx] = [0, 0];
  for (const [unit, own] of sums) {
    if (unit === left) continue;
    xy += own.xy;
    xx += own.xx;
  }
  return xy / xx;
}

function spreadRatio(results: readonly TargetedResult[]): number | null {
  const periods = [...new Set(results.map(({ period }) => period))].sort((a, b) => a - b);
  const middle = periods[Math.floor(periods.length / 2)] ?? 0;
  const variance = (later: boolean) => {
    const over = results
      .filter(({ period, actual, target }) => period >= middle === later && actual >= target)
      .map(({ actual, target }) => actual - target);
    if (over.length < 10) return null;
    const mean = over.reduce((sum, x) => sum + x, 0) / over.length;
    return over.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (over.length - 1);
  };
  const [before, after] = [variance(false), variance(true)];
  return before === null || after === null || before === 0 ? null : Math.sqrt(after / before);
}

/**
 * T6: whether units that beat their target hold back in the next period, more than regression to the mean alone
 * would have them (the idea is Weitzman's and Bevan and Hood's, the estimator ours). Growth on overshoot with
 * unit effects, against the same for a measure without a target; standard error by leaving out one unit at a time.
 */
export function ratchet(
  targeted: readonly TargetedResult[],
  untargeted: readonly UntargetedResult[],
): Ratchet | NotTestable {
  const own = sumsByUnit(pairsOf(targeted, (result) => result.actual - (result as TargetedResult).target));
  const other = sumsByUnit(pairsOf(untargeted, ({ actual }) => actual));
  const units = [...own.keys()].filter((unit) => other.has(unit));
  if (units.length < 10)
    return notTestable('T6', 'fewer than 10 units have both a targeted and an untargeted measure over time');
  const differenceWithout = (left: string | null) => slopeWithout(own, left) - slopeWithout(other, left);
  const difference = differenceWithout(null);
  const without = units.map(differenceWithout);
  const mean = without.reduce((sum, x) => sum + x, 0) / units.length;
  const standardError = Math.sqrt(
    ((units.length - 1) / units.length) * without.reduce((sum, x) => sum + (x - mean) ** 2, 0),
  );
  if (!Number.isFinite(standardError) || standardError === 0)
    return notTestable('T6', 'the results do not vary within units');
  return tested({
    test: 'T6' as const,
    n: targeted.length,
    p: twoSidedNormal(difference / standardError),
    leans: difference < 0,
    words: {
      pattern: 'holding back after a good period, so that the next target is not raised',
      also: [
        'regression to the mean that differs between the measures',
        'a limit of capacity',
        'a change of mix',
      ],
      tellApart: 'look at how the next target was set, and at work held over from one period to the next',
    },
    slope: slopeWithout(own, null),
    untargetedSlope: slopeWithout(other, null),
    difference,
    standardError,
    spreadRatio: spreadRatio(targeted),
  });
}
