import type { QueryRecord } from '../../core/index.ts';
import { identifier, type Row, runStep, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import { caseParts, tableInParts } from './case-parts.ts';
import type { Edge } from './edges.ts';
import { spreadsByGroup } from './spreads.ts';
import { happenedBy } from './work-steps.ts';

const workWaits = identifier('work_waits');
const at = identifier('at');

/** A connection with its waits, in seconds; `timed` of its times have both the finish and the next start recorded. */
export interface WaitEdge extends Edge {
  readonly timed: number;
}

/** The waits of a log by connection, and the seconds that pass between all its steps, work and waiting together. */
export interface Waits {
  readonly edges: readonly WaitEdge[];
  readonly elapsed: number;
}

/** True of a step whose finish and whose next step's start are both recorded. */
const isTimed = sql`finished is not null and next_started is not null`;

/**
 * Seconds that a case waits after a step, as every page counts them: from its finish to the start of the next, none
 * below 0; where either is not recorded, `elapsed`, the time that passes.
 */
export function waitSeconds({ dialect }: Warehouse, elapsed: Sql): Sql {
  return sql`case when ${isTimed} then greatest(0, ${dialect.secondsBetween(sql`finished`, sql`next_started`)}) else ${elapsed} end`;
}

/** Makes `work_waits`; false where no event has both its start and its finish, so that elapsed time serves. */
async function prepareWorkWaits(
  warehouse: Warehouse,
  log: QueryRecord[],
  knownUntil: string | null,
): Promise<boolean> {
  const { dialect } = warehouse;
  const columns = new Set((await warehouse.columns('events')).map(({ name }) => name));
  const [both] =
    columns.has('started') && columns.has('finished')
      ? await warehouse.query<Row & { n: number }>(
          sql`select count(*) as n from events where kind = 'step' and ${at} is not null and started is not null and finished is not null`,
        )
      : [];
  if ((both?.n ?? 0) === 0) {
    const elapsed = sql`select case_id, step, next_step, next_wait, 0 as timed from work_steps`;
    await warehouse.run(dialect.createTemporary('view', workWaits, elapsed));
    return false;
  }
  await tableInParts(
    warehouse,
    await caseParts(warehouse),
    {
      name: workWaits.name,
      purpose:
        'Waits from the finish of each step to the start of the next, none below 0; where either is not recorded, the time that passes.',
      rowsOf: (part) => sql`select case_id, step, next_step,
  ${waitSeconds(warehouse, sql`elapsed`)} as next_wait,
  case when ${isTimed} then 1 else 0 end as timed
from (select case_id, step, finished, lead(step) over in_order as next_step, lead(started) over in_order as next_started,
  ${dialect.secondsBetween(sql`${at}`, sql`lead(${at}) over in_order`)} as elapsed
  from events where kind = 'step' and ${at} is not null and ${happenedBy(knownUntil)} and ${part}
  window in_order as (partition by case_id order by ${at}, seq)) as neighbours where next_step is not null`,
    },
    log,
  );
  return true;
}

/**
 * The waits between steps of the work, of the connections given: from the finish of one to the start of the next
 * where both are recorded, so that work stands apart, and else all the time that passes. Leaves `work_waits`
 * (`case_id`, `step`, `next_step`, `next_wait` in seconds, `timed`) for what else is asked of waits.
 */
export async function waitsBetween(
  warehouse: Warehouse,
  edges: readonly Edge[],
  log: QueryRecord[],
  knownUntil: string | null = null,
): Promise<Waits> {
  const elapsed = edges.reduce((sum, { total }) => sum + total, 0);
  if (!(await prepareWorkWaits(warehouse, log, knownUntil)))
    return { edges: edges.map((edge) => ({ ...edge, timed: 0 })), elapsed };
  const from = identifier('from');
  const to = identifier('to');
  const spreads = await spreadsByGroup<{ from: string; to: string; median: number; p90: number }>(
    warehouse,
    {
      name: 'waits_between',
      purpose: 'How long cases wait from the finish of each step to the start of the next.',
      rows: sql`select step as ${from}, next_step as ${to}, next_wait as value from work_waits where next_step is not null`,
      keys: ['from', 'to'],
      quantiles: { median: 0.5, p90: 0.9 },
      size: edges.reduce((sum, { count }) => sum + count, 0),
    },
    log,
  );
  const timed = await runStep<Row & { from: string; to: string; timed: number }>(
    warehouse,
    {
      name: 'timed_waits',
      purpose: 'Of how many waits the finish before and the start after are both recorded.',
      sql: sql`select step as ${from}, next_step as ${to}, sum(timed) as timed from work_waits group by step, next_step`,
    },
    log,
  );
  const key = (row: { from: string; to: string }) => JSON.stringify([row.from, row.to]);
  const cases = new Map(edges.map((edge) => [key(edge), edge.cases]));
  const timedOf = new Map(timed.map((row) => [key(row), row.timed]));
  return {
    edges: spreads.map((spread) => ({
      ...spread,
      cases: cases.get(key(spread)) ?? 0,
      timed: timedOf.get(key(spread)) ?? 0,
    })),
    elapsed,
  };
}
