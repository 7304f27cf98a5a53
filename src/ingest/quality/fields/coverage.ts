import { addDays, type Calendar, isWorkingDay, type QueryRecord, type Table } from '../../../core/index.ts';
import { identifier, joinSql, type Row, runStep, sql } from '../../../stores/index.ts';
import type { CheckedData } from '../checked-data.ts';
import type { DataShape } from '../data-shape.ts';
import { column, leastCases } from '../make-result.ts';

/** Events of one day on the wall clock. */
export interface DayCount extends Row {
  readonly day: string;
  readonly rows: number;
}

/** Events by day. */
export async function eventsByDay(data: CheckedData, log: QueryRecord[]): Promise<readonly DayCount[]> {
  return runStep<DayCount>(
    data.warehouse,
    {
      name: 'events_by_day',
      purpose: 'How many events fall on each day.',
      sql: sql`select ${data.warehouse.dialect.toDate(sql`at_wall`)} as day, count(*) as rows from events where at_wall is not null group by 1 order by 1`,
    },
    log,
  );
}

/** Working days between the first and the last event on which nothing at all was recorded. */
export function emptyWorkingDays(days: readonly DayCount[], calendar: Calendar): readonly string[] {
  const seen = new Set(days.map(({ day }) => day));
  const last = days.at(-1)?.day ?? '';
  const empty: string[] = [];
  for (let day = days[0]?.day ?? '9'; day <= last; day = addDays(day, 1))
    if (isWorkingDay(day, calendar) && !seen.has(day)) empty.push(day);
  return empty;
}

interface Span extends Row {
  readonly of: string;
  readonly name: string;
  readonly rows: number;
  readonly cases: number;
  readonly first: string | null;
  readonly last: string | null;
}

/** First and last day of each step, team and system. */
export async function spans(data: CheckedData, shape: DataShape, log: QueryRecord[]): Promise<Table> {
  const parts = (
    [
      ['step', 'step', true],
      ['team', 'team', shape.teams > 0],
      ['system', 'system', shape.systems > 0],
    ] as const
  ).filter(([, , there]) => there);
  const queries = parts.map(
    ([word, name]) =>
      sql`select cast(${word} as varchar) as ${identifier('of')}, ${identifier(name)} as name, count(*) as rows, count(distinct case_id) as cases,
  cast(min(at_wall) as date) as first, cast(max(at_wall) as date) as last from events where ${identifier(name)} is not null group by ${identifier(name)} having count(distinct case_id) >= ${leastCases}`,
  );
  const rows = await runStep<Span>(
    data.warehouse,
    {
      name: 'first_and_last_days',
      purpose: 'From when to when each step, team and system appears.',
      sql: sql`select * from (${joinSql(queries, ' union all ')}) as spans order by ${identifier('of')}, rows desc, name`,
    },
    log,
  );
  return {
    id: 'coverage',
    title: 'From when to when each step, team and system appears',
    columns: [
      column('of', 'What'),
      column('name', 'Name'),
      column('rows', 'Rows', 'count'),
      column('cases', 'Cases', 'count'),
      column('first', 'First day', 'date'),
      column('last', 'Last day', 'date'),
    ],
    rows,
    notes: [`Those with fewer than ${leastCases} cases are left out.`],
  };
}
