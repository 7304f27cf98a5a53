import type { QueryRecord } from '../../core/index.ts';
import { identifier, joinSql, type Row, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import type { Costs } from '../costs.ts';
import { addUp, type CaseParts, caseParts, runInParts } from './case-parts.ts';
import { type CaseCounting, caseCounting, countedSteps } from './ways.ts';

/** Repeats of one step: second and later times that a case goes through it. */
export interface StepRework extends Row {
  readonly step: string;
  readonly cases: number;
  readonly repeats: number;
  /** Repeats that follow the same step directly. */
  readonly selfLoops: number;
  /** Minutes and pounds of the second and later times; null where not known. */
  readonly minutes: number | null;
  readonly pounds: number | null;
  /** Sums over cases of their squares, which give the intervals of the sums. */
  readonly minutesSquared: number | null;
  readonly poundsSquared: number | null;
  /** Days from the first to the last time, over the cases. */
  readonly days: number;
}

export interface ReworkTotals extends Row {
  readonly cases: number;
  readonly allCases: number;
  readonly repeats: number;
}

function repeated(costs: Costs, warehouse: Warehouse, part: Sql): Sql {
  const at = identifier('at');
  const first = (value: Sql) => warehouse.dialect.valueAtMin(value, sql`position`);
  return sql`select case_id, step, count(*) as times,
  sum(case when prev_step = step then 1 else 0 end) as loops,
  sum(${costs.minutes}) - ${first(sql`coalesce(${costs.minutes}, 0)`)} as minutes,
  sum(${costs.pounds}) - ${first(sql`coalesce(${costs.pounds}, 0)`)} as pounds,
  ${warehouse.dialect.secondsBetween(sql`min(${at})`, sql`max(${at})`)} / 86400.0 as days
from work_steps where ${part} group by case_id, step having count(*) > 1`;
}

/** Repeats by step, most cases first, ties by name. */
export async function reworkByStep(
  warehouse: Warehouse,
  costs: Costs,
  log: QueryRecord[],
  parts?: CaseParts,
): Promise<readonly StepRework[]> {
  const rows = await runInParts<StepRework>(
    warehouse,
    parts ?? (await caseParts(warehouse)),
    (part) => ({
      name: 'rework_by_step',
      purpose:
        'Second and later times that a case goes through a step, with their minutes, cost and span of days.',
      sql: sql`select step, count(*) as cases, sum(times - 1) as repeats, sum(loops) as ${identifier('selfLoops')},
  sum(minutes) as minutes, sum(pounds) as pounds, sum(minutes * minutes) as ${identifier('minutesSquared')},
  sum(pounds * pounds) as ${identifier('poundsSquared')}, sum(days) as days
from (${repeated(costs, warehouse, part)}) as r group by step`,
    }),
    log,
  );
  return addUp(rows, ['step']).toSorted((a, b) => b.cases - a.cases || (a.step < b.step ? -1 : 1));
}

/** Cases with any repeat of a step that does not repeat by design, and how many repeats. */
export async function reworkTotals(
  warehouse: Warehouse,
  legitimate: readonly string[],
  log: QueryRecord[],
  given?: CaseCounting,
): Promise<ReworkTotals> {
  const counting = given ?? (await caseCounting(warehouse));
  const allowed = legitimate.map((step) => sql` and step <> ${step}`);
  const except = allowed.reduce((all, one) => sql`${all}${one}`, sql``);
  const rows = await runInParts<ReworkTotals>(
    warehouse,
    counting,
    (part) => ({
      name: 'rework_totals',
      purpose: 'Cases in which a step that does not repeat by design was done more than once.',
      sql: sql`select (select count(*) from work_ways where ${part}) as ${identifier('allCases')},
  coalesce(sum(cases), 0) as cases, coalesce(sum(cases * more), 0) as repeats
from (select example, cases, sum(more) as more from (
  select example, cases, step, count(*) - 1 as more from (${countedSteps(counting, part)}) as s
  where true${except} group by example, cases, step having count(*) > 1) as again group by example, cases) as r`,
    }),
    log,
  );
  return addUp(rows, [])[0] ?? { cases: 0, allCases: 0, repeats: 0 };
}

/** Ids of the cases in which a step that does not repeat by design was done again, as a query. */
export function reworked(legitimate: readonly string[]): Sql {
  const allowed = legitimate.map((step) => sql` and step <> ${step}`);
  return sql`select case_id from work_steps where true${joinSql(allowed, '')} group by case_id, step having count(*) > 1`;
}
