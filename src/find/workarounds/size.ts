import { type Interval, normalQuantileFor, type QueryRecord } from '../../core/index.ts';
import { identifier, type Row, runStep, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import type { Costs } from '../costs.ts';
import { type CaseSample, everyCase, scaleOf } from '../queries/case-sample.ts';

/** A total over the cases of a finding beyond what as many comparable cases take, with its 95% interval; null where the data do not say. */
export interface Excess {
  readonly value: number;
  readonly interval: Interval;
}

/** What the cases of a finding take beyond comparable cases without it. */
export interface WorkaroundSize {
  readonly hours: Excess | null;
  readonly pounds: Excess | null;
  readonly days: Excess | null;
}

/** Makes `pattern_work`: minutes and pounds of work and elapsed days of each case, by number. */
export async function prepareSizes(warehouse: Warehouse, costs: Costs, log: QueryRecord[]): Promise<void> {
  const at = identifier('at');
  const body = sql`select p.number as case_no, p.peer as peer, w.minutes as minutes, w.pounds as pounds, w.days as days
from (select case_id, sum(${costs.minutes}) as minutes, sum(${costs.pounds}) as pounds,
  ${warehouse.dialect.secondsBetween(sql`min(${at})`, sql`max(${at})`)} / 86400.0 as days from work_steps group by case_id) as w
join pattern_cases as p on p.case_id = w.case_id where p.peer is not null`;
  const statement = warehouse.dialect.createTemporary('table', identifier('pattern_work'), body);
  log.push(
    warehouse.explain({
      name: 'pattern_work',
      purpose: 'Work and elapsed time of each case, to hold those of a finding against comparable ones.',
      sql: statement,
    }),
  );
  await warehouse.run(statement);
}

interface Side extends Row {
  readonly peer: number;
  readonly flagged: number;
  readonly n: number;
  readonly minutes: number | null;
  readonly minutes_variance: number | null;
  readonly pounds: number | null;
  readonly pounds_variance: number | null;
  readonly days: number | null;
  readonly days_variance: number | null;
}

const leastSide = 10;
const z = normalQuantileFor(0.95);

/**
 * Sum over peer groups of n (mean of the flagged - mean of the others), with the variance of those means. Of a sample
 * n is scaled up to all cases, and the variance of the number of cases that it holds is added.
 */
function excessOf(
  sides: readonly Side[],
  of: 'minutes' | 'pounds' | 'days',
  scale: number,
  sample: CaseSample,
): Excess | null {
  const up = scaleOf(sample);
  let value = 0;
  let variance = 0;
  let cases = 0;
  for (const mine of sides.filter(({ flagged }) => flagged === 1)) {
    const others = sides.find(({ peer, flagged }) => peer === mine.peer && flagged === 0);
    const a = mine[of];
    const b = others?.[of];
    if (a === null || b === null || b === undefined || !others || others.n < leastSide) continue;
    const n = up * mine.n;
    value += n * (a - b);
    variance +=
      n ** 2 * ((mine[`${of}_variance`] ?? 0) / mine.n + (others[`${of}_variance`] ?? 0) / others.n);
    // Cases are drawn, so how many of them have the sign varies: binomial, less for the part of all that was drawn.
    if (up > 1) variance += (a - b) ** 2 * up ** 2 * mine.n * (1 - mine.n / sample.cases) * (1 - 1 / up);
    cases += mine.n;
  }
  if (cases < leastSide) return null;
  const half = z * Math.sqrt(variance) * scale;
  return {
    value: value * scale,
    interval: {
      low: value * scale - half,
      high: value * scale + half,
      level: 0.95,
      method: `Difference of two means by peer group, normal approximation${up > 1 ? ', with the sampling of cases' : ''}`,
      meaning: 'The range that would hold the true difference in 95 of 100 such services.',
    },
  };
}

/** How much more work and time the cases take than comparable cases; below 0 where they take less. */
export async function sizeOf(
  warehouse: Warehouse,
  name: string,
  affected: Sql,
  log: QueryRecord[],
  sample: CaseSample = everyCase,
): Promise<WorkaroundSize> {
  const each = (column: string) =>
    sql`avg(${identifier(column)}) as ${identifier(column)}, var_samp(${identifier(column)}) as ${identifier(`${column}_variance`)}`;
  const sides = await runStep<Side>(
    warehouse,
    {
      name,
      purpose: 'Work and elapsed time of the cases of this finding, and of comparable cases without it.',
      sql: sql`select peer, flagged, count(*) as n, ${each('minutes')}, ${each('pounds')}, ${each('days')} from (
  select w.*, case when p.case_id in (${affected}) then 1 else 0 end as flagged
  from pattern_work as w join pattern_cases as p on p.number = w.case_no) as m group by peer, flagged order by peer, flagged`,
    },
    log,
  );
  return {
    hours: excessOf(sides, 'minutes', 1 / 60, sample),
    pounds: excessOf(sides, 'pounds', 1, sample),
    days: excessOf(sides, 'days', 1, sample),
  };
}
