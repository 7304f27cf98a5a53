import { formatValue, type QueryRecord, type Result } from '../../core/index.ts';
import { identifier, type Row, runStep, sql } from '../../stores/index.ts';
import type { FindWorkspace } from '../workspace.ts';
import { leastCases, makeResult } from './make-result.ts';

interface Handover extends Row {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly cases: number;
  readonly median: number;
}

/** Work that passes from team to team; null where the log names fewer than two teams. */
export async function handoversResult(
  workspace: FindWorkspace,
  before: readonly QueryRecord[],
): Promise<Result | null> {
  const { warehouse } = workspace;
  const at = identifier('at');
  const [teams] = await warehouse.query<Row & { n: number }>(
    sql`select count(distinct team) as n from work_steps`,
  );
  if ((teams?.n ?? 0) < 2) return null;
  const queries: QueryRecord[] = [...before];
  const rows = await runStep<Handover>(
    warehouse,
    {
      name: 'handovers',
      purpose: 'Neighbouring steps of a case done by two different known teams, and the time between.',
      sql: sql`select team as ${identifier('from')}, next_team as ${identifier('to')}, count(*) as count, count(distinct case_id) as cases,
  ${warehouse.dialect.quantile(sql`next_wait`, 0.5)} as median
from (select case_id, team, next_wait, lead(team) over (partition by case_id order by ${at}, seq) as next_team from work_steps) as t
where team <> next_team group by team, next_team having count(distinct case_id) >= ${leastCases} order by count(*) desc, team, next_team`,
    },
    queries,
  );
  const [back] = await runStep<Row & { n: number; cases: number }>(
    warehouse,
    {
      name: 'ping_pong',
      purpose: 'Times that work comes back to the team it left, runs of one team taken together.',
      sql: sql`select count(*) as n, count(distinct case_id) as cases from (
  select case_id, team, lag(team, 2) over (partition by case_id order by ${at}, seq) as two_before
  from (select case_id, ${at}, seq, team, lag(team) over (partition by case_id order by ${at}, seq) as before from work_steps where team is not null) as t
  where before is null or before <> team) as runs where team = two_before`,
    },
    queries,
  );
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  const [first] = rows;
  const question = 'How often does work pass between teams, and how often does it come back?';
  const method = 'Hand-overs and returns between teams, never between persons';
  if (!first) return null;
  return makeResult(workspace, {
    id: 'handovers',
    question,
    answer: `Work passed between teams ${formatValue(total, 'count')} times, most often from "${first.from}" to "${first.to}"; it came back to the team it had left ${formatValue(back?.n ?? 0, 'count')} times.`,
    status: 'caution',
    figures: [
      {
        id: 'handovers',
        name: 'Hand-overs between teams',
        value: total,
        unit: 'count',
        interval: null,
        period: null,
      },
      {
        id: 'returns',
        name: 'Returns to the team it left',
        value: back?.n ?? 0,
        unit: 'count',
        interval: null,
        period: null,
      },
    ],
    tables: [
      {
        id: 'handovers',
        title: 'Hand-overs between teams, most frequent first',
        columns: [
          { key: 'from', title: 'From team', type: 'text' },
          { key: 'to', title: 'To team', type: 'text' },
          { key: 'times', title: 'Times', type: 'count' },
          { key: 'cases', title: 'Cases', type: 'count' },
          { key: 'median', title: 'Median days between', type: 'days' },
        ],
        rows: rows.map(({ from, to, count, cases, median }) => ({
          from,
          to,
          times: count,
          cases,
          median: median / 86_400,
        })),
        notes: [`Pairs of teams with fewer than ${leastCases} cases are left out.`],
      },
    ],
    caveats: ['Steps without a team are left out. A hand-over may be exactly right: it is a place to look.'],
    next: ['Ask the receiving team what it waits for, or has to ask again.'],
    method,
    queries,
    parameters: { leastCases },
  });
}
