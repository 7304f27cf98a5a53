import { formatInterval, formatValue, type Interval, nextPeriod, type Truth } from '../../core/index.ts';
import type { Saving } from '../../define/index.ts';
import type { Comparison } from '../comparison.ts';
import { conventionOf } from '../convention.ts';
import { bodyInputs, inputGrowth } from '../input-states.ts';
import type { JudgedThing } from '../moved.ts';
import type { CostYears } from '../payments/cost-years.ts';
import { pooledMeasure } from '../pooled.ts';
import type { Study } from '../study.ts';
import type { Effect } from './claim.ts';
import { isHeld } from './effects.ts';

/** An effect of a claim as the workspace measures it; null where it cannot be told, and then the words say why. */
export interface MeasuredEffect {
  readonly effect: Effect | null;
  readonly words: string;
  /** Where the Result stands that shows it, such as "measure/output". */
  readonly from: string;
}

/** Pounds with their range. */
export interface MeasuredPounds {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What the workspace measures over the period of one saving. */
export interface MeasuredSaving {
  readonly output: MeasuredEffect | null;
  readonly outcome: MeasuredEffect | null;
  readonly input: MeasuredEffect | null;
  /** Pounds of the year that are overpaid more than in the year before, and that are paid wrongly either way. */
  readonly payments: { readonly overpaid: MeasuredPounds; readonly wrongly: MeasuredPounds } | null;
}

/** What measured effects are drawn from. */
export interface MeasuredHere {
  readonly study: Study;
  readonly moved: readonly JudgedThing[];
  readonly cost: CostYears | null;
}

/** Whether all that is compared lies before the day on which a saving starts, and all that it is compared with from it on. */
function isFrom(study: Study, { earlier, later }: Comparison, from: string): boolean {
  const [last, first] = [earlier.at(-1), later[0]];
  return (
    last !== undefined && first !== undefined && nextPeriod(study.plan.grain, last) <= from && first >= from
  );
}

const inRange = (growth: number, interval: Interval | null) =>
  `${formatValue(growth, 'growth')}${interval ? ` (95% interval ${formatInterval(interval, 'growth')})` : ''}`;

/** Growth with a range as an effect; without one it is not known, for an effect without bounds is an exact figure. */
const effectOf = (growth: number, interval: Interval | null): Effect | null =>
  interval ? [growth, interval.low, interval.high] : null;

/** The change of output, allowing for quality where that is measured. */
function outputOf({ study }: MeasuredHere): MeasuredEffect | null {
  const { headline } = study;
  if (!headline || study.weighting.mode === 'alike' || conventionOf(study, headline)) return null;
  const isAdjusted = headline.link.coverage > 0;
  const kind = isAdjusted ? 'adjusted' : 'volume';
  const [growth, interval] = [headline.link[kind], headline.intervals[kind]];
  return {
    effect: effectOf(growth, interval),
    words: `output${isAdjusted ? ' allowing for quality' : ''} ${inRange(growth, interval)}${isAdjusted ? `, without quality ${inRange(headline.link.volume, headline.intervals.volume)}` : ''}`,
    from: 'measure/output',
  };
}

/** The change of the volume of inputs, exact as the records are. */
function inputOf({ study }: MeasuredHere): MeasuredEffect | null {
  if (!study.headline) return null;
  const { link } = inputGrowth(study.data, bodyInputs(study.data), study.headline.comparison);
  return link
    ? {
        effect: [link.volume, null, null],
        words: `volume of inputs ${inRange(link.volume, null)}`,
        from: 'measure/inputs',
      }
    : null;
}

interface MeasuredOutcome extends MeasuredEffect {
  readonly held: Truth;
}

/** What an intended outcome's measure did, in a total: how many right decisions, not how many of a hundred. */
function outcomeOf({ study, moved }: MeasuredHere, k: number, saving: Saving): MeasuredOutcome | null {
  const planned = study.plan.measures[k];
  const thing = moved.find((one) => one.moved.kind === 'quality' && one.moved.id === planned?.measure.id);
  const { headline } = study;
  if (!planned || !thing || !headline || thing.is === 'cannot tell yet') return null;
  const { growth, interval } = thing.moved.total;
  const [before, after] = [headline.comparison.earlier, headline.comparison.later].map((starts) =>
    pooledMeasure(study, k, starts, planned.outputs),
  );
  const unit = after?.isShare ? 'share' : 'number';
  const effect = effectOf(growth, interval);
  const isChange = (study.plan.charter.changes ?? []).some(({ on }) => on === saving.from);
  const isCases = planned.measure.from === 'cases' && planned.measure.share !== undefined;
  return {
    effect,
    held: isHeld(effect, saving.claim.margin),
    words: `"${thing.moved.name}" stands at ${formatValue(after?.value ?? null, unit)}, against ${formatValue(before?.value ?? null, unit)}; with the number done ${inRange(growth, interval)}`,
    from: isChange && isCases ? 'measure/after-changes' : 'measure/change',
  };
}

/**
 * One effect for all intended outcomes (product rule): that which falls most, where any falls, since what one gains
 * does not pay for what another loses; else not known while one of them is not measured; else the least shown.
 */
function leastOutcome(here: MeasuredHere, saving: Saving): MeasuredEffect | null {
  const { charter, measures } = here.study.plan;
  const found = charter.outcomes.map(({ title, measure }) => {
    const k = measures.find((planned) => planned.measure.id === measure)?.index;
    return { title, one: k === undefined ? null : outcomeOf(here, k, saving) };
  });
  const known = found.flatMap(({ one }) => (one?.effect ? [{ ...one, effect: one.effect }] : []));
  if (known.length === 0) return null;
  const rank = (held: Truth) => (held === false ? 0 : held === null ? 1 : 2);
  const [least] = known.toSorted((a, b) => rank(a.held) - rank(b.held) || a.effect[0] - b.effect[0]);
  const open = found.filter(({ one }) => !one?.effect);
  if (!least || least.held === false || open.length === 0) return least ?? null;
  return {
    ...least,
    effect: null,
    words: `${least.words}; not measured: ${open.map(({ title }) => `"${title}"`).join(', ')}`,
  };
}

const times = (
  { value, interval }: { readonly value: number; readonly interval: Interval },
  n: number,
  less = 0,
): MeasuredPounds => ({
  value: (value - less) * n,
  low: (interval.low - less) * n,
  high: (interval.high - less) * n,
});

/** What is paid wrongly more than in the year before, where a whole year is compared. */
function paymentsOf({ cost }: MeasuredHere): MeasuredSaving['payments'] {
  if (!cost || cost.comparison.weeks < 52) return null;
  const { change, later } = cost;
  return {
    overpaid: times(change.overpaid, later.cases),
    wrongly: times(change.generated, later.cases, change.handling),
  };
}

/**
 * What is measured over the period of a saving: the compared periods, where all the earlier lie before the day on
 * which it starts and all the later from it on. Null where they do not, or where it names no such day. What is paid
 * wrongly is taken to be one saving's alone only where no other starts in the same period.
 */
export function measuredSaving(
  here: MeasuredHere,
  saving: Saving,
  savings: readonly Saving[],
): MeasuredSaving | null {
  const comparison = here.study.headline?.comparison;
  const isOwn = ({ from }: Saving) =>
    comparison !== undefined && from !== undefined && isFrom(here.study, comparison, from);
  if (!isOwn(saving)) return null;
  return {
    output: outputOf(here),
    outcome: leastOutcome(here, saving),
    input: inputOf(here),
    payments: savings.filter(isOwn).length === 1 ? paymentsOf(here) : null,
  };
}
