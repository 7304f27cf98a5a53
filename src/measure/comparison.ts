import { addDays, nextPeriod, periodLabel, periodStart, periodsInYear } from '../core/index.ts';
import type { Dataset } from './dataset.ts';
import { segmentStart } from './linked-series/series-factors.ts';
import type { MeasurePlan } from './plan.ts';

/** Two sets of complete periods that are compared. */
export interface Comparison {
  /** `year`: whole years; `same-periods`: the same periods of two years; `previous`: one period on the one before. */
  readonly kind: 'year' | 'same-periods' | 'previous';
  readonly earlier: readonly string[];
  readonly later: readonly string[];
  readonly earlierLabel: string;
  readonly laterLabel: string;
  /** Weeks in the later set, to the nearest. */
  readonly weeks: number;
}

function spanLabel(plan: MeasurePlan, starts: readonly string[]): string {
  const first = starts[0] ?? '';
  const last = starts.at(-1) ?? '';
  if (starts.length === 1) return periodLabel(plan.grain, first);
  return `${periodLabel(plan.grain, first)} to ${periodLabel(plan.grain, last)}`;
}

function weeksIn(plan: MeasurePlan, starts: readonly string[]): number {
  const days = starts.reduce(
    (sum, start) => sum + (Date.parse(nextPeriod(plan.grain, start)) - Date.parse(start)) / 86_400_000,
    0,
  );
  return Math.round(days / 7);
}

/** "in 2018 to 2019 compared with 2017 to 2018". */
export function whenCompared(comparison: Comparison): string {
  return `in ${comparison.laterLabel} compared with ${comparison.earlierLabel}`;
}

/** Weeks that can be compared with the same weeks a year before: none where one period follows another. */
export function weeksCompared(comparison: Comparison): number {
  return comparison.kind === 'previous' ? 0 : comparison.weeks;
}

/** The period a year before: the same dates, or 52 weeks earlier. */
function yearBefore(plan: MeasurePlan, start: string): string {
  if (plan.grain === 'day' || plan.grain === 'week') return addDays(start, -364);
  return nextPeriod(plan.grain, start, -periodsInYear(plan.grain));
}

/** The whole years of complete periods, in time order. */
function wholeYears(plan: MeasurePlan, complete: readonly string[]): readonly (readonly string[])[] {
  const years = new Map<string, string[]>();
  for (const start of complete) {
    const year = periodStart(plan.year, start);
    years.set(year, [...(years.get(year) ?? []), start]);
  }
  return [...years.values()].filter((starts) => starts.length >= periodsInYear(plan.grain));
}

function yearLabel(plan: MeasurePlan, starts: readonly string[]): string {
  return periodLabel(plan.year, periodStart(plan.year, starts[0] ?? ''));
}

function comparison(
  plan: MeasurePlan,
  kind: Comparison['kind'],
  earlier: readonly string[],
  later: readonly string[],
): Comparison {
  const label = (starts: readonly string[]) =>
    kind === 'year' ? yearLabel(plan, starts) : spanLabel(plan, starts);
  return {
    kind,
    earlier,
    later,
    earlierLabel: label(earlier),
    laterLabel: label(later),
    weeks: weeksIn(plan, later),
  };
}

/** Each whole year on the whole year just before it, and the last on the first where they are further apart. */
export function yearComparisons(plan: MeasurePlan, complete: readonly string[]): readonly Comparison[] {
  const years = wholeYears(plan, complete);
  const first = years[0];
  const last = years.at(-1);
  const steps = years.slice(1).flatMap((later, i) => {
    const earlier = years[i] ?? [];
    const before = periodStart(plan.year, earlier[0] ?? '');
    return nextPeriod(plan.year, before) === periodStart(plan.year, later[0] ?? '')
      ? [comparison(plan, 'year', earlier, later)]
      : [];
  });
  if (years.length > 2 && first && last) return [...steps, comparison(plan, 'year', first, last)];
  return steps;
}

/** The latest complete period on the one before it. */
function latestStep(plan: MeasurePlan, complete: readonly string[]): Comparison | null {
  const last = complete.at(-1);
  const before = complete.at(-2);
  if (last === undefined || before === undefined || nextPeriod(plan.grain, before) !== last) return null;
  return comparison(plan, 'previous', [before], [last]);
}

/** The latest complete period on the same period a year before. */
export function latestOnYear(plan: MeasurePlan, complete: readonly string[]): Comparison | null {
  const last = complete.at(-1);
  if (last === undefined) return null;
  const before = yearBefore(plan, last);
  return complete.includes(before) ? comparison(plan, 'same-periods', [before], [last]) : null;
}

/** The whole periods that can be compared with each other: those since the latest break that nothing joins. */
export function comparablePeriods({ plan, periods }: Dataset): readonly string[] {
  const from = segmentStart(plan);
  return periods
    .filter(({ complete, start }) => complete && (from === null || start >= from))
    .map(({ start }) => start);
}

/**
 * The comparison that answers "than a year ago": the last two whole years; else the latest periods (a year's
 * worth at most) that have the same period a year before; else the last period on the one before.
 */
export function headlineComparison(data: Dataset): Comparison | null {
  const { plan } = data;
  const complete = comparablePeriods(data);
  const years = wholeYears(plan, complete);
  const [earlier, later] = [years.at(-2), years.at(-1)];
  const first = (starts: readonly string[] | undefined) =>
    periodStart(plan.year, starts?.[0] ?? '1970-01-01');
  if (earlier && later && nextPeriod(plan.year, first(earlier)) === first(later))
    return comparison(plan, 'year', earlier, later);
  const paired = complete
    .filter((start) => complete.includes(yearBefore(plan, start)))
    .slice(-periodsInYear(plan.grain));
  if (paired.length > 0)
    return comparison(
      plan,
      'same-periods',
      paired.map((start) => yearBefore(plan, start)),
      paired,
    );
  return latestStep(plan, complete);
}
