import { drawsFor, normalQuantileFor } from '../../core/index.ts';
import { nonIncreasing, percentileInterval, standardNormal } from '../../stats/index.ts';
import { type EffortLevels, effortLevels } from './effort-levels.ts';
import { type EffortRange, effortRange } from './effort-range.ts';
import { meanBetween, overKinds } from './over-kinds.ts';

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
      /** Minutes a case where the curve falls to the cost; the least or the most tried where it does not cross it. */
      readonly best: number;
      /** The mean of that over draws of the savings: steadier, and between efforts tried. */
      readonly bagged: number;
      readonly interval: Bounds;
      /** Efforts between which the best lies, in 95 of 100 samples; null where no bound is known. */
      readonly range: EffortRange;
      /** The mean saving a minute from the effort tried nearest to one, to the first at or above the other. */
      readonly window: Slope | null;
      readonly atEdge: 'least tried' | 'most tried' | null;
    };

type Step = Omit<MarginalReturn, 'low' | 'high'>;

/** Cases of one kind: their share of all, and groups of them by effort. */
export interface EffortKind {
  readonly share: number;
  readonly groups: readonly EffortGroup[];
}

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

function bestEffort(
  marginal: readonly Pick<Step, 'from' | 'to' | 'fitted'>[],
  costPerMinute: number,
): number {
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

/** Whether the best lies at the least or the most effort of a curve. */
function edgeOf(
  best: number,
  steps: readonly Pick<Step, 'from' | 'to'>[],
): 'least tried' | 'most tried' | null {
  if (best === steps[0]?.from) return 'least tried';
  return best === steps.at(-1)?.to ? 'most tried' : null;
}

/** Groups with enough cases, by effort, and the efforts that they tell; null under three. */
function levelsOf(given: readonly EffortGroup[]) {
  const groups = given.filter(({ cases }) => cases >= 10).sort((a, b) => a.minutes - b.minutes);
  const levels = effortLevels(groups);
  return levels && levels.minutes.length >= 3 ? { groups, levels } : null;
}

/** Savings of groups as they are, or as drawn: a normal around each. */
type Drawn = (groups: readonly EffortGroup[]) => readonly number[];

/** The curve of all kinds together for some savings; null where there are no kinds to put together. */
function curveOverKinds(kinds: readonly EffortKind[]) {
  const found = kinds.map(({ share, groups }) => ({ share, own: levelsOf(groups) }));
  if (kinds.length < 2 || found.some(({ own }) => own === null)) return null;
  const whole = found.reduce((sum, { share }) => sum + share, 0);
  return (drawn: Drawn) =>
    overKinds(
      found.flatMap(({ share, own }) =>
        own
          ? [
              {
                share: share / whole,
                steps: marginalOf(own.levels.minutes, own.levels.savingsOf(drawn(own.groups))),
              },
            ]
          : [],
      ),
    );
}

/**
 * Effort against return: the marginal audited saving a minute, made to fall by monotone regression, and the effort
 * where it equals what a minute of staff costs. Only where effort was assigned at random or nearly so: where it
 * was chosen by how hard cases are, hard cases look as if effort did not pay. Where a curve crosses the cost jumps from
 * one effort tried to the next with little change of the savings: the mean of it over draws of the groups' savings
 * (bagging; Breiman, 1996; Bühlmann and Yu, 2002) misses by less. The interval comes from the same draws and lies too
 * close where a curve bends sharply; the range does not.
 *
 * Where cases are of kinds (`kinds`), each kind has a falling curve of its own and the best for all is where the mean of
 * these, at the share of each, falls to the cost: in no draw does it lie beyond the bests of the kinds, as that of a curve
 * through cases of every kind together can, by which kinds happened to be drawn at each effort.
 */
export function effortReturn(given: {
  readonly groups: readonly EffortGroup[];
  readonly kinds?: readonly EffortKind[] | undefined;
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
  const own = levelsOf(given.groups);
  if (!own)
    return {
      isTold: false,
      why: 'Cannot tell: at least three different efforts of ten cases or more are needed.',
    };
  const { groups, levels } = own;
  const { minutes, savingsOf } = levels;
  const steps = marginalOf(minutes, savingsOf(groups.map(({ saving }) => saving)));
  const together = curveOverKinds(given.kinds ?? []);
  const curve = together?.((all) => all.map(({ saving }) => saving));
  const best = bestEffort(curve ?? steps, costPerMinute);
  const draws = Array.from({ length: replicates }, (_, r) => {
    const draw = drawsFor(seed, 'effort and return', r);
    let item = 0;
    const drawn: Drawn = (all) =>
      all.map(({ saving, standardError }) => saving + standardError * standardNormal(() => draw(item++)));
    return bestEffort(together?.(drawn) ?? marginalOf(minutes, savingsOf(drawn(groups))), costPerMinute);
  });
  const interval = percentileInterval(draws);
  return {
    isTold: true,
    marginal: steps.map((step, i) => ({
      ...step,
      fitted: curve ? meanBetween(curve, step.from, step.to) : step.fitted,
      ...bounds(slope(groups, levels, i, i + 1)),
    })),
    best,
    bagged: draws.reduce((sum, drawn) => sum + drawn, 0) / draws.length,
    interval,
    range: effortRange({ groups, levels, costPerMinute, seed, replicates }),
    window: slopeBetween(groups, levels, given.window),
    atEdge: edgeOf(best, curve ?? steps),
  };
}
