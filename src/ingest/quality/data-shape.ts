import type { QueryRecord } from '../../core/index.ts';
import { type CanonicalTable, type ColumnSpec, identifier, runStep, sql } from '../../stores/index.ts';
import { type CheckedData, hasHappened } from './checked-data.ts';
import { secondOfDay } from './fragments.ts';

/** A step is a usual start when at least this share of cases begins with it. */
const usualStartShare = 0.5;
/** Days from the extract's first date in which a case may have begun before the extract did. */
export const truncationDays = 30;
const dayPrecisionShare = 0.99;
const dayPrecisionRows = 20;

/** What the rows of one step look like. Times are ISO instants. */
export interface StepShape {
  readonly step: string;
  readonly rows: number;
  readonly started: number;
  readonly finished: number;
  /** Rows whose clock on the wall stands at midnight exactly. */
  readonly midnight: number;
  readonly first: string | null;
  readonly last: string | null;
}

/** Cases by the step they begin with, in the first days of the extract and later. */
export interface StartShape {
  readonly step: string;
  readonly early: number;
  readonly later: number;
}

/** What the tables hold, so that each check knows whether it can be made. */
export interface DataShape {
  readonly events: number;
  readonly cases: number;
  readonly casesWithEvents: number;
  /** Rows with a value, by column. */
  readonly filled: Readonly<
    Record<'at' | 'started' | 'finished' | 'logged' | 'worker' | 'team' | 'system' | 'minutes', number>
  >;
  readonly filledCases: Readonly<Record<'opened' | 'closed' | 'outcome' | 'type', number>>;
  readonly contacts: number;
  readonly contactsWithId: number;
  readonly systems: number;
  readonly teams: number;
  /** First and last instant of any event that can have happened by the day its file was brought in; null without events that carry a time. */
  readonly first: string | null;
  readonly last: string | null;
  readonly steps: readonly StepShape[];
  readonly starts: readonly StartShape[];
  readonly usualStarts: readonly string[];
  /** Steps whose times are dates: left out of anything about the time of day. */
  readonly dayPrecision: readonly string[];
  readonly columns: Readonly<Partial<Record<CanonicalTable, readonly ColumnSpec[]>>>;
}

async function eventTotals(data: CheckedData, log: QueryRecord[]) {
  const at = identifier('at');
  const [row] = await runStep<Record<string, number | string | null>>(
    data.warehouse,
    {
      name: 'events_filled',
      purpose: 'How many rows there are, how many carry each field, and from when to when.',
      sql: sql`select count(*) as events, count(${at}) as timed, count(started) as started, count(finished) as finished,
  count(logged) as logged, count(worker) as worker, count(team) as team, count(${identifier('system')}) as system, count(minutes) as minutes,
  count(distinct ${identifier('system')}) as systems, count(distinct team) as teams, min(${at}) as first,
  max(case when ${hasHappened(data, sql`${at}`)} then ${at} end) as last from events`,
    },
    log,
  );
  return row ?? {};
}

async function stepShapes(data: CheckedData, log: QueryRecord[]): Promise<readonly StepShape[]> {
  const at = identifier('at');
  const midnight = secondOfDay(data.warehouse.dialect, sql`at_wall`);
  return runStep(
    data.warehouse,
    {
      name: 'events_by_step',
      purpose: 'For each step: its rows, its times, and how many stand at midnight exactly.',
      sql: sql`select step, count(*) as rows, count(started) as started, count(finished) as finished,
  sum(case when ${midnight} = 0 then 1 else 0 end) as midnight, min(${at}) as first,
  max(case when ${hasHappened(data, sql`${at}`)} then ${at} end) as last from events group by step order by count(*) desc, step`,
    },
    log,
  ) as unknown as Promise<readonly StepShape[]>;
}

async function caseTotals(data: CheckedData, log: QueryRecord[]) {
  const [row] = await runStep<Record<string, number>>(
    data.warehouse,
    {
      name: 'cases_filled',
      purpose: 'How many cases there are and how many carry each field.',
      sql: sql`select count(*) as cases, sum(case when events > 0 then 1 else 0 end) as with_events, count(opened) as opened,
  count(closed) as closed, count(outcome) as outcome, count(type) as type from cases`,
    },
    log,
  );
  return row;
}

