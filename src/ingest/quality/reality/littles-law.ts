import {
  leastCases,
  nextPeriod,
  periodLabel,
  periodsBetween,
  type QueryRecord,
  type Result,
} from '../../../core/index.ts';
import { type Row, runStep, sql } from '../../../stores/index.ts';
import type { Workspace } from '../../workspace.ts';
import type { CheckedData } from '../checked-data.ts';
import type { DataShape } from '../data-shape.ts';
import { column, figure, makeResult } from '../make-result.ts';
import { cannotTell } from './cannot-tell.ts';
import { caseTimes, needsCaseTimes } from './case-times.ts';

const low = 0.8;
const high = 1.25;
const quarterLeast = 3;

/** Whether arrivals, time in the service and open work fit together, quarter by quarter (Little, 1961: L = lambda W). */
export async function littlesLawResult(
  workspace: Workspace,
  data: CheckedData,
  shape: DataShape,
): Promise<Result> {
  const question = 'Do arrivals, time taken and open work fit together?';
  const needs = needsCaseTimes(data, shape);
  if (needs !== null) return cannotTell(workspace, 'littles-law', question, needs);
  const queries: QueryRecord[] = data.caseTimes ? [data.caseTimes.query] : [];
  const { dialect } = data.warehouse;
  const [span] = await runStep<Row & { first: string | null; last: string | null }>(
    data.warehouse,
    {
      name: 'first_and_last_case',
      purpose: 'From when to when cases come in and go out.',
      sql: sql`select cast(min(began) as date) as first, cast(max(coalesce(ended, began)) as date) as last from (${caseTimes(data, shape)}) as t`,
    },
    queries,
  );
  const all = span?.first && span.last ? periodsBetween('quarter', span.first, span.last) : [];
  // The first and the last quarter are not whole, and open work of before the extract is not in it.
  const quarters = all.slice(1, -1);
  if (quarters.length < quarterLeast)
    return cannotTell(workspace, 'littles-law', question, 'at least five quarters of cases');
  const list = quarters
    .map(
      (start) =>
        sql`select ${dialect.dateValue(start)} as q, ${dialect.dateValue(nextPeriod('quarter', start))} as r`,
    )
    .reduce((a, one) => sql`${a} union all ${one}`);
  const from = sql`cast(q as timestamp)`;
  const to = sql`cast(r as timestamp)`;
  const stay = dialect.secondsBetween(
    sql`greatest(began, ${from})`,
    sql`least(coalesce(ended, ${to}), ${to})`,
  );
  const rows = await runStep<
    Row & { q: string; stock: number; arrivals: number; mean: number | null; left: number }
  >(
    data.warehouse,
    {
      name: 'stock_arrivals_and_time',
      purpose:
        'By quarter: open cases on average, cases that came in, and the mean time of those that went out.',
      sql: sql`select q, sum(case when began < ${to} and (ended is null or ended > ${from}) then ${stay} else 0 end) / max(${dialect.secondsBetween(from, to)}) as stock,
  sum(case when began >= ${from} and began < ${to} then 1 else 0 end) * 86400.0 / max(${dialect.secondsBetween(from, to)}) as arrivals,
  avg(case when ended >= ${from} and ended < ${to} then ${dialect.secondsBetween(sql`began`, sql`ended`)} / 86400.0 end) as mean,
  sum(case when ended >= ${from} and ended < ${to} then 1 else 0 end) as left
from (${list}) as quarters cross join (select began, ended from (${caseTimes(data, shape)}) as t where began is not null and (ended is null or ended >= began)) as c group by q order by q`,
    },
    queries,
  );
  const rated = rows
    .filter(({ left, mean }) => left >= leastCases && mean !== null && mean > 0)
    .map(({ q, stock, arrivals, mean, left }) => ({
      quarter: q,
      stock,
      arrivals,
      mean,
      left,
      ratio: stock / (arrivals * (mean ?? 1)),
    }));
  const outside = rated.filter(({ ratio }) => ratio < low || ratio > high);
  const middle = rated.map(({ ratio }) => ratio).sort((a, b) => a - b)[Math.floor(rated.length / 2)] ?? null;
  const worst = outside.toSorted((a, b) => Math.abs(Math.log(b.ratio)) - Math.abs(Math.log(a.ratio)))[0];
  return makeResult(workspace, {
    id: 'littles-law',
    question,
    answer:
      rated.length === 0
        ? `Cannot tell: no quarter has ${leastCases} cases that went out.`
        : worst === undefined
          ? `Yes: in all ${rated.length} quarters open work is what arrivals and time taken lead one to expect.`
          : `Not in ${outside.length} of ${rated.length} quarters: in ${periodLabel('quarter', worst.quarter)} there was ${worst.ratio > 1 ? 'more' : 'less'} open work than arrivals and time taken explain.`,
    status: rated.length === 0 ? 'cannot-tell' : outside.length > 0 ? 'caution' : 'sound',
    figures: [
      figure('ratio', 'Open work over what is expected, middle quarter', middle, 'number'),
      figure('outside', `Quarters outside ${low} to ${high}`, outside.length, 'count'),
    ],
    tables: [
      {
        id: 'quarters',
        title: 'Open work against arrivals times time taken, by quarter',
        columns: [
          column('quarter', 'Quarter', 'date'),
          column('stock', 'Open on average', 'number'),
          column('arrivals', 'Came in a day', 'number'),
          column('mean', 'Mean days of those that went out', 'days'),
          column('ratio', 'Open over expected', 'number'),
        ],
        rows: rated.map(({ quarter, stock, arrivals, mean, ratio }) => ({
          quarter,
          stock,
          arrivals,
          mean,
          ratio,
        })),
        notes: ['The first and the last quarter are left out: the extract may hold only part of them.'],
      },
    ],
    caveats:
      outside.length > 0
        ? [
            'A ratio above 1 may mean that old cases never close, that the clock starts again, or simply that work is piling up; below 1, that a backlog is being cleared or that old open cases are missing from the extract.',
          ]
        : [],
    next: outside.length > 0 ? ['Look at the age of open work, and at clocks that start again.'] : [],
    method: "Little's law, L = lambda W (Little, 1961), by quarter; ratios outside 0.8 to 1.25 are marked",
    parameters: { low, high },
    queries,
  });
}
