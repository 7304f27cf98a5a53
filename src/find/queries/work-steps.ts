import type { QueryRecord } from '../../core/index.ts';
import {
  identifier,
  type QueryStep,
  type Row,
  runStep,
  type Sql,
  sql,
  type Warehouse,
} from '../../stores/index.ts';

/** The name of the view or table that `prepareWorkSteps` makes. */
const workSteps = 'work_steps';

const at = identifier('at');

/**
 * Makes `work_steps`: the rows of `events` that are steps of the work (kind `step`) and have a time, each with
 * the step before and after it among those. Where a log holds nothing else, the stored neighbours serve.
 */
export async function prepareWorkSteps(warehouse: Warehouse, log: QueryRecord[]): Promise<void> {
  const [mixed] = await warehouse.query<Row & { n: number }>(
    sql`select count(*) as n from events where kind <> 'step'`,
  );
  const { dialect } = warehouse;
  const recomputed: Sql = sql`select case_id, seq, step, ${at}, at_wall, team, ${identifier('system')}, channel, minutes,
  row_number() over in_order as position,
  lag(step) over in_order as prev_step, lag(team) over in_order as prev_team, lag(${at}) over in_order as prev_at,
  lead(step) over in_order as next_step, ${dialect.secondsBetween(sql`${at}`, sql`lead(${at}) over in_order`)} as next_wait
from events where kind = 'step' and ${at} is not null
window in_order as (partition by case_id order by ${at}, seq)`;
  const stored: Sql = sql`select case_id, seq, step, ${at}, at_wall, team, ${identifier('system')}, channel, minutes,
  position, prev_step, prev_at, next_step, next_wait
from events where ${at} is not null`;
  const same = (mixed?.n ?? 0) === 0;
  const step: QueryStep = {
    name: workSteps,
    purpose: same
      ? 'Every event with a time; all are steps of the work, so the stored neighbours serve.'
      : 'Events that are steps of the work (no contacts, no changes of status), with their neighbours among those.',
    sql: dialect.createTemporary(same ? 'view' : 'table', identifier(workSteps), same ? stored : recomputed),
  };
  log.push(warehouse.explain(step));
  await warehouse.run(step.sql);
}

/** Runs a query over `work_steps` and notes it. */
export function runOverSteps<R extends Row>(
  warehouse: Warehouse,
  name: string,
  purpose: string,
  query: Sql,
  log: QueryRecord[],
): Promise<readonly R[]> {
  return runStep<R>(warehouse, { name, purpose, sql: query }, log);
}
