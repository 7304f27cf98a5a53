import type { QueryRecord } from '../../core/index.ts';
import { identifier, type Row, runStep, sql, type Warehouse } from '../../stores/index.ts';

/** Work that passes from one team to another between neighbouring steps of a case; `median` in seconds. */
export interface Handover extends Row {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly cases: number;
  readonly median: number;
}

const at = identifier('at');

/** Hand-overs by pair of teams that at least a number of cases go through, most frequent first, ties by name. */
export async function handovers(
  warehouse: Warehouse,
  leastCases: number,
  log: QueryRecord[],
): Promise<readonly Handover[]> {
  return runStep<Handover>(
    warehouse,
    {
      name: 'handovers',
      purpose: 'Neighbouring steps of a case done by two different known teams, and the time between.',
      sql: sql`select team as ${identifier('from')}, next_team as ${identifier('to')}, count(*) as count, count(distinct case_id) as cases,
  ${warehouse.dialect.quantile(sql`next_wait`, 0.5)} as median
from (select case_id, team, next_wait, lead(team) over (partition by case_id order by ${at}, seq) as next_team from work_steps) as t
where team <> next_team group by team, next_team having count(distinct case_id) >= ${leastCases} order by count(*) desc, team, next_team`,
    },
    log,
  );
}

/** How often work comes back to the team it left. */
export async function teamReturns(warehouse: Warehouse, log: QueryRecord[]): Promise<number> {
  const [row] = await runStep<Row & { n: number }>(
    warehouse,
    {
      name: 'ping_pong',
      purpose: 'Times that work comes back to the team it left, runs of one team taken together.',
      sql: sql`select count(*) as n from (
  select case_id, team, lag(team, 2) over (partition by case_id order by ${at}, seq) as two_before
  from (select case_id, ${at}, seq, team, lag(team) over (partition by case_id order by ${at}, seq) as before from work_steps where team is not null) as t
  where before is null or before <> team) as runs where team = two_before`,
    },
    log,
  );
  return row?.n ?? 0;
}