async function contactTotals(data: CheckedData, log: QueryRecord[]) {
  if (!data.tables.has('contacts')) return { contacts: 0, with_id: 0 };
  const [row] = await runStep<{ contacts: number; with_id: number }>(
    data.warehouse,
    {
      name: 'contacts_filled',
      purpose: 'How many contacts there are, and how many carry an id.',
      sql: sql`select count(*) as contacts, count(contact_id) as with_id from contacts`,
    },
    log,
  );
  return row ?? { contacts: 0, with_id: 0 };
}

async function startShapes(
  data: CheckedData,
  first: string | null,
  log: QueryRecord[],
): Promise<readonly StartShape[]> {
  if (first === null) return [];
  const until = new Date(Date.parse(first) + truncationDays * 86_400_000).toISOString();
  return runStep(
    data.warehouse,
    {
      name: 'cases_by_first_step',
      purpose: `Cases by the step they begin with, in the first ${truncationDays} days of the extract and later.`,
      sql: sql`select first_step as step, sum(case when first_at < ${data.warehouse.dialect.timestampValue(until)} then 1 else 0 end) as early,
  sum(case when first_at < ${data.warehouse.dialect.timestampValue(until)} then 0 else 1 end) as later
from cases where first_step is not null group by first_step order by count(*) desc, first_step`,
    },
    log,
  ) as unknown as Promise<readonly StartShape[]>;
}

/** Steps that the charter says begin a case. */
function declaredStarts(data: CheckedData): readonly string[] {
  const clocks = (data.charter?.clocks ?? []).flatMap(({ start }) => ('step' in start ? start.step : []));
  return [...clocks, ...(data.charter?.steps?.submission ?? [])];
}

function usualStarts(data: CheckedData, starts: readonly StartShape[]): readonly string[] {
  const total = starts.reduce((sum, { early, later }) => sum + early + later, 0);
  const usual = starts.filter(({ early, later }) => early + later >= usualStartShare * total);
  return [...new Set([...usual.map(({ step }) => step), ...declaredStarts(data)])];
}

/** Looks over the tables once, so that detectors need not each do so. */
export async function shapeOf(data: CheckedData, log: QueryRecord[]): Promise<DataShape> {
  const totals = await eventTotals(data, log);
  const count = (key: string) => Number(totals[key] ?? 0);
  const instant = (key: string) => (typeof totals[key] === 'string' ? totals[key] : null);
  const steps = await stepShapes(data, log);
  const cases = await caseTotals(data, log);
  const contacts = await contactTotals(data, log);
  const starts = await startShapes(data, instant('first'), log);
  const columns: Partial<Record<CanonicalTable, readonly ColumnSpec[]>> = {};
  for (const table of data.tables) columns[table] = await data.warehouse.columns(table);
  return {
    events: count('events'),
    cases: cases?.cases ?? 0,
    casesWithEvents: cases?.with_events ?? 0,
    filled: {
      at: count('timed'),
      started: count('started'),
      finished: count('finished'),
      logged: count('logged'),
      worker: count('worker'),
      team: count('team'),
      system: count('system'),
      minutes: count('minutes'),
    },
    filledCases: {
      opened: cases?.opened ?? 0,
      closed: cases?.closed ?? 0,
      outcome: cases?.outcome ?? 0,
      type: cases?.type ?? 0,
    },
    contacts: contacts.contacts,
    contactsWithId: contacts.with_id,
    systems: count('systems'),
    teams: count('teams'),
    first: instant('first'),
    last: instant('last'),
    steps,
    starts,
    usualStarts: usualStarts(data, starts),
    dayPrecision: steps
      .filter(({ rows, midnight }) => rows >= dayPrecisionRows && midnight >= dayPrecisionShare * rows)
      .map(({ step }) => step),
    columns,
  };
}
