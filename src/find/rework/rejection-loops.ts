import type { QueryRecord } from '../../core/index.ts';
import { identifier, joinSql, type Row, runStep, type Sql, sql, type Warehouse } from '../../stores/index.ts';

/** What coming back takes. Sums of squares are by case, for the intervals. */
interface LoopSums {
  /** Times that a case came back so. */
  readonly loops: number;
  /** Work done again from the return until the next: second and later times of steps. */
  readonly minutes: number | null;
  readonly minutesSquared: number | null;
  readonly pounds: number | null;
  readonly poundsSquared: number | null;
  /** From the last time of the step at which they come back, else from the rejection, to the return. */
  readonly days: number;
  readonly daysSquared: number;
}

/** Cases that one step turned back and that came back at one step. */
export interface RejectionLoop extends LoopSums, Row {
  /** The step that turned them back: of several before a return the first. */
  readonly rejected: string;
  readonly back: string;
  readonly cases: number;
}

/** Cases turned back or down, those of them that came back, and what that took. */
export interface TurnedTotals extends LoopSums, Row {
  readonly turned: number;
  readonly returned: number;
}

const loop = identifier('loop');
const at = identifier('at');

/** Makes `rejection_loops` from `turned_rows`: a row for every time a case comes back. */
export async function prepareRejectionLoops(warehouse: Warehouse, log: QueryRecord[]): Promise<void> {
  const { dialect } = warehouse;
  const statement = dialect.createTemporary(
    'table',
    identifier('rejection_loops'),
    sql`select b.case_id, b.${loop}, r.step as rejected, b.step as back, w.minutes, w.pounds,
  ${dialect.secondsBetween(sql`coalesce(b.own_at, r.since)`, sql`b.${at}`)} / 86400.0 as days
from turned_rows as b
join (select case_id, ${loop} + 1 as ${loop}, ${dialect.valueAtMin(sql`step`, sql`position`)} as step, min(${at}) as since
  from turned_rows where turned = 1 group by case_id, ${loop}) as r on r.case_id = b.case_id and r.${loop} = b.${loop}
join (select case_id, ${loop}, sum(case when again then minutes end) as minutes, sum(case when again then pounds end) as pounds
  from turned_rows where ${loop} > 0 group by case_id, ${loop}) as w on w.case_id = b.case_id and w.${loop} = b.${loop}
where b.back = 1`,
  );
  log.push(
    warehouse.explain({
      name: 'rejection_loops',
      purpose: 'Every time a case comes back: what turned it back, where it returns, the work done again.',
      sql: statement,
    }),
  );
  await warehouse.run(statement);
}

/** The ids of the cases that a step turned back and that came back, as a query. */
export function casesTurnedBackAt(step: string): Sql {
  return sql`select case_id from rejection_loops where rejected = ${step}`;
}

const sums: Sql = joinSql(
  ['minutes', 'pounds', 'days'].map((name) => {
    const column = identifier(name);
    return sql`sum(${column}) as ${column}, sum(${column} * ${column}) as ${identifier(`${name}Squared`)}`;
  }),
  ', ',
);

/** Loops by the step that turned cases back, alone or with the step at which they return; most cases first. */
export async function rejectionLoops(
  warehouse: Warehouse,
  by: 'rejected' | 'rejected and back',
  log: QueryRecord[],
): Promise<readonly RejectionLoop[]> {
  const back = by === 'rejected' ? sql`'' as back` : sql`back`;
  return runStep<RejectionLoop>(
    warehouse,
    {
      name: by === 'rejected' ? 'loops_by_rejection' : 'loops_by_rejection_and_return',
      purpose: 'Cases that were turned back and came back, with the work done again and the days between.',
      sql: sql`select rejected, back, count(*) as cases, sum(loops) as loops, ${sums}
from (select case_id, rejected, ${back}, count(*) as loops, sum(minutes) as minutes, sum(pounds) as pounds, sum(days) as days
  from rejection_loops group by case_id, rejected${by === 'rejected' ? sql`` : sql`, back`}) as c
group by rejected, back order by count(*) desc, rejected, back`,
    },
    log,
  );
}

/** How many cases were turned back or down, how many of them came back, how often, and what that took. */
export async function turnedTotals(warehouse: Warehouse, log: QueryRecord[]): Promise<TurnedTotals> {
  const [row] = await runStep<TurnedTotals>(
    warehouse,
    {
      name: 'turned_totals',
      purpose: 'Cases turned back or down, those that came back, how often, and what that took.',
      sql: sql`select (select count(distinct case_id) from turned_rows) as turned, count(*) as returned,
  coalesce(sum(loops), 0) as loops, ${sums}
from (select case_id, count(*) as loops, sum(minutes) as minutes, sum(pounds) as pounds, sum(days) as days
  from rejection_loops group by case_id) as c`,
    },
    log,
  );
  return row as TurnedTotals;
}
