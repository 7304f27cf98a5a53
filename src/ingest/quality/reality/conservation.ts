import {
  leastCases,
  nextPeriod,
  periodsBetween,
  type QueryRecord,
  type Result,
} from '../../../core/index.ts';
import { type Row, runStep, sql } from '../../../stores/index.ts';
import type { Workspace } from '../../workspace.ts';
import type { CheckedData } from '../checked-data.ts';
import type { DataShape } from '../data-shape.ts';
import { column, figure, makeResult } from '../make-result.ts';
import { cannotTell } from './cannot-tell.ts';
import { caseTimes, needsCaseTimes } from './case-times.ts';

const differenceCaution = 0.01;

/** Cases that came in and went out in one month, and what was open at either end. */
interface MonthFlow {
  readonly month: string;
  readonly openAtStart: number;
  readonly opened: number;
  readonly closed: number;
  readonly openAtEnd: number;
  readonly difference: number;
}

interface Flow {
  readonly months: readonly MonthFlow[];
  /** Cases with an end but no beginning, and with an end before their beginning. */
  readonly unbegun: number;
  readonly backwards: number;
}

async function monthlyFlow(data: CheckedData, shape: DataShape, log: QueryRecord[]): Promise<Flow> {
  const { dialect } = data.warehouse;
  const times = caseTimes(data, shape);
  const month = (instant: ReturnType<typeof sql>) => dialect.periodStart('month', instant);
  const rows = await runStep<Row & { month: string; opened: number; closed: number; known: number }>(
    data.warehouse,
    {
      name: 'cases_in_and_out',
      purpose:
        'Cases that began and that ended in each month; "known" ended with a beginning that is not later.',
      sql: sql`select month, sum(opened) as opened, sum(closed) as closed, sum(known) as known from (
  select ${month(sql`began`)} as month, 1 as opened, 0 as closed, 0 as known from (${times}) as b where began is not null
  union all select ${month(sql`ended`)}, 0, 1, case when began is not null and began <= ended then 1 else 0 end from (${times}) as e where ended is not null
) as moves group by month order by month`,
    },
    log,
  );
  const byMonth = new Map(rows.map((row) => [row.month, row]));
  const first = rows[0]?.month;
  const last = rows.at(-1)?.month;
  if (first === undefined || last === undefined) return { months: [], unbegun: 0, backwards: 0 };
  const starts = periodsBetween('month', first, last);
  const counted = await openAt([...starts, nextPeriod('month', last)], data, shape, log);
  const months = starts.map((start, i) => {
    const openAtStart = counted[i] ?? 0;
    const openAtEnd = counted[i + 1] ?? 0;
    const opened = byMonth.get(start)?.opened ?? 0;
    const closed = byMonth.get(start)?.closed ?? 0;
    return {
      month: start,
      openAtStart,
      opened,
      closed,
      openAtEnd,
      difference: openAtStart + opened - closed - openAtEnd,
    };
  });
  const [odd] = await runStep<Row & { unbegun: number | null; backwards: number | null }>(
    data.warehouse,
    {
      name: 'cases_without_a_beginning',
      purpose: 'Cases that ended without a beginning, or before it: they went out without having come in.',
      sql: sql`select sum(case when began is null then 1 else 0 end) as unbegun, sum(case when began > ended then 1 else 0 end) as backwards
from (${times}) as t where ended is not null`,
    },
    log,
  );
  return { months, unbegun: odd?.unbegun ?? 0, backwards: odd?.backwards ?? 0 };
}

/** Open cases at the start of each day given: begun before it and not ended before it. */
async function openAt(
  days: readonly string[],
  data: CheckedData,
  shape: DataShape,
  log: QueryRecord[],
): Promise<readonly number[]> {
  const { dialect } = data.warehouse;
  const list = days
    .map((day) => sql`select ${dialect.dateValue(day)} as day`)
    .reduce((all, one) => sql`${all} union all ${one}`);
  const rows = await runStep<Row & { day: string; open: number }>(
    data.warehouse,
    {
      name: 'open_cases',
      purpose: 'Cases open at the start of each month: begun before, and not ended before.',
      sql: sql`select day, sum(case when began < cast(day as timestamp) and (ended is null or ended >= cast(day as timestamp)) then 1 else 0 end) as open
from (${list}) as days cross join (${caseTimes(data, shape)}) as t group by day order by day`,
    },
    log,
  );
  const found = new Map(rows.map(({ day, open }) => [day, open]));
  return days.map((day) => found.get(day) ?? 0);
}

/** Whether everything that came in went out or is still there, month by month. */
export async function conservationResult(
  workspace: Workspace,
  data: CheckedData,
  shape: DataShape,
): Promise<Result> {
  const question = 'Does everything that came in go out, or remain?';
  const needs = needsCaseTimes(data, shape);
  if (needs !== null) return cannotTell(workspace, 'case-conservation', question, needs);
  const queries: QueryRecord[] = data.caseTimes ? [data.caseTimes.query] : [];
  const { months, unbegun, backwards } = await monthlyFlow(data, shape, queries);
  const closed = months.reduce((sum, month) => sum + month.closed, 0);
  const lost = months.reduce((sum, month) => sum + Math.abs(month.difference), 0);
  const open = months.at(-1)?.openAtEnd ?? 0;
  const opened = months.reduce((sum, month) => sum + month.opened, 0);
  const share = lost / Math.max(1, closed + opened);
  const n = (value: number) => value.toLocaleString('en-GB');
  return makeResult(workspace, {
    id: 'case-conservation',
    question,
    answer:
      lost === 0
        ? `Yes: of ${n(opened)} cases that came in, ${n(closed)} went out and ${n(open)} are still open.`
        : `Not quite: ${n(opened)} came in, ${n(closed)} went out and ${n(open)} are open, which leaves ${n(lost)} cases unexplained over all months.`,
    status: share > differenceCaution ? 'caution' : 'sound',
    figures: [
      figure('opened', 'Cases that came in', opened, 'count'),
      figure('closed', 'Cases that went out', closed, 'count'),
      figure('open', 'Still open at the end', open, 'count'),
      figure('difference', 'Unexplained, all months together', lost, 'count'),
    ],
    tables: [
      {
        id: 'months',
        title: 'Open at the start, in, out, and open at the end of each month',
        columns: [
          column('month', 'Month', 'date'),
          column('openAtStart', 'Open at the start', 'count'),
          column('opened', 'Came in', 'count'),
          column('closed', 'Went out', 'count'),
          column('openAtEnd', 'Open at the end', 'count'),
          column('difference', 'Unexplained', 'number'),
        ],
        rows: months.map((month) => ({ ...month })),
        notes: [
          'Unexplained = open at the start + came in - went out - open at the end, each counted by itself.',
        ],
      },
    ],
    caveats: [
      ...(unbegun >= leastCases
        ? [`${n(unbegun)} cases went out without a date on which they came in.`]
        : []),
      ...(backwards >= leastCases ? [`${n(backwards)} cases went out before they came in.`] : []),
      ...(shape.filledCases.opened === 0
        ? ['Cases are taken to begin with their first event, since no opening date is given.']
        : []),
    ],
    next: lost > 0 ? ['Ask the owner of the source how a case can close without having been opened.'] : [],
    method: 'Open at end = open at start + opened - closed, month by month, each counted by itself',
    queries,
  });
}
