import type { QueryRecord } from '../../core/index.ts';
import { identifier, joinSql, type Row, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import { make } from './make-table.ts';
import { happenedBy, storedSteps, timedEvents } from './work-steps.ts';

/** How large a log may be for all its cases to be searched, and how much of a larger one is. In steps. */
export interface SearchBounds {
  readonly above: number;
  readonly most: number;
}

/** Up to five million steps every case is searched; of more, cases of about one and a quarter million steps. */
export const usualBounds: SearchBounds = { above: 5_000_000, most: 1_250_000 };

/** Columns of events in which no search looks for anything: a large log is copied without them. */
const unread = new Set(['source', 'next_at', 'enabled', 'started_wall', 'finished_wall']);

/** The cases that are searched for signs: all, or one in so many by a hash of their ids. */
export interface CaseSample {
  /** 1 where all cases are searched. */
  readonly oneIn: number;
  /** Steps of all cases. */
  readonly steps: number;
  /** Cases with steps of the work that are searched, and that there are. */
  readonly cases: number;
  readonly of: number;
}

/** Of a log that is not sampled. */
export const everyCase: CaseSample = { oneIn: 1, steps: 0, cases: 0, of: 0 };

/** The factor from counts in the sample to all cases; 1 where all were searched. */
export function scaleOf({ oneIn, cases, of }: CaseSample): number {
  return oneIn === 1 || cases === 0 ? 1 : of / cases;
}

/** The cases of a query that are in the sample, as a query of `case_id`. */
export function inSample({ oneIn }: CaseSample, cases: Sql): Sql {
  return oneIn === 1
    ? cases
    : sql`select case_id from (${cases}) as any_case where case_id in (select case_id from sampled_cases)`;
}

/** Says in words which cases were searched; null where all were. */
export function sampleWords({ oneIn }: CaseSample): string | null {
  return oneIn === 1 ? null : `one case in ${oneIn}, drawn by a hash of its id`;
}

/**
 * Chooses the cases that are searched. Of a log of more steps than `above` it makes `sampled_cases`: whole cases, by a
 * hash of their ids, so that the same log gives the same sample and a case is in it or not whatever the others are;
 * and `sampled_events`, what is recorded of them.
 */
export async function sampleCases(
  warehouse: Warehouse,
  { above, most }: SearchBounds,
  log: QueryRecord[],
): Promise<CaseSample> {
  const [size] = await warehouse.query<Row & { steps: number; cases: number }>(
    sql`select count(*) as steps, count(case when position = 1 then 1 end) as cases from work_steps`,
  );
  const { steps, cases } = size ?? { steps: 0, cases: 0 };
  if (steps <= above) return { oneIn: 1, steps, cases, of: cases };
  const oneIn = Math.ceil(steps / most);
  await make(
    warehouse,
    'sampled_cases',
    `One case in ${oneIn}, by a hash of its id: of a log of over ${above} steps they alone are searched for signs.`,
    sql`select case_id from work_ways where ${warehouse.dialect.bucket(sql`case_id`, oneIn)} = 0`,
    log,
  );
  const columns = (await warehouse.columns('events')).filter(({ name }) => !unread.has(name));
  await make(
    warehouse,
    'sampled_events',
    'The events of those cases.',
    sql`select ${joinSql(
      columns.map(({ name }) => sql`${identifier(name)}`),
      ', ',
    )} from events where case_id in (select case_id from sampled_cases)`,
    log,
  );
  const [taken] = await warehouse.query<Row & { n: number }>(sql`select count(*) as n from sampled_cases`);
  return { oneIn, steps, cases: taken?.n ?? 0, of: cases };
}

async function isView(warehouse: Warehouse, name: string): Promise<boolean> {
  const rows = await warehouse.query(
    sql`select table_name from information_schema.tables where table_name = ${name} and table_type = 'VIEW'`,
  );
  return rows.length > 0;
}

/**
 * Narrows `work_steps`, `timed_events`, `work_waits` and `case_facts` to the sampled cases, so that every query over them
 * from here on is of the sample. What is counted over all cases must have been counted before.
 */
export async function narrowToSample(
  warehouse: Warehouse,
  { oneIn }: CaseSample,
  knownUntil: string | null = null,
): Promise<void> {
  if (oneIn === 1) return;
  const { dialect } = warehouse;
  const events = identifier('sampled_events');
  // Views over the events are made anew over those of the sample; a view over one of them follows it.
  const views = {
    work_steps: storedSteps(events),
    timed_events: sql`${timedEvents(events)} and ${happenedBy(knownUntil)}`,
  };
  for (const [name, body] of Object.entries(views))
    if (await isView(warehouse, name))
      await warehouse.run(dialect.createTemporary('view', identifier(name), body));
  for (const name of ['work_steps', 'work_waits', 'case_facts']) {
    if (await isView(warehouse, name)) continue;
    const rows = sql`select * from ${identifier(name)} where case_id in (select case_id from sampled_cases)`;
    await warehouse.run(dialect.createTemporary('table', identifier(name), rows));
  }
}
