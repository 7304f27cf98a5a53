import {
  addDays,
  type Calendar,
  isWorkingDay,
  leastCases,
  type QueryRecord,
  type Table,
} from '../../../core/index.ts';
import { identifier, joinSql, type Row, runStep, sql } from '../../../stores/index.ts';
import { type CheckedData, hasHappened } from '../checked-data.ts';
import type { DataShape } from '../data-shape.ts';
import { listOf } from '../fragments.ts';
import { column } from '../make-result.ts';

/** Events of one day on the wall clock. */
export interface DayCount extends Row {
  readonly day: string;
  readonly rows: number;
}

/** Events by day; those later than the day on which the last file was brought in are left out. */
export async function eventsByDay(data: CheckedData, log: QueryRecord[]): Promise<readonly DayCount[]> {
  return runStep<DayCount>(
    data.warehouse,
    {
      name: 'events_by_day',
      purpose: 'How many events fall on each day, up to the day on which the last file was brought in.',
      sql: sql`select ${data.warehouse.dialect.toDate(sql`at_wall`)} as day, count(*) as rows from events where at_wall is not null and ${hasHappened(data, sql`${identifier('at')}`)} group by 1 order by 1`,
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
  readonly first: string | null;
  readonly last: string | null;
}

/** With so many rows a name is taken to hold ten cases: counting cases exactly is the dearest question to ask of a large log. */
const surelyEnoughRows = 5000;

/** Names of which fewer than ten cases speak. */
async function smallNames(
  column: 'step' | 'team' | 'system',
  found: readonly Span[],
  data: CheckedData,
  log: QueryRecord[],
): Promise<ReadonlySet<string>> {
  const few = found
    .filter(({ of, rows }) => of === column && rows < surelyEnoughRows)
    .map(({ name }) => name);
  if (few.length === 0) return new Set();
  const rows = await runStep<Row & { name: string }>(
    data.warehouse,
    {
      name: `small_names_of_${column}`,
      purpose: `Values of ${column} with fewer than ${leastCases} cases, which are not shown.`,
      sql: sql`select ${identifier(column)} as name from events where ${identifier(column)} in ${listOf(few)}
group by ${identifier(column)} having count(distinct case_id) < ${leastCases} order by name`,
    },
    log,
  );
  return new Set(rows.map(({ name }) => name));
}

/** First and last day of each step, team and system. */
export async function spans(data: CheckedData, shape: DataShape, log: QueryRecord[]): Promise<Table> {
  const columns = (['step', 'team', 'system'] as const).filter(
    (name) => name === 'step' || shape.filled[name] > 0,
  );
  const queries = columns.map(
    (name) =>
      sql`select cast(${name} as varchar) as ${identifier('of')}, ${identifier(name)} as name, count(*) as rows,
  cast(min(at_wall) as date) as first, cast(max(at_wall) as date) as last from events where ${identifier(name)} is not null group by ${identifier(name)}`,
  );
  const found = await runStep<Span>(
    data.warehouse,
    {
      name: 'first_and_last_days',
      purpose: 'From when to when each step, team and system appears.',
      sql: sql`select * from (${joinSql(queries, ' union all ')}) as spans order by ${identifier('of')}, rows desc, name`,
    },
    log,
  );
  const small = new Map<string, ReadonlySet<string>>();
  for (const column of columns) small.set(column, await smallNames(column, found, data, log));
  return {
    id: 'coverage',
    title: 'From when to when each step, team and system appears',
    columns: [
      column('of', 'What'),
      column('name', 'Name'),
      column('rows', 'Rows', 'count'),
      column('first', 'First day', 'date'),
      column('last', 'Last day', 'date'),
    ],
    rows: found.filter(({ of, name }) => !small.get(of)?.has(name)),
    notes: [`Those with fewer than ${leastCases} cases are left out.`],
  };
}
