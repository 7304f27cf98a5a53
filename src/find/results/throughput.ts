import {
  durationInWords,
  type Figure,
  formatWithUnit,
  leastCases,
  listInWords,
  nextPeriod,
  periodLabel,
  type QueryRecord,
  quantileRanks,
  type Result,
} from '../../core/index.ts';
import type { Facts } from '../../define/index.ts';
import { identifier, type Row, runStep, sql } from '../../stores/index.ts';
import type { FindWorkspace } from '../workspace.ts';
import { makeResult } from './make-result.ts';

interface Closing extends Row {
  readonly period: string;
  readonly cases: number;
  readonly median: number;
  readonly p90: number;
}

/** A quantile of the days of closed cases with its interval from order statistics. */
async function quantileFigure(
  workspace: FindWorkspace,
  n: number,
  p: number,
  value: number | null,
  closed: ReturnType<typeof sql>,
  queries: QueryRecord[],
): Promise<Figure> {
  const name = p === 0.5 ? 'Median days from first to last step' : 'Days that one case in ten exceeds';
  const id = p === 0.5 ? 'median-days' : 'p90-days';
  if (n < leastCases) return { id, name, value: null, unit: 'days', interval: null, period: null };
  const ranks = quantileRanks(n, p);
  const rows = await runStep<Row & { r: number; d: number }>(
    workspace.warehouse,
    {
      name: `${id.replace('-', '_')}_interval`,
      purpose: `The order statistics of rank ${ranks.low} and ${ranks.high}, which bound the quantile.`,
      sql: sql`select r, d from (select duration_days as d, row_number() over (order by duration_days, case_id) as r
from case_facts where ${closed}) as o where r = ${ranks.low} or r = ${ranks.high} order by r`,
    },
    queries,
  );
  const low = rows[0]?.d ?? null;
  const high = rows.at(-1)?.d ?? null;
  return {
    id,
    name,
    value,
    unit: 'days',
    interval:
      low === null || high === null
        ? null
        : {
            low,
            high,
            level: 0.95,
            method: 'order statistics, free of any distribution',
            meaning: 'The range that would hold the true value in 95 of 100 such services.',
          },
    period: null,
  };
}

/** By what a case is taken to have ended. */
function endsInWords({ rule, steps }: Facts['ends']): string {
  if (rule === 'closing') return 'those without a closing date';
  if (rule === 'last-step') return 'none, as every case is taken to end at its last step';
  return `those that have not been through a step that stops a clock (${listInWords(steps.map((step) => `"${step}"`))})`;
}

/** What is left out as open, and by what rule. */
function openInWords(ends: Facts['ends'], open: number): string {
  switch (ends.rule) {
    case 'closing':
      return `${open} cases have no closing date and are left out.`;
    case 'stop':
      return `The data give no closing date, so a case has ended once it went through a step that stops a clock of the charter: ${open > 0 && open < leastCases ? 'fewer than 10' : open} have not, and are left out as open.`;
    case 'last-step':
      return 'The data give no closing date, so every case counts as ended at its last step; some may still be open.';
  }
}

