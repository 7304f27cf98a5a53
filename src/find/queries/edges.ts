import type { QueryRecord } from '../../core/index.ts';
import { identifier, type Row, runStep, sql, type Warehouse } from '../../stores/index.ts';
import { addUp, runInParts } from './case-parts.ts';
import { spreadsByGroup } from './spreads.ts';
import { type CaseCounting, caseCounting, countedSteps } from './ways.ts';

const from = identifier('from');
const to = identifier('to');

/** One directly-follows relation: `to` is the next row after `from` in the same case. `mean` time in seconds. */
export interface Flow extends Row {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly mean: number;
}

/** A relation with the number of cases that go through it. Times in seconds. */
export interface Edge extends Row {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly cases: number;
  readonly median: number;
  readonly p90: number;
  readonly total: number;
}

/** Directly-follows over every event with a time, in the stored order (at, seq). Most frequent first, ties by name. */
export async function directlyFollows(warehouse: Warehouse, log: QueryRecord[]): Promise<readonly Flow[]> {
  return runStep<Flow>(
    warehouse,
    {
      name: 'directly_follows',
      purpose: 'How often each step is followed directly by each other, and how long on average.',
      sql: sql`select step as ${from}, next_step as ${to}, count(*) as count, avg(next_wait) as mean
from events where next_step is not null group by step, next_step order by count(*) desc, step, next_step`,
    },
    log,
  );
}

async function edgeCases(warehouse: Warehouse, counting: CaseCounting, log: QueryRecord[]) {
  const rows = await runInParts<Row & { from: string; to: string; cases: number }>(
    warehouse,
    counting,
    (part) => ({
      name: 'directly_follows_cases',
      purpose: 'How many cases go from each step directly to each other.',
      sql: sql`select step as ${from}, next_step as ${to}, sum(cases) as cases
from (select distinct example, cases, step, next_step from (${countedSteps(counting, part)}) as s where next_step is not null) as passed
group by step, next_step`,
    }),
    log,
  );
  const key = (a: string, b: string) => JSON.stringify([a, b]);
  const byEdge = new Map(addUp(rows, ['from', 'to']).map((row) => [key(row.from, row.to), row.cases]));
  return (a: string, b: string) => byEdge.get(key(a, b)) ?? 0;
}

/** Directly-follows over the steps of the work, with cases. Most frequent first, ties by name. */
export async function workEdges(
  warehouse: Warehouse,
  log: QueryRecord[],
  given?: CaseCounting,
): Promise<readonly Edge[]> {
  const counting = given ?? (await caseCounting(warehouse));
  const spreads = await spreadsByGroup<{ from: string; to: string; median: number; p90: number }>(
    warehouse,
    {
      name: 'directly_follows',
      purpose: 'How often each step is followed directly by each other, and how long from one to the next.',
      rows: sql`select step as ${from}, next_step as ${to}, next_wait as value from work_steps where next_step is not null`,
      keys: ['from', 'to'],
      quantiles: { median: 0.5, p90: 0.9 },
      size: counting.events,
    },
    log,
  );
  const cases = await edgeCases(warehouse, counting, log);
  return spreads.map((spread) => ({ ...spread, cases: cases(spread.from, spread.to) }));
}
