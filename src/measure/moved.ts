import type { Interval } from '../core/index.ts';
import { adjustForDiscoveries, fewestWeeks, pOfGrowthRange } from '../stats/index.ts';
import { changeBetween } from './change.ts';
import { countsOfChange } from './change-counts.ts';
import type { Comparison } from './comparison.ts';
import { servicesOf } from './equivalence/routes.ts';
import { changeOfItem, isShown } from './output.ts';
import { pooledMeasure } from './pooled.ts';
import type { Study } from './study.ts';

/** How much of something changed, as a reader is told it: shares in points, all else as growth. */
interface Amount {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly unit: 'growth' | 'percentage-points';
}

/** An output, a group of routes, or a quality measure, between the compared periods. */
export interface MovedThing {
  /** The id of the output, group of routes or measure in the charter. */
  readonly id: string;
  readonly name: string;
  readonly kind: 'volume' | 'quality';
  /** Which way is better; null for volumes. */
  readonly better: 'higher' | 'lower' | null;
  /** Growth of volume, or of the level of quality where more is better, with its range. */
  readonly growth: number;
  readonly interval: Interval | null;
  /** Growth of volume at that level, such as of the number of right decisions: a total, not a rate for each case. */
  readonly total: { readonly growth: number; readonly interval: Interval | null };
  /** Pairs of blocks of weeks that the range may rest on. */
  readonly blocks: number;
  readonly shown: Amount;
  /** Cases that stand on each side. */
  readonly counts: { readonly earlier: number; readonly later: number };
}

/** A change, and whether it is beyond chance with all series allowed for. */
export interface JudgedThing {
  readonly moved: MovedThing;
  readonly is: 'real' | 'may be noise' | 'cannot tell yet' | 'no range';
}

type Turn = (growth: number) => number;

/** Growth of the level where more is better, as a change of the measure's own value. */
function shownAs(growth: number, interval: Interval | null, unit: Amount['unit'], turn: Turn): Amount {
  const ends = interval ? [turn(interval.low), turn(interval.high)] : null;
  return {
    value: turn(growth),
    low: ends && Math.min(...ends),
    high: ends && Math.max(...ends),
    unit,
  };
}

/** A quality measure alone, over the outputs it speaks for together. */
function qualityAlone(study: Study, k: number, comparison: Comparison): readonly MovedThing[] {
  const planned = study.plan.measures[k];
  if (!planned) return [];
  const plan = {
    ...study.plan,
    qualityWeights: study.plan.outputs.map(() => study.plan.measures.map((_, j) => (j === k ? 1 : 0))),
  };
  const item = { id: planned.measure.id, title: planned.measure.title, outputs: planned.outputs };
  const weighting = { mode: 'one', items: [item], withoutCost: [] } as const;
  const found = changeBetween({ ...study.data, plan }, weighting, comparison, study.resampled);
  if (!found || found.link.coverage === 0) return [];
  const [before, after] = [comparison.earlier, comparison.later].map((starts) =>
    pooledMeasure(study, k, starts, planned.outputs),
  );
  if (!before || !after || before.value === null || after.value === null) return [];
  const { direction, title } = planned.measure;
  const { quality: growth } = found.link;
  const interval = found.intervals.quality;
  // A share enters as its level or its complement, a lower-is-better mean as its reciprocal.
  const level = found.base[0]?.levels[k] ?? 0;
  const sign = direction === 'lower' ? -1 : 1;
  const shown =
    study.data.isShare[k] === true
      ? shownAs(growth, interval, 'percentage-points', (g) => sign * level * g)
      : shownAs(growth, interval, 'growth', (g) => (direction === 'lower' ? 1 / (1 + g) - 1 : g));
  const blocks = found.blocks.adjusted.earlier.length;
  const counts = { earlier: before.n, later: after.n };
  const total = { growth: found.link.adjusted, interval: found.intervals.adjusted };
  const { id } = planned.measure;
  return [
    { id, name: title, kind: 'quality', better: direction, growth, interval, total, blocks, shown, counts },
  ];
}

/** Everything that is followed between the sets of periods of the headline comparison. */
function movedThings(study: Study): readonly MovedThing[] {
  const { headline } = study;
  if (!headline) return [];
  const volumes = servicesOf(study).flatMap((item): readonly MovedThing[] => {
    const own = changeOfItem(study, item, headline);
    if (!own || !isShown(study, item, own)) return [];
    const [growth, interval] = [own.link.volume, own.intervals.volume];
    return [
      {
        id: item.id,
        name: item.title,
        kind: 'volume',
        better: null,
        growth,
        interval,
        total: { growth, interval },
        blocks: own.blocks.volume.earlier.length,
        shown: shownAs(growth, interval, 'growth', (g) => g),
        counts: countsOfChange(own),
      },
    ];
  });
  return [
    ...volumes,
    ...study.plan.measures.flatMap(({ index }) => qualityAlone(study, index, headline.comparison)),
  ];
}

/** What is followed between the sets of periods of the headline comparison, judged; none where nothing is compared. */
export function judgedMoves(study: Study): readonly JudgedThing[] {
  return study.headline ? judgeThings(movedThings(study), study.headline.comparison) : [];
}

/** Real, may be noise, or cannot tell yet, with false discoveries over all series held to 5%. */
function judgeThings(moves: readonly MovedThing[], comparison: Comparison): readonly JudgedThing[] {
  const isShort = comparison.kind === 'previous' || comparison.weeks < fewestWeeks;
  const adjusted = adjustForDiscoveries(
    moves.map(({ growth, interval, blocks }) => (interval ? pOfGrowthRange(growth, interval, blocks) : 1)),
    'independent',
  );
  return moves.map((moved, i) => {
    const noise = (adjusted[i] ?? 1) < 0.05 ? 'real' : 'may be noise';
    return { moved, is: isShort ? 'cannot tell yet' : moved.interval ? noise : 'no range' };
  });
}
