import { addDays, type Grain, nextPeriod, periodLabel, periodStart, periodsBetween } from '../core/index.ts';
import type { Period } from './dataset.ts';
import type { MeasurePlan } from './plan.ts';

/** First and last day that the data hold, and the days of tables of aggregates. */
export interface Extent {
  readonly firstCase: string | null;
  readonly lastCase: string | null;
  readonly tableDates: ReadonlySet<string>;
}

function days(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** Rows of aggregates that fall in each period; a period with fewer dates than the fullest is in part. */
function tablePeriods(grain: Grain, dates: ReadonlySet<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const date of dates) {
    const start = periodStart(grain, date);
    counts.set(start, (counts.get(start) ?? 0) + 1);
  }
  return counts;
}

/**
 * The reporting periods in time order. A period is complete when it lies within the charter's `from` and `to`
 * where given; else, for cases, when the data begin or end within a tenth of its length of its edge (product
 * rule); for tables, when it has as many dates as the fullest period. Incomplete ones are shown, not compared.
 */
export function reportingPeriods(plan: MeasurePlan, extent: Extent): readonly Period[] {
  const { grain } = plan;
  const { from, to } = plan.charter.reporting;
  const dates = [...extent.tableDates].sort();
  const first = [extent.firstCase, dates[0] ?? null].filter((day) => day !== null).sort()[0];
  const last = [extent.lastCase, dates.at(-1) ?? null]
    .filter((day) => day !== null)
    .sort()
    .at(-1);
  if (first === undefined || last === undefined) return [];
  const start = from !== undefined && from > first ? from : first;
  const end = to !== undefined && to < last ? to : last;
  if (start > end) return [];
  const tableCounts = tablePeriods(grain, extent.tableDates);
  const fullest = Math.max(0, ...tableCounts.values());
  return periodsBetween(grain, start, end).map((period) => {
    const after = nextPeriod(grain, period);
    const slack = Math.max(1, Math.floor(days(period, after) / 10));
    const declared = (from === undefined || from <= period) && (to === undefined || addDays(after, -1) <= to);
    const startsInTime =
      from !== undefined || extent.firstCase === null || days(period, extent.firstCase) <= slack;
    const endsInTime =
      to !== undefined && extent.lastCase !== null && to <= extent.lastCase
        ? true
        : extent.lastCase === null || days(extent.lastCase, addDays(after, -1)) <= slack;
    const inTable = extent.tableDates.size === 0 || (tableCounts.get(period) ?? 0) === fullest;
    return {
      start: period,
      label: periodLabel(grain, period),
      complete: declared && startsInTime && endsInTime && inTable,
    };
  });
}
