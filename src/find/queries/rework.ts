import type { QueryRecord } from '../../core/index.ts';
import { identifier, joinSql, type Row, runStep, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import type { Costs } from '../costs.ts';
import { addUp, type CaseParts, caseParts, runInParts, tableInParts } from './case-parts.ts';
import { make } from './make-table.ts';
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

/** The name of the table that `reworkByStep` makes: a row for each step that a case goes through more than once. */
const stepRepeats = 'step_repeats';

/** Steps that a case goes through more than once, as a query of `case_id` and `step`. Needs `step_repeats`. */
export function repeatsIn(part: Sql): Sql {
  return sql`select case_id, step from ${identifier(stepRepeats)} where ${part}`;
}

/**
 * The steps of the work in which a step done again can be: where few ways stand for all cases, those that a way has
 * more than once, so that the cases of the others need not be told apart; else all.
 */
async function stepsThatMayRepeat(
  warehouse: Warehouse,
  log: QueryRecord[],
): Promise<(columns: Sql, part: Sql) => Sql> {
  const counting = await caseCounting(warehouse);
  if (!counting.byWay || counting.conditions.length > 1)
    return (columns, part) => sql`select case_id, step, ${columns} from work_steps where ${part}`;
  await make(
    warehouse,
    'ways_with_repeats',
    'Steps that a way has more than once: cases of one way have the same steps in the same order.',
    sql`select way, step from (
  select w.way as way, s.step as step from work_steps as s join (select way, min(case_id) as example from work_ways group by way) as w on s.case_id = w.example) as e
group by way, step having count(*) > 1`,
    log,
  );
  return (columns, part) => sql`select case_id, step, ${columns} from work_steps join (
    select case_id as repeating, r.step as again from work_ways as w join ways_with_repeats as r on r.way = w.way where ${part}
  ) as r on repeating = case_id and again = step where ${part}`;
}

/** Makes `step_repeats`, with the minutes and pounds of the second and later times. */
async function prepareRepeats(
  warehouse: Warehouse,
  costs: Costs,
  log: QueryRecord[],
  parts: CaseParts,
): Promise<void> {
  const at = identifier('at');
  const stepsOf = await stepsThatMayRepeat(warehouse, log);
  const first = (value: Sql) => warehouse.dialect.valueAtMin(value, sql`position`);
  const columns = sql`position, prev_step, ${at}, ${costs.minutes} as step_minutes, ${costs.pounds} as step_pounds`;
  await tableInParts(
    warehouse,
    parts,
    {
      name: stepRepeats,
      purpose:
        'Steps that a case goes through more than once, with how often, and the minutes and cost of the second and later times.',
      rowsOf: (part) => sql`select case_id, step, count(*) as times,
  sum(case when prev_step = step then 1 else 0 end) as loops,
  sum(step_minutes) - ${first(sql`coalesce(step_minutes, 0)`)} as minutes,
  sum(step_pounds) - ${first(sql`coalesce(step_pounds, 0)`)} as pounds,
  ${warehouse.dialect.secondsBetween(sql`min(${at})`, sql`max(${at})`)} / 86400.0 as days
from (${stepsOf(columns, part)}) as s group by case_id, step having count(*) > 1`,
    },
    log,
  );
}

/** Repeats by step, most cases first, ties by name. Leaves `step_repeats` for what else is asked of them. */
export async function reworkByStep(
  warehouse: Warehouse,
  costs: Costs,
  log: QueryRecord[],
  parts?: CaseParts,
): Promise<readonly StepRework[]> {
  await prepareRepeats(warehouse, costs, log, parts ?? (await caseParts(warehouse)));
  const rows = await runStep<StepRework>(
    warehouse,
    {
      name: 'rework_by_step',
      purpose:
        'Second and later times that a case goes through a step, with their minutes, cost and span of days.',
      sql: sql`select step, count(*) as cases, sum(times - 1) as repeats, sum(loops) as ${identifier('selfLoops')},
  sum(minutes) as minutes, sum(pounds) as pounds, sum(minutes * minutes) as ${identifier('minutesSquared')},
  sum(pounds * pounds) as ${identifier('poundsSquared')}, sum(days) as days
from ${identifier(stepRepeats)} group by step`,
    },
    log,
  );
  return rows.toSorted((a, b) => b.cases - a.cases || (a.step < b.step ? -1 : 1));
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
