import { addDays, nextPeriod, periodLabel, periodStart, periodsInYear } from '../../core/index.ts';
import { linkBetween } from '../link.ts';
import type { MeasurePlan } from '../plan.ts';
import type { ItemState } from '../snapshot.ts';

/** Output or inputs of a year that ends with a period; the first such year is 100. */
export interface YearPoint {
  /** First day of the year's last period. */
  readonly start: string;
  /** "Year to March 2026". */
  readonly label: string;
  readonly volume: number | null;
  readonly adjusted: number | null;
}

/** The last month of a month or quarter, such as "March 2026"; a week or day by its own name. */
function endOf({ grain }: MeasurePlan, start: string): string {
  if (grain === 'day' || grain === 'week') return periodLabel(grain, start);
  return periodLabel('month', periodStart('month', addDays(nextPeriod(grain, start), -1)));
}

/**
 * A year of whole periods up to each period, every season in it once. The first year is 100; a year is linked to the one
 * that ends a year before it, and where there is none to the first, by one Laspeyres link: the year that ends with a
 * whole year stands where the comparison of whole years puts it.
 */
export function yearSeries(
  plan: MeasurePlan,
  starts: readonly string[],
  stateOver: (starts: readonly string[]) => readonly ItemState[],
): readonly YearPoint[] {
  const per = periodsInYear(plan.grain);
  const years = starts.flatMap((_, i) => {
    const own = starts.slice(i - per + 1, i + 1);
    const [first, last] = [own[0], own.at(-1)];
    if (i < per - 1 || first === undefined || last === undefined) return [];
    return nextPeriod(plan.grain, first, per - 1) === last ? [{ last, state: stateOver(own) }] : [];
  });
  const points = new Map<string, YearPoint>();
  const [base] = years;
  for (const { last, state } of years) {
    const before = nextPeriod(plan.grain, last, -per);
    const from = years.find((year) => year.last === before) ?? base;
    const level = points.get(from?.last ?? '') ?? { volume: 100, adjusted: 100 };
    const link = from ? linkBetween(from.state, state) : null;
    const on = (index: number | null, growth: number | undefined) =>
      index === null || growth === undefined ? null : index * (1 + growth);
    points.set(last, {
      start: last,
      label: `Year to ${endOf(plan, last)}`,
      volume: on(level.volume, link?.volume),
      adjusted: on(level.adjusted, link?.adjusted),
    });
  }
  return [...points.values()];
}
