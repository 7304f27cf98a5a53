import type { QueryRecord } from '../../core/index.ts';
import {
  type Identifier,
  identifier,
  keyword,
  type QueryStep,
  type Row,
  type Sql,
  sql,
  type Warehouse,
} from '../../stores/index.ts';
import { type CaseParts, caseParts, tableInParts } from './case-parts.ts';
import { workWays } from './ways.ts';

/** The name of the view or table that `prepareWorkSteps` makes. */
const workSteps = 'work_steps';

const at = identifier('at');

/** How the steps of the work are made. */
export interface WorkBounds {
  /** The parts that a large log is gone through in. */
  readonly parts?: CaseParts;
  /** The instant, ISO, from which nothing in the data can have happened yet; null where that is not known. */
  readonly knownUntil?: string | null;
}

/** True of an event that can have happened: text rather than a bound value, which a view cannot hold. */
export function happenedBy(knownUntil: string | null): Sql {
  if (knownUntil === null) return sql`true`;
  const instant = new Date(knownUntil).toISOString().slice(0, 19).replace('T', ' ');
  return sql`(${at} < ${keyword(`timestamp '${instant}'`)})`;
}

/** Steps of the work by order in their case, worked out anew: what else is in the log stands between neighbours. */
function recomputed(warehouse: Warehouse, happened: Sql, part: Sql): Sql {
  return sql`select case_id, seq, step, ${at}, at_wall, team, ${identifier('system')}, channel, minutes,
  row_number() over in_order as position, lag(step) over in_order as prev_step, lag(${at}) over in_order as prev_at,
  lag(team) over in_order as prev_team, lead(step) over in_order as next_step, ${warehouse.dialect.secondsBetween(sql`${at}`, sql`lead(${at}) over in_order`)} as next_wait
from events where kind = 'step' and ${at} is not null and ${happened} and ${part}
window in_order as (partition by case_id order by ${at}, seq) order by case_id, position`;
}

/** The way of each case, by a fingerprint of the steps of its work in order. */
function waysOf({ dialect }: Warehouse, part: Sql): Sql {
  return sql`select case_id, ${dialect.md5(dialect.orderedJoin(sql`step`, '\u001f', sql`position`))} as way,
  count(*) as events, min(${at}) as first_at, max(${at}) as last_at
from work_steps where ${part} group by case_id order by case_id`;
}

/** Steps of the work as the import stored them, of a table of events that holds nothing else. */
export function storedSteps(events: Identifier): Sql {
  return sql`select case_id, seq, step, ${at}, at_wall, team, ${identifier('system')}, channel, minutes,
  position, prev_step, prev_at, prev_team, next_step, next_wait
from ${events} where ${at} is not null`;
}

/** When what happened in each case, steps of the work or not. */
export function timedEvents(events: Identifier): Sql {
  return sql`select case_id, step, ${at} from ${events} where ${at} is not null`;
}

/**
 * Makes `work_steps`: the rows of `events` that are steps of the work (kind `step`) and have a time, each with
 * the step before and after it among those, in order by case and position. Where a log holds nothing else, the
 * stored neighbours serve. With it comes `work_ways`: each case that has such steps, the way it goes (a fingerprint
 * of those steps in order), how many they are, and when the first and the last was; and `timed_events`: when what
 * happened in each case, whether a step of the work or not. Events dated later than the data are known are in neither,
 * and their case goes on without them. True where the stored neighbours serve.
 */
export async function prepareWorkSteps(
  warehouse: Warehouse,
  log: QueryRecord[],
  { parts, knownUntil = null }: WorkBounds = {},
): Promise<boolean> {
  const happened = happenedBy(knownUntil);
  const [mixed] = await warehouse.query<Row & { n: number }>(
    sql`select count(*) as n from events where kind <> 'step' or (${at} is not null and not ${happened})`,
  );
  // A workspace of an earlier version holds no team before.
  const isWhole = (await warehouse.columns('events')).some(({ name }) => name === 'prev_team');
  const { dialect } = warehouse;
  const name = identifier(workSteps);
  const view = (body: Sql, of = name) => dialect.createTemporary('view', of, body);
  await warehouse.run(
    view(sql`${timedEvents(identifier('events'))} and ${happened}`, identifier('timed_events')),
  );
  if (isWhole && (mixed?.n ?? 0) === 0) {
    const step: QueryStep = {
      name: workSteps,
      purpose: 'Every event with a time; all are steps of the work, so the stored neighbours serve.',
      sql: view(storedSteps(identifier('events'))),
    };
    log.push(warehouse.explain(step));
    await warehouse.run(step.sql);
    await warehouse.run(
      view(
        sql`select case_id, variant as way, events, first_at, last_at from cases where variant is not null`,
        identifier(workWays),
      ),
    );
    return true;
  }
  const whole = parts ?? (await caseParts(warehouse));
  await tableInParts(
    warehouse,
    whole,
    {
      name: workSteps,
      purpose:
        'Events that are steps of the work (no contacts, no changes of status), with their neighbours among those.',
      rowsOf: (part) => recomputed(warehouse, happened, part),
    },
    log,
  );
  await tableInParts(
    warehouse,
    whole,
    {
      name: workWays,
      purpose: 'The way that each case goes, of those steps alone.',
      rowsOf: (part) => waysOf(warehouse, part),
    },
    log,
  );
  return false;
}

/**
 * The window of neighbours in `work_steps`: with it `lag` and `lead` give the row before and after in order by case
 * and position. Where the table does not come as it is stored (`isStored`), it is put in order, which takes far longer.
 */
export async function inCases(
  warehouse: Warehouse,
): Promise<{ readonly over: Sql; readonly isStored: boolean }> {
  const asStored = warehouse.dialect.storedOrder(sql`case_id`, sql`position`);
  const [astray] = await warehouse.query<Row & { n: number }>(
    sql`select count(*) as n from (select position, lag(position) over ${asStored} as before from work_steps) as t
where position > 1 and (before is null or before <> position - 1)`,
  );
  return astray?.n === 0
    ? { over: asStored, isStored: true }
    : { over: sql`(partition by case_id order by position)`, isStored: false };
}
