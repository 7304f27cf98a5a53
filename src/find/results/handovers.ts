import { formatValue, leastCases, type QueryRecord, type Result } from '../../core/index.ts';
import { type Row, sql } from '../../stores/index.ts';
import { handovers, teamReturns } from '../queries/handovers.ts';
import type { FindWorkspace } from '../workspace.ts';
import { makeResult } from './make-result.ts';

/** Work that passes from team to team; null where the log names fewer than two teams. */
export async function handoversResult(
  workspace: FindWorkspace,
  before: readonly QueryRecord[],
): Promise<Result | null> {
  const { warehouse } = workspace;
  const [teams] = await warehouse.query<Row & { n: number }>(
    sql`select count(distinct team) as n from work_steps`,
  );
  if ((teams?.n ?? 0) < 2) return null;
  const queries: QueryRecord[] = [...before];
  const rows = await handovers(warehouse, leastCases, queries);
  const returns = await teamReturns(warehouse, queries);
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  const [first] = rows;
  const question = 'How often does work pass between teams, and how often does it come back?';
  const method = 'Hand-overs and returns between teams, never between persons';
  if (!first) return null;
  return makeResult(workspace, {
    id: 'handovers',
    question,
    answer: `Work passed between teams ${formatValue(total, 'count')} times, most often from "${first.from}" to "${first.to}"; it came back to the team it had left ${formatValue(returns, 'count')} times.`,
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
        value: returns,
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
