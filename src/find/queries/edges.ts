import type { QueryRecord } from '../../core/index.ts';
import { identifier, type QueryStep, type Row, runStep, sql, type Warehouse } from '../../stores/index.ts';

/** One directly-follows relation: `to` is the next row after `from` in the same case. Times in seconds. */
export interface Flow extends Row {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly median: number;
  readonly p90: number;
  readonly total: number;
}

/** A relation with the number of cases that go through it. */
export interface Edge extends Flow {
  readonly cases: number;
}

/** Directly-follows over every row with a time, in the stored order (at, seq). Most frequent first, ties by name. */
function flowsStep(warehouse: Warehouse, table: 'events' | 'work_steps', withCases: boolean): QueryStep {
  const { dialect } = warehouse;
  const wait = sql`next_wait`;
  return {
    name: 'directly_follows',
    purpose: 'How often each step is followed directly by each other, and how long from one to the next.',
    sql: sql`select step as ${identifier('from')}, next_step as ${identifier('to')},
  count(*) as count${withCases ? sql`, count(distinct case_id) as cases` : sql``},
  ${dialect.quantile(wait, 0.5)} as median, ${dialect.quantile(wait, 0.9)} as p90, sum(next_wait) as total
from ${identifier(table)} where next_step is not null
group by step, next_step
order by count(*) desc, step, next_step`,
  };
}

/** Runs the directly-follows query over all events. */
export async function directlyFollows(warehouse: Warehouse, log: QueryRecord[]): Promise<readonly Flow[]> {
  return runStep<Flow>(warehouse, flowsStep(warehouse, 'events', false), log);
}

/** Runs it over the steps of the work, with cases: telling those apart takes four times as long as all the rest. */
export async function workEdges(warehouse: Warehouse, log: QueryRecord[]): Promise<readonly Edge[]> {
  return runStep<Edge>(warehouse, flowsStep(warehouse, 'work_steps', true), log);
}
