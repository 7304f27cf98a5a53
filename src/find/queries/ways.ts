import { type Sql, sql } from '../../stores/index.ts';

/** What `prepareWorkSteps` makes: each case that has steps, and the way it goes. */
export const workWays = 'work_ways';

/**
 * The ways that cases of a part go: for each an `example` and the number of `cases`. Cases of one way have the same
 * steps in the same order, so what is counted of steps alone is counted on the example and taken that many times.
 */
export function waysOf(part: Sql): Sql {
  return sql`select min(case_id) as example, count(*) as cases from work_ways where ${part} group by way`;
}
