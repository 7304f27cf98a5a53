import type { QueryRecord } from '../../core/index.ts';
import {
  identifier,
  joinSql,
  keyword,
  type QueryStep,
  type Row,
  runStep,
  type Sql,
  sql,
  type Warehouse,
} from '../../stores/index.ts';
import { happenedBy } from '../queries/work-steps.ts';

/** The pieces of work as the log gives them, and the same with every start known or estimated. */
export const finishedTable = identifier('wait_finished');
export const instancesTable = identifier('wait_instances');

/** What the log holds for this purpose, in rows of kind `step`. */
export interface InstanceCounts extends Row {
  readonly instances: number;
  readonly cases: number;
  /** Rows without a finish: work still open. */
  readonly unfinished: number;
  /** Finished rows without a start. */
  readonly withoutStart: number;
  readonly withoutWorker: number;
  /** First start or finish and last finish, in microseconds since 1970. */
  readonly first: number | null;
  readonly last: number | null;
}

/** An instant as whole microseconds since 1970, so that sums of stretches are exact. */
function micros(warehouse: Warehouse, at: Sql): Sql {
  const { dialect } = warehouse;
  const epoch = dialect.timestampValue('1970-01-01T00:00:00Z');
  return sql`cast(round(${dialect.secondsBetween(epoch, at)} * 1000000) as bigint)`;
}

function table(warehouse: Warehouse, name: string, purpose: string, body: Sql): QueryStep {
  return { name, purpose, sql: warehouse.dialect.createTemporary('table', identifier(name), body) };
}

/** Numbers for the values of a column: whole numbers are joined and sorted many times faster than text. */
function numbered(warehouse: Warehouse, name: string, column: string): QueryStep {
  const value = identifier(column);
  return table(
    warehouse,
    name,
    `A number for each ${column === 'case_id' ? 'case' : column}.`,
    sql`select ${value}, cast(row_number() over (order by ${value}) as integer) as number
from (select distinct ${value} from events where kind = 'step' and finished is not null and ${value} is not null) as known`,
  );
}

/** The tables of names and numbers, by column. */
export const nameTables = {
  case_id: 'wait_cases',
  step: 'wait_steps',
  worker: 'wait_workers',
  team: 'wait_teams',
} as const;

/**
 * Makes `wait_finished(id, case_no, step_no, worker_no, team_no, started, finished, seq, minutes)`: the finished
 * steps of the work, numbered in order of case, finish and place in the source; times in microseconds since 1970,
 * `started` null where it is not known, numbers 0 where a name is missing. Steps dated later than the data are known are left out.
 */
export async function prepareFinished(
  warehouse: Warehouse,
  log: QueryRecord[],
  knownUntil: string | null = null,
): Promise<InstanceCounts> {
  const steps: QueryStep[] = Object.entries(nameTables).map(([column, name]) =>
    numbered(warehouse, name, column),
  );
  const number = (column: keyof typeof nameTables, own: string) =>
    sql`left join ${identifier(nameTables[column])} as ${keyword(own)} on e.${identifier(column)} = ${keyword(own)}.${identifier(column)}`;
  const joins = [number('case_id', 'c'), number('step', 's'), number('worker', 'w'), number('team', 't')];
  steps.push(
    table(
      warehouse,
      'wait_finished',
      'The finished steps of the work in order of case, finish and place in the source, with numbers for names and times in microseconds.',
      sql`select row_number() over (order by c.number, finished_us, seq) as id, c.number as case_no,
  coalesce(s.number, 0) as step_no, coalesce(w.number, 0) as worker_no, coalesce(t.number, 0) as team_no,
  started_us as started, finished_us as finished, seq, minutes
from (select case_id, step, worker, team, seq, minutes,
    ${micros(warehouse, sql`started`)} as started_us, ${micros(warehouse, sql`finished`)} as finished_us
  from events where kind = 'step' and finished is not null and ${happenedBy(knownUntil)}) as e
${joinSql(joins, '\n')}`,
    ),
  );
  for (const step of steps) {
    log.push(warehouse.explain(step));
    await warehouse.run(step.sql);
  }
  const [counts] = await runStep<InstanceCounts>(
    warehouse,
    {
      name: 'wait_counts',
      purpose: 'How many pieces of work there are, and what they lack.',
      sql: sql`select count(*) as instances, count(distinct case_no) as cases,
  (select count(*) from events where kind = 'step' and finished is null) as unfinished,
  sum(case when started is null then 1 else 0 end) as ${identifier('withoutStart')},
  sum(case when worker_no = 0 then 1 else 0 end) as ${identifier('withoutWorker')},
  min(coalesce(started, finished)) as first, max(finished) as last from ${finishedTable}`,
    },
    log,
  );
  const none = { instances: 0, cases: 0, unfinished: 0, withoutStart: 0, withoutWorker: 0 };
  return counts && counts.instances > 0
    ? counts
    : { ...none, unfinished: counts?.unfinished ?? 0, first: null, last: null };
}

/** Names by number, of steps, teams or workers: as many as there are different ones. */
export async function namesOf(
  warehouse: Warehouse,
  column: keyof typeof nameTables,
): Promise<ReadonlyMap<number, string>> {
  const rows = await warehouse.query<Row & { number: number; name: string }>(
    sql`select number, ${identifier(column)} as name from ${identifier(nameTables[column])}`,
  );
  return new Map(rows.map(({ number, name }) => [number, name]));
}
