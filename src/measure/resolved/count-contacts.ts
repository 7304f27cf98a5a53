import { addDays, nextPeriod, periodsInYear, type QueryRecord } from '../../core/index.ts';
import { identifier, joinSql, type Row, runStep, type Sql, sql } from '../../stores/index.ts';
import { reportingPeriods } from '../periods.ts';
import type { MeasurePlan } from '../plan.ts';
import type { MeasureWorkspace } from '../workspace.ts';
import { issueContacts } from './link-issues.ts';

const table = identifier(issueContacts);
/** True of a contact whose person or case is known, so that the next on its issue can be seen. */
export const isLinked = sql`who is not null`;

/** True where no other contact on the same issue came within so many days and nothing is still to be done. */
export const isResolved = (days: number) =>
  sql`(${isLinked} and still_open = 0 and (until_next is null or until_next > ${days * 86_400}))`;

/** How many rows a condition holds for. */
export const count = (condition: Sql) => sql`sum(case when ${condition} then 1 else 0 end)`;

/** What a team handled in a period. */
export interface TeamPeriod {
  readonly period: string;
  /** Null where the records name none. */
  readonly team: string | null;
  readonly handled: number;
  /** Handled contacts of a person or case that is known, so that repeats can be seen. */
  readonly linked: number;
  /** By window in days: handled contacts after which nothing more came. */
  readonly resolved: ReadonlyMap<number, number>;
  /** Handled contacts with their minutes recorded, and the sum of those. */
  readonly timed: number;
  readonly minutes: number;
}

/** Handled and resolved contacts by period and team, for each window in days. */
export async function countByTeam(
  workspace: MeasureWorkspace,
  windows: readonly number[],
  log: QueryRecord[],
): Promise<readonly TeamPeriod[]> {
  const name = (days: number) => `resolved_${days}`;
  const resolved = windows.map((days) => sql`${count(isResolved(days))} as ${identifier(name(days))}`);
  const rows = await runStep(
    workspace.warehouse,
    {
      name: 'handled-and-resolved',
      purpose:
        'Contacts that a team handled, and those after which no other on the same issue came, by period.',
      sql: sql`select period, team, count(*) as handled, ${count(isLinked)} as linked, count(minutes) as timed,
  coalesce(sum(minutes), 0) as minutes, ${joinSql(resolved, ', ')}
from ${table} where handled = 1 group by period, team order by period, team nulls last`,
    },
    log,
  );
  return rows.map((row) => ({
    period: String(row.period),
    team: row.team === null || row.team === undefined ? null : String(row.team),
    handled: Number(row.handled),
    linked: Number(row.linked),
    resolved: new Map(windows.map((days) => [days, Number(row[name(days)])])),
    timed: Number(row.timed),
    minutes: Number(row.minutes),
  }));
}

/** Sums over persons of products of what two teams did for each: how far contacts of one person hang together. */
export interface TeamMoments {
  readonly team: string;
  readonly other: string;
  readonly handledHandled: number;
  readonly handledResolved: number;
  readonly resolvedResolved: number;
}

/** True of a row whose period lies between the first and the last. */
export const between = (starts: readonly string[], dateValue: (iso: string) => Sql) =>
  sql`period between ${dateValue(starts[0] ?? '')} and ${dateValue(starts.at(-1) ?? '')}`;

/** The products of handled and resolved contacts over persons, for every two teams. */
export async function teamMoments(
  workspace: MeasureWorkspace,
  days: number,
  starts: readonly string[],
  log: QueryRecord[],
): Promise<readonly TeamMoments[]> {
  const { warehouse } = workspace;
  const rows = await runStep(
    warehouse,
    {
      name: 'contacts-of-one-person',
      purpose: 'How far contacts of one person hang together, for the range of each figure.',
      sql: sql`with each_person as (
  select who, coalesce(team, '') as team, cast(count(*) as double) as handled, cast(${count(isResolved(days))} as double) as resolved
  from ${table} where handled = 1 and ${isLinked} and ${between(starts, warehouse.dialect.dateValue)}
  group by who, coalesce(team, ''))
select a.team as team, b.team as other, sum(a.handled * b.handled) as hh, sum(a.handled * b.resolved) as hs, sum(a.resolved * b.resolved) as ss
from each_person as a join each_person as b on a.who = b.who
group by a.team, b.team order by a.team, b.team`,
    },
    log,
  );
  return rows.map((row) => ({
    team: String(row.team),
    other: String(row.other),
    handledHandled: Number(row.hh),
    handledResolved: Number(row.hs),
    resolvedResolved: Number(row.ss),
  }));
}

/** What the records hold beside contacts that people made: everything that came in is somewhere. */
export interface RecordAccount {
  readonly rows: number;
  /** Rows of a contact that stands already, since records are delivered at least once. */
  readonly again: number;
  /** Rows that are parts of a call passed on. */
  readonly parts: number;
  /** Contacts that the service made. */
  readonly outgoing: number;
  readonly contacts: number;
}

/** Accounts for every row of the records of contacts. */
export async function accountForRecords(
  workspace: MeasureWorkspace,
  log: QueryRecord[],
): Promise<RecordAccount> {
  const [row] = await runStep(
    workspace.warehouse,
    {
      name: 'account-for-records',
      purpose:
        'Accounts for every record: delivered again, part of a call, made by the service, or a contact.',
      sql: sql`select (select count(*) from contacts where ${identifier('at')} is not null) as records, (select count(*) from contact_records) as once,
  (select count(*) from contacts_joined) as joined, (select count(*) from ${table}) as contacts`,
    },
    log,
  );
  const [rows, once, joined, contacts] = ['records', 'once', 'joined', 'contacts'].map((key) =>
    Number(row?.[key] ?? 0),
  ) as [number, number, number, number];
  return { rows, again: rows - once, parts: once - joined, outgoing: joined - contacts, contacts };
}

/**
 * The last year of whole periods whose contacts have all been watched for so many days: later ones may still come
 * back, and are left out.
 */
export async function watchedPeriods(
  workspace: MeasureWorkspace,
  plan: MeasurePlan,
  days: number,
): Promise<readonly string[]> {
  const { warehouse } = workspace;
  const day = (value: Sql) => warehouse.dialect.toDate(value);
  const [row] = await warehouse.query<Row & { first: string | null; last: string | null }>(
    sql`select ${day(sql`min(at_wall)`)} as first, ${day(sql`max(at_wall)`)} as last from contacts`,
  );
  if (!row?.first || !row.last) return [];
  const last = row.last;
  return reportingPeriods(plan, { firstCase: row.first, lastCase: last, tableDates: new Set() })
    .filter(({ start, complete }) => complete && addDays(nextPeriod(plan.grain, start), days - 1) <= last)
    .map(({ start }) => start)
    .slice(-periodsInYear(plan.grain));
}