/** How long closed cases took, by the month (or the charter's period) in which they ended. */
export async function throughputResult(
  workspace: FindWorkspace,
  facts: Pick<Facts, 'ends' | 'queries'>,
): Promise<Result> {
  const { warehouse, loaded } = workspace;
  const { dialect } = warehouse;
  const { grain } = loaded.charter.reporting;
  const queries: QueryRecord[] = [...facts.queries];
  const { ends } = facts;
  const [state] = await runStep<Row & { open: number }>(
    warehouse,
    {
      name: 'open_cases',
      purpose: `How many cases have not ended: ${endsInWords(ends)}.`,
      sql: sql`select sum(case when ${ends.at} is null then 1 else 0 end) as ${identifier('open')} from case_facts`,
    },
    queries,
  );
  const hasEnd = ends.rule !== 'last-step';
  const closed = sql`duration_days is not null and ${ends.at} is not null`;
  const [all] = await runStep<
    Row & { n: number; median: number | null; p90: number | null; mean: number | null }
  >(
    warehouse,
    {
      name: 'closed_throughput',
      purpose: 'Days from first to last step over closed cases.',
      sql: sql`select count(*) as n, ${dialect.quantile(sql`duration_days`, 0.5)} as median,
  ${dialect.quantile(sql`duration_days`, 0.9)} as p90, avg(duration_days) as mean from case_facts where ${closed}`,
    },
    queries,
  );
  const rows = await runStep<Closing>(
    warehouse,
    {
      name: 'throughput_by_period',
      purpose: 'Median and 90th percentile of days, by the period in which cases ended.',
      sql: sql`select period, count(*) as cases, ${dialect.quantile(sql`duration_days`, 0.5)} as median,
  ${dialect.quantile(sql`duration_days`, 0.9)} as p90
from (select ${dialect.periodStart(grain, ends.wall)} as period, duration_days from case_facts where ${closed}) as c
where period is not null group by period having count(*) >= ${leastCases} order by period`,
    },
    queries,
  );
  const question = 'How long do cases take from their first step to their last?';
  const method = 'Days from first to last event of closed cases; quantiles of type 7 (Hyndman and Fan, 1996)';
  const n = all?.n ?? 0;
  if (n < leastCases || all?.median == null || all.p90 === null) {
    return makeResult(workspace, {
      id: 'throughput',
      question,
      answer: 'Cannot tell: fewer than ten closed cases have steps with a time.',
      status: 'cannot-tell',
      next: ['Add an event log with closed cases.'],
      method,
      queries,
    });
  }
  const open = hasEnd ? (state?.open ?? 0) : 0;
  const figures = [
    await quantileFigure(workspace, n, 0.5, all.median, closed, queries),
    await quantileFigure(workspace, n, 0.9, all.p90, closed, queries),
    {
      id: 'closed-cases',
      name: 'Closed cases',
      value: n,
      unit: 'count',
      interval: null,
      period: null,
    } as const,
    ...(hasEnd
      ? [
          {
            id: 'open-cases',
            name: 'Cases still open',
            value: open,
            unit: 'count',
            interval: null,
            period: null,
          } as const,
        ]
      : []),
  ];
  const first = rows[0];
  const last = rows.at(-1);
  return makeResult(workspace, {
    id: 'throughput',
    question,
    answer: `Half of closed cases took ${durationInWords(all.median * 86_400)} or less; one in ten took longer than ${durationInWords(all.p90 * 86_400)}.`,
    status: 'caution',
    figures,
    tables: [
      {
        id: 'throughput-by-period',
        title: 'Days from first to last step, by the period in which cases ended',
        columns: [
          { key: 'period', title: 'Period', type: 'period' },
          { key: 'start', title: 'First day', type: 'date', forMachines: true },
          { key: 'cases', title: 'Cases', type: 'count' },
          { key: 'median', title: 'Median days', type: 'days' },
          { key: 'p90', title: 'One in ten takes longer than, days', type: 'days' },
        ],
        rows: rows.map(({ period, cases, median, p90 }) => ({
          period: periodLabel(grain, period),
          start: period,
          cases,
          median,
          p90,
        })),
        notes: [`Periods with fewer than ${leastCases} cases are left out.`],
      },
    ],
    charts:
      rows.length > 2 && first && last
        ? [
            {
              id: 'throughput-line',
              kind: 'line' as const,
              title: `The median went from ${formatWithUnit(first.median, 'days')} to ${formatWithUnit(last.median, 'days')}`,
              description: `Median and 90th percentile of days by period, from ${periodLabel(grain, first.period)} to ${periodLabel(grain, last.period)}.`,
              table: 'throughput-by-period',
              yTitle: 'Days',
              yUnit: 'days' as const,
              series: [
                { name: 'Median', points: series(rows, grain, (row) => row.median) },
                { name: 'One in ten longer', points: series(rows, grain, (row) => row.p90) },
              ],
            },
          ]
        : [],
    caveats: [
      'Closed cases only: when old cases are set aside this falls, and while they are cleared it rises.',
      openInWords(ends, open),
    ],
    next: ['Look at the age of open cases beside it.'],
    method,
    queries,
    parameters: { leastCases },
  });
}

/** Points for every period between the first and the last, with gaps where too few cases ended. */
function series(
  rows: readonly Closing[],
  grain: Parameters<typeof nextPeriod>[0],
  value: (row: Closing) => number,
) {
  const byPeriod = new Map(rows.map((row) => [row.period, row]));
  const points: { x: string; y: number | null }[] = [];
  const last = rows.at(-1)?.period ?? '';
  for (let x = rows[0]?.period ?? last; x <= last && x !== ''; x = nextPeriod(grain, x)) {
    const row = byPeriod.get(x);
    points.push({ x, y: row ? value(row) : null });
  }
  return points;
}
