import { drawsFor } from '../../core/index.ts';
import { nonIncreasing, percentileInterval, standardNormal } from '../../stats/index.ts';

/** Cases on which the same effort was spent. */
export interface EffortGroup {
  /** Minutes of work a case. */
  readonly minutes: number;
  /** Mean audited saving a case in pounds, with its standard error. */
  readonly saving: number;
  readonly standardError: number;
  readonly cases: number;
}

/** What the next minute brings, between one effort and the next. */
export interface MarginalReturn {
  readonly from: number;
  readonly to: number;
  /** Pounds a minute as observed, and on the falling curve closest to it. */
  readonly observed: number;
  readonly fitted: number;
}

/** The effort at which the next minute brings no more than it costs. */
export type EffortReturn =
  | { readonly isTold: false; readonly why: string }
  | {
      readonly isTold: true;
      readonly marginal: readonly MarginalReturn[];
      /** Minutes a case; the least or the most tried where the curve does not cross the cost. */
      readonly best: number;
      readonly interval: { readonly low: number; readonly high: number };
      readonly atEdge: 'least tried' | 'most tried' | null;
    };

function marginalOf(groups: readonly EffortGroup[], savings: readonly number[]): readonly MarginalReturn[] {
  const steps = groups.slice(1).map((group, i) => {
    const from = groups[i]?.minutes ?? 0;
    const length = group.minutes - from;
    return {
      from,
      to: group.minutes,
      observed: ((savings[i + 1] ?? 0) - (savings[i] ?? 0)) / length,
      length,
    };
  });
  const fitted = nonIncreasing(
    steps.map(({ observed }) => observed),
    steps.map(({ length }) => length),
  );
  return steps.map(({ from, to, observed }, i) => ({ from, to, observed, fitted: fitted[i] ?? observed }));
}

function bestEffort(marginal: readonly MarginalReturn[], costPerMinute: number): number {
  const first = marginal[0]?.from ?? 0;
  return marginal.reduce((best, { to, fitted }) => (fitted >= costPerMinute ? to : best), first);
}

/**
 * Effort against return: the marginal audited saving a minute, made to fall by monotone regression, and the effort
 * where it equals what a minute of staff costs. Only where effort was assigned at random or nearly so: where it
 * was chosen by how hard cases are, hard cases look as if effort did not pay.
 */
export function effortReturn(given: {
  readonly groups: readonly EffortGroup[];
  readonly costPerMinute: number;
  readonly assignment: 'random' | 'quasi-random' | 'by difficulty' | 'not known';
  readonly seed?: number | undefined;
  readonly replicates?: number | undefined;
}): EffortReturn {
  const { costPerMinute, assignment, seed = 20_260_401, replicates = 1000 } = given;
  if (assignment === 'by difficulty' || assignment === 'not known')
    return {
      isTold: false,
      why: 'Cannot tell: effort was not assigned at random, so cases of more effort differ in more than effort.',
    };
  const groups = given.groups.filter(({ cases }) => cases >= 10).sort((a, b) => a.minutes - b.minutes);
  if (groups.length < 3 || new Set(groups.map(({ minutes }) => minutes)).size < groups.length)
    return {
      isTold: false,
      why: 'Cannot tell: at least three different efforts of ten cases or more are needed.',
    };
  const marginal = marginalOf(
    groups,
    groups.map(({ saving }) => saving),
  );
  const best = bestEffort(marginal, costPerMinute);
  const draws = Array.from({ length: replicates }, (_, r) => {
    const draw = drawsFor(seed, 'effort and return', r);
    let item = 0;
    const savings = groups.map(
      ({ saving, standardError }) => saving + standardError * standardNormal(() => draw(item++)),
    );
    return bestEffort(marginalOf(groups, savings), costPerMinute);
  });
  return {
    isTold: true,
    marginal,
    best,
    interval: percentileInterval(draws),
    atEdge:
      best === groups[0]?.minutes ? 'least tried' : best === groups.at(-1)?.minutes ? 'most tried' : null,
  };
}
