import { identifier, joinSql, type Sql, sql } from '../../stores/index.ts';
import { repeatsIn } from './rework.ts';

const at = identifier('at');

function oneOf(steps: readonly string[]): Sql {
  if (steps.length === 0) return sql`false`;
  const list = joinSql(
    steps.map((step) => sql`${step}`),
    ', ',
  );
  return sql`step in (${list})`;
}

/** When a case first goes through any of some steps: a query of `case_id` and `at`. */
export function timesOf(steps: readonly string[]): Sql {
  return sql`select case_id, ${at} from timed_events where ${oneOf(steps)}`;
}

/** When a case has gone through each of some steps that it goes through at all. */
export function timesOfAll(steps: readonly string[]): Sql {
  return sql`select case_id, max(first_of_step) as ${at} from (
  select case_id, step, min(${at}) as first_of_step from (select case_id, step, ${at} from timed_events
    where ${oneOf(steps)}) as passed group by case_id, step) as firsts group by case_id`;
}

/** When a case goes through any of some steps for the second time. */
export function timesAgain(steps: readonly string[]): Sql {
  return secondTimes(oneOf(steps));
}

/** The same of the cases that `step_repeats` names, which it needs: the others need not be put in order. */
export function timesRepeated(step: string): Sql {
  return secondTimes(
    sql`step = ${step} and case_id in (select case_id from (${repeatsIn(sql`step = ${step}`)}) as again)`,
  );
}

function secondTimes(condition: Sql): Sql {
  return sql`select case_id, ${at} from (select case_id, ${at}, row_number() over (partition by case_id, step order by position) as time_of_step
  from work_steps where ${condition}) as numbered where time_of_step = 2`;
}
