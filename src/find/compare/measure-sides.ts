import { normalQuantileFor, type QueryRecord } from '../../core/index.ts';
import type { Facts } from '../../define/index.ts';
import { identifier, joinSql, type Row, runStep, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import type { Costs } from '../costs.ts';
import type { Edge } from '../queries/edges.ts';
import type { OutcomeMeasure } from '../queries/outcome-gap.ts';

const z = normalQuantileFor(0.95);

/** Something that cases have or have not, as a query of `case_id`. */
export interface Marking {
  readonly id: string;
  readonly cases: Sql;
}

export interface TimeRow extends Row {
  readonly dimension: string;
  readonly side: string;
  readonly measure: string;
  readonly n: number;
  readonly median: number;
  readonly median_low: number;
  readonly median_high: number;
  readonly p90: number;
  readonly p90_low: number;
  readonly p90_high: number;
}

/** Order statistics that bound a quantile, by the rule of `quantileRanks`, inside the query. */
function bounds(as: string, p: number): Sql {
  const spread = sql`cast(${z} as double) * sqrt(n * cast(${p * (1 - p)} as double))`;
  const at = sql`n * cast(${p} as double)`;
  const low = sql`greatest(1, floor(${at} - ${spread}))`;
  const high = sql`least(n, ceil(${at} + ${spread}) + 1)`;
  return sql`max(case when place = ${low} then value end) as ${identifier(`${as}_low`)}, max(case when place = ${high} then value end) as ${identifier(`${as}_high`)}`;
}

/** Days of cases and of their longest waits, by side: medians and 90th percentiles with their intervals. */
export function timesBySide(
  warehouse: Warehouse,
  waits: readonly Edge[],
  { ends }: Pick<Facts, 'ends'>,
  log: QueryRecord[],
): Promise<readonly TimeRow[]> {
  const { dialect } = warehouse;
  const closed = sql` and ${ends.at} is not null`;
  const values = [
    sql`select case_id, 'duration' as measure, duration_days as value from case_facts where duration_days is not null${closed}`,
    ...waits.map(
      ({ from, to }, i) =>
        sql`select case_id, ${`wait-${i + 1}`} as measure, sum(next_wait) / 86400.0 as value from work_waits where step = ${from} and next_step = ${to} group by case_id`,
    ),
  ];
  return runStep<TimeRow>(
    warehouse,
    {
      name: 'times_by_side',
      purpose:
        'Days from first to last step, and days of the longest waits of each case, by side, with the order statistics that bound the quantiles.',
      sql: sql`select dimension, side, measure, max(n) as n, ${dialect.quantile(sql`value`, 0.5)} as median, ${bounds('median', 0.5)},
  ${dialect.quantile(sql`value`, 0.9)} as p90, ${bounds('p90', 0.9)}
from (select c.dimension as dimension, c.side as side, v.measure as measure, v.value as value,
  row_number() over (partition by c.dimension, c.side, v.measure order by v.value, v.case_id) as place,
  count(*) over (partition by c.dimension, c.side, v.measure) as n
  from compared as c join (${joinSql(values, ' union all ')}) as v on v.case_id = c.compared_id) as o
group by dimension, side, measure order by dimension, side, measure`,
    },
    log,
  );
}

export interface MarkRow extends Row {
  readonly dimension: string;
  readonly side: string;
  readonly mark: string;
  readonly having: number;
}

/** How many cases of each side have each mark. */
export function marksBySide(
  warehouse: Warehouse,
  markings: readonly Marking[],
  log: QueryRecord[],
): Promise<readonly MarkRow[]> {
  if (markings.length === 0) return Promise.resolve([]);
  const marks = markings.map(
    ({ id, cases }) =>
      sql`select ${id} as mark, m.case_id as case_id from (${cases}) as m group by m.case_id`,
  );
  return runStep<MarkRow>(
    warehouse,
    {
      name: 'marks_by_side',
      purpose: 'How many cases of each side are part of each finding, or have a step done again.',
      sql: sql`select c.dimension as dimension, c.side as side, m.mark as mark, count(*) as ${identifier('having')}
from compared as c join (${joinSql(marks, ' union all ')}) as m on m.case_id = c.compared_id
group by c.dimension, c.side, m.mark order by c.dimension, c.side, m.mark`,
    },
    log,
  );
}

export interface OutcomeRow extends Row {
  readonly dimension: string;
  readonly side: string;
  readonly missed: number;
  readonly of: number;
}

/** How many cases of each side miss the outcome, of those of which it is known. */
export function outcomeBySide(
  warehouse: Warehouse,
  measure: OutcomeMeasure,
  log: QueryRecord[],
): Promise<readonly OutcomeRow[]> {
  return runStep<OutcomeRow>(
    warehouse,
    {
      name: 'outcome_by_side',
      purpose: `How many cases of each side miss "${measure.title}".`,
      sql: sql`select c.dimension as dimension, c.side as side, sum(case when m.good then 0 else 1 end) as missed, count(*) as ${identifier('of')}
from compared as c join (select case_id, ${measure.good} as good from case_facts where ${measure.counted}) as m on m.case_id = c.compared_id
group by c.dimension, c.side order by c.dimension, c.side`,
    },
    log,
  );
}

export interface StepRow extends Row {
  readonly dimension: string;
  readonly side: string;
  readonly step: string;
  readonly cases: number;
  readonly pounds: number | null;
}

/** Cases of each side that go through each step, with what the work there costs; most cases first. */
export function stepsBySide(
  warehouse: Warehouse,
  costs: Costs,
  log: QueryRecord[],
): Promise<readonly StepRow[]> {
  return runStep<StepRow>(
    warehouse,
    {
      name: 'steps_by_side',
      purpose: 'Cases of each side that go through each step.',
      // Each step of a case once, before it is placed on a side of each dimension.
      sql: sql`select dimension, side, step, count(*) as cases, sum(pounds) as pounds
from (select case_id, step, sum(${costs.pounds}) as pounds from work_steps group by case_id, step) as s join compared on compared_id = case_id
group by dimension, side, step order by dimension, side, cases desc, step`,
    },
    log,
  );
}

export interface EdgeRow extends Edge {
  readonly dimension: string;
  readonly side: string;
}

/** A relation of one side, by which its figures from two queries are put together. */
interface SideEdge extends Row {
  readonly dimension: string;
  readonly side: string;
  readonly from: string;
  readonly to: string;
}

interface EdgeTimes extends SideEdge {
  readonly count: number;
  readonly median: number;
  readonly p90: number;
  readonly total: number;
}

/** Directly-follows relations of each side, most taken first. */
export async function edgesBySide(warehouse: Warehouse, log: QueryRecord[]): Promise<readonly EdgeRow[]> {
  const { dialect } = warehouse;
  const edge = sql`step as ${identifier('from')}, next_step as ${identifier('to')}`;
  const rows = await runStep<EdgeTimes>(
    warehouse,
    {
      name: 'edges_by_side',
      purpose: 'How often each step is followed directly by each other, and the wait between, by side.',
      sql: sql`select dimension, side, ${edge}, count, ${dialect.element(sql`quantiles`, 1)} as median, ${dialect.element(sql`quantiles`, 2)} as p90, total
from (select dimension, side, step, next_step, count(*) as count, ${dialect.quantiles(sql`next_wait`, [0.5, 0.9])} as quantiles, sum(next_wait) as total
  from work_waits join compared on compared_id = case_id where next_step is not null group by dimension, side, step, next_step) as s
order by dimension, side, count desc, step, next_step`,
    },
    log,
  );
  const passed = await runStep<SideEdge & { readonly cases: number }>(
    warehouse,
    {
      name: 'edge_cases_by_side',
      purpose: 'How many cases of each side go from each step directly to each other.',
      sql: sql`select dimension, side, ${edge}, count(*) as cases
from (select distinct case_id, step, next_step from work_waits where next_step is not null) as w join compared on compared_id = case_id
group by dimension, side, step, next_step`,
    },
    log,
  );
  const key = ({ dimension, side, from, to }: SideEdge) => JSON.stringify([dimension, side, from, to]);
  const cases = new Map(passed.map((row) => [key(row), row.cases]));
  return rows.map((row) => ({ ...row, cases: cases.get(key(row)) ?? 0 }));
}

export interface EndRow extends Row {
  readonly dimension: string;
  readonly side: string;
  readonly step: string;
  readonly cases: number;
}

/** First or last steps of the cases of each side. */
export function endsBySide(
  warehouse: Warehouse,
  which: 'first' | 'last',
  log: QueryRecord[],
): Promise<readonly EndRow[]> {
  const column = identifier(`${which}_step`);
  return runStep<EndRow>(
    warehouse,
    {
      name: `${which}_steps_by_side`,
      purpose: `How many cases of each side have each step as their ${which}.`,
      sql: sql`select dimension, side, ${column} as step, count(*) as cases from cases join compared on compared_id = case_id
where ${column} is not null group by dimension, side, ${column} order by dimension, side, count(*) desc, ${column}`,
    },
    log,
  );
}
