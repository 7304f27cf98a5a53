import type { QueryRecord } from '../../core/index.ts';
import { identifier, joinSql, type Row, runStep, sql, type Warehouse } from '../../stores/index.ts';

/** The one or two weekdays on which nearly all of a step is done, as a run on fixed days would do it. */
export interface FixedDays {
  readonly days: readonly string[];
  /** Share of the times that the step was done which fall on these weekdays. */
  readonly share: number;
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const mostDays = 2;
const leastShare = 0.95;
const leastTimes = 100;
const leastDates = 8;
const leastTimesADate = 5;

/**
 * Which of these steps look like a run on fixed days: at least 95% of their times, a hundred or more, on at most two
 * weekdays; eight dates or more, of five times each on average (product rules).
 */
export async function stepsOnFixedDays(
  warehouse: Warehouse,
  steps: readonly string[],
  log: QueryRecord[],
): Promise<ReadonlyMap<string, FixedDays>> {
  if (steps.length === 0) return new Map();
  const { dialect } = warehouse;
  const date = dialect.toDate(sql`coalesce(at_wall, ${identifier('at')})`);
  const listed = joinSql(
    steps.map((step) => sql`${step}`),
    ', ',
  );
  const rows = await runStep<Row & { step: string; weekday: number; times: number; dates: number }>(
    warehouse,
    {
      name: 'weekdays_of_steps',
      purpose: 'On which weekdays the steps are done that the longest waits end with.',
      sql: sql`select step, mod(mod(${dialect.daysBetween(sql`cast('1970-01-05' as date)`, sql`day`)}, 7) + 7, 7) as weekday,
  sum(times) as times, count(*) as dates
from (select step, ${date} as day, count(*) as times from work_steps where step in (${listed}) group by step, ${date}) as dated
group by step, mod(mod(${dialect.daysBetween(sql`cast('1970-01-05' as date)`, sql`day`)}, 7) + 7, 7)`,
    },
    log,
  );
  const found = new Map<string, FixedDays>();
  for (const step of steps) {
    const own = rows.filter((row) => row.step === step).toSorted((a, b) => b.times - a.times);
    const whole = own.reduce((sum, { times }) => sum + times, 0);
    const enough = (kept: typeof own) =>
      kept.reduce((sum, { times }) => sum + times, 0) >= leastShare * whole;
    const needed = [1, mostDays].find((count) => enough(own.slice(0, count)));
    if (needed === undefined || whole < leastTimes) continue;
    const kept = own.slice(0, needed);
    const times = kept.reduce((sum, row) => sum + row.times, 0);
    const dates = kept.reduce((sum, row) => sum + row.dates, 0);
    if (dates < leastDates || times < leastTimesADate * dates) continue;
    const days = kept.toSorted((a, b) => a.weekday - b.weekday).map(({ weekday }) => weekdays[weekday] ?? '');
    found.set(step, { days, share: times / whole });
  }
  return found;
}
