import { nextPeriod } from '../../core/index.ts';
import { type Dialect, joinSql, type Sql, sql } from '../../stores/index.ts';
import type { Comparison } from '../comparison.ts';
import { latestPeriods } from '../floors.ts';
import type { MeasurePlan } from '../plan.ts';
import type { Study } from '../study.ts';

/** Days from the first to before the last. */
export interface DayRange {
  readonly from: string;
  readonly before: string;
}

/** Days that a figure looks at together, such as the later year of a comparison. */
export interface Span {
  readonly id: string;
  readonly label: string;
  readonly ranges: readonly DayRange[];
}

/** The days of some periods, neighbouring periods taken together. */
export function rangesOf(grain: MeasurePlan['grain'], starts: readonly string[]): readonly DayRange[] {
  const ranges: DayRange[] = [];
  for (const start of [...new Set(starts)].toSorted()) {
    const last = ranges.at(-1);
    const before = nextPeriod(grain, start);
    if (last?.before === start) ranges[ranges.length - 1] = { from: last.from, before };
    else ranges.push({ from: start, before });
  }
  return ranges;
}

/** The periods that are judged by themselves. */
export function latestSpan(study: Study): readonly [Span] {
  const { starts, label } = latestPeriods(study);
  return [{ id: 'latest', label, ranges: rangesOf(study.plan.grain, starts) }];
}

/** One period, by its first day. */
export function periodSpan({ plan, data }: Study, start: string): Span {
  const label = data.periods.find((period) => period.start === start)?.label ?? start;
  return { id: 'period', label, ranges: rangesOf(plan.grain, [start]) };
}

/** The two sides of a comparison, the later first. */
export function spansOf({ grain }: MeasurePlan, comparison: Comparison): readonly Span[] {
  const { earlier, later, earlierLabel, laterLabel } = comparison;
  return [
    { id: 'later', label: laterLabel, ranges: rangesOf(grain, later) },
    { id: 'earlier', label: earlierLabel, ranges: rangesOf(grain, earlier) },
  ];
}

/** True where a moment on the wall, or a date, lies on one of some days. */
export function inRanges(
  { timestampValue, dateValue }: Dialect,
  kind: 'time' | 'date',
  at: Sql,
  ranges: readonly DayRange[],
): Sql {
  if (ranges.length === 0) return sql`false`;
  const day = (iso: string) => (kind === 'time' ? timestampValue(`${iso}T00:00:00Z`) : dateValue(iso));
  const each = ranges.map(({ from, before }) => sql`(${at} >= ${day(from)} and ${at} < ${day(before)})`);
  return sql`(${joinSql(each, ' or ')})`;
}
