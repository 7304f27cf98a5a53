import { drawsFor, normalQuantileFor } from '../../core/index.ts';
import { nonIncreasing, percentileInterval, standardNormal } from '../../stats/index.ts';
import { type EffortLevels, effortLevels } from './effort-levels.ts';
import { type EffortRange, effortRange } from './effort-range.ts';

/** Cases on which the same effort was spent. */
export interface EffortGroup {
  /** Minutes of work a case. */
  readonly minutes: number;
  /** Mean audited saving a case in pounds, with its standard error. */
  readonly saving: number;
  readonly standardError: number;
  readonly cases: number;
  /** What else may differ, such as the year: efforts are compared only within a block. */
  readonly block?: string | undefined;
}

/** What the next minute brings, between one effort and the next. */
export interface MarginalReturn {
  readonly from: number;
  readonly to: number;
  /** Pounds a minute as observed, with its 95% range, and on the falling curve closest to all. */
  readonly observed: number;
  readonly low: number;
  readonly high: number;
  readonly fitted: number;
}

/** What a minute brings on the mean from one effort to another, pounds, with its 95% range. */
export interface Slope {
  readonly from: number;
  readonly to: number;
  readonly perMinute: number;
  readonly low: number;
  readonly high: number;
}

interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** The effort at which the next minute brings no more than it costs. */
export type EffortReturn =
  | { readonly isTold: false; readonly why: string }
  | {
      readonly isTold: true;
      readonly marginal: readonly MarginalReturn[];
      /** Minutes a case; the least or the most tried where the curve does not cross the cost. */
      readonly best: number;
      readonly interval: Bounds;
      /** Efforts between which the best lies, in 95 of 100 samples; null where no bound is known. */
      readonly range: EffortRange;
      /** The mean saving a minute from the effort tried nearest to one, to the first at or above the other. */
      readonly window: Slope | null;
      readonly atEdge: 'least tried' | 'most tried' | null;
    };

type Step = Omit<MarginalReturn, 'low' | 'high'>;

function marginalOf(minutes: readonly number[], savings: readonly number[]): readonly Step[] {
  const steps = minutes.slice(1).map((to, i) => {
    const from = minutes[i] ?? 0;
    const length = to - from;
    return { from, to, observed: ((savings[i + 1] ?? 0) - (savings[i] ?? 0)) / length, length };
  });
  const fitted = nonIncreasing(
    steps.map(({ observed }) => observed),
    steps.map(({ length }) => length),
  );
  return steps.map(({ from, to, observed }, i) => ({ from, to, observed, fitted: fitted[i] ?? observed }));
}

const bounds = ({ low, high }: Bounds): Bounds => ({ low, high });

function bestEffort(marginal: readonly Step[], costPerMinute: number): number {
  const first = marginal[0]?.from ?? 0;
  return marginal.reduce((best, { to, fitted }) => (fitted >= costPerMinute ? to : best), first);
}

/** Pounds a minute from one effort to another as observed, with its 95% range: a sum of the groups' savings. */
function slope(
  groups: readonly EffortGroup[],
  { minutes, savingsOf }: EffortLevels,
  from: number,
  to: number,
): Slope {
  const length = (minutes[to] ?? 0) - (minutes[from] ?? 0);
  const rise = (savings: readonly number[]) => {
    const levels = savingsOf(savings);
    return ((levels[to] ?? 0) - (levels[from] ?? 0)) / length;
  };
  const value = rise(groups.map(({ saving }) => saving));
  const error = Math.hypot(
    ...groups.map(({ standardError }, i) => standardError * rise(groups.map((_, k) => Number(k === i)))),
  );
  const half = normalQuantileFor(0.95) * error;
  return {
    from: minutes[from] ?? 0,
    to: minutes[to] ?? 0,
    perMinute: value,
    low: value - half,
    high: value + half,
  };
}

/** The slope from the effort tried that lies nearest to one, to the first tried at or above another; null where those are one. */
function slopeBetween(
  groups: readonly EffortGroup[],
  levels: EffortLevels,
  window: { readonly from: number; readonly to: number } | undefined,
): Slope | null {
  if (!window) return null;
  const { minutes } = levels;
  const distance = (i: number) => Math.abs((minutes[i] ?? 0) - window.from);
  const from = minutes.reduce((best, _, i) => (distance(i) < distance(best) ? i : best), 0);
  const above = minutes.findIndex((level) => level >= window.to);
  const to = above === -1 ? minutes.length - 1 : above;
  return from < to ? slope(groups, levels, from, to) : null;
}

/**
 * Effort against return: the marginal audited saving a minute, made to fall by monotone regression, and the effort
 * where it equals what a minute of staff costs. Only where effort was assigned at random or nearly so: where it
 * was chosen by how hard cases are, hard cases look as if effort did not pay. The interval of the best effort
 * comes from draws of the groups' savings and lies too close where a curve bends sharply; its range does not.
 */
export function effortReturn(given: {
  readonly groups: readonly EffortGroup[];
  readonly costPerMinute: number;
  readonly assignment: 'random' | 'quasi-random' | 'by difficulty' | 'not known';
  readonly seed?: number | undefined;
  readonly replicates?: number | undefined;
  /** Two efforts between which the mean saving a minute is wanted, chosen before looking. */
  readonly window?: { readonly from: number; readonly to: number } | undefined;
}): EffortReturn {
  const { costPerMinute, assignment, seed = 20_260_401, replicates = 1000 } = given;
  if (assignment === 'by difficulty' || assignment === 'not known')
    return {
      isTold: false,
      why: 'Cannot tell: effort was not assigned at random, so cases of more effort differ in more than effort.',
    };
  const groups = given.groups.filter(({ cases }) => cases >= 10).sort((a, b) => a.minutes - b.minutes);
  const levels = effortLevels(groups);
  if (!levels || levels.minutes.length < 3)
    return {
      isTold: false,
      why: 'Cannot tell: at least three different efforts of ten cases or more are needed.',
    };
  const { minutes, savingsOf } = levels;
  const steps = marginalOf(minutes, savingsOf(groups.map(({ saving }) => saving)));
  const best = bestEffort(steps, costPerMinute);
  const draws = Array.from({ length: replicates }, (_, r) => {
    const draw = drawsFor(seed, 'effort and return', r);
    let item = 0;
    const savings = groups.map(
      ({ saving, standardError }) => saving + standardError * standardNormal(() => draw(item++)),
    );
    return marginalOf(minutes, savingsOf(savings));
  });
  const interval = percentileInterval(draws.map((drawn) => bestEffort(drawn, costPerMinute)));
  return {
    isTold: true,
    marginal: steps.map((step, i) => ({
      ...step,
      ...bounds(slope(groups, levels, i, i + 1)),
    })),
    best,
    interval,
    range: effortRange({ groups, levels, costPerMinute, seed, replicates }),
    window: slopeBetween(groups, levels, given.window),
    atEdge: best === minutes[0] ? 'least tried' : best === minutes.at(-1) ? 'most tried' : null,
  };
}
