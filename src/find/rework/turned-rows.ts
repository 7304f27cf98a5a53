import type { QueryRecord } from '../../core/index.ts';
import type { Charter } from '../../define/index.ts';
import { identifier, joinSql, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import type { Costs } from '../costs.ts';
import { caseParts, runInParts } from '../queries/case-parts.ts';

const at = identifier('at');
const loop = identifier('loop');

/** Steps as values of a list in SQL; there must be one at least. */
export function stepList(steps: readonly string[]): Sql {
  return joinSql(
    steps.map((step) => sql`${step}`),
    ', ',
  );
}

/**
 * Makes `turned_rows`: the steps, in order, of every case with a step of the charter's `rejection`. `turned` marks such
 * a step. `back` marks the row with which a case comes back: the first after it of `submission`, or, where the charter
 * names none, the first step after it that the case had done before it. `loop` counts the times it has come back, up to
 * and with the row; `times` how often the case has done the step so far; `own_at` when it did so last. `again` is true
 * for a second or later time of a step that does not repeat by design. False where the charter names no rejection.
 */
export async function prepareTurnedRows(
  warehouse: Warehouse,
  steps: NonNullable<Charter['steps']>,
  costs: Costs,
  log: QueryRecord[],
): Promise<boolean> {
  const { rejection = [], submission = [], legitimate_repeats: byDesign = [] } = steps;
  if (rejection.length === 0) return false;
  const turns = stepList(rejection);
  const returns =
    submission.length > 0 ? sql`step in (${stepList(submission)})` : sql`own_before < last_turned`;
  const again = byDesign.length > 0 ? sql`times > 1 and step not in (${stepList(byDesign)})` : sql`times > 1`;
  const before = sql`over (partition by case_id order by position rows between unbounded preceding and 1 preceding)`;
  const own = sql`over (partition by case_id, step order by position)`;
  const body = (
    part: Sql,
  ) => sql`with t as (select case_id, step, ${at}, position, ${costs.minutes} as minutes, ${costs.pounds} as pounds,
  case when step in (${turns}) then 1 else 0 end as turned, row_number() ${own} as times,
  lag(position) ${own} as own_before, lag(${at}) ${own} as own_at
from work_steps where ${part} and case_id in (select case_id from work_steps where ${part} and step in (${turns}))),
u as (select t.*, max(case when turned = 1 then position end) ${before} as last_turned from t),
c as (select u.*, case when turned = 0 and last_turned is not null and ${returns} then position end as candidate from u),
v as (select c.*, case when candidate is not null and coalesce(max(candidate) ${before}, 0) < last_turned then 1 else 0 end as back from c)
select case_id, step, ${at}, position, minutes, pounds, turned, times, own_at, back,
  ${again} as again,
  sum(back) over (partition by case_id order by position rows between unbounded preceding and current row) as ${loop} from v`;
  const name = identifier('turned_rows');
  let made = false;
  await runInParts(
    warehouse,
    await caseParts(warehouse),
    (part) => {
      const statement = made
        ? sql`insert into ${name} ${body(part)}`
        : warehouse.dialect.createTemporary('table', name, body(part));
      made = true;
      return {
        name: 'turned_rows',
        purpose: 'Steps of cases that were turned back or down, with where each comes back.',
        sql: statement,
      };
    },
    log,
  );
  return true;
}
