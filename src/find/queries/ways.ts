import { type Row, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import { type CaseParts, caseParts } from './case-parts.ts';

/** What `prepareWorkSteps` makes: each case that has steps, the way it goes, and how many events it has. */
export const workWays = 'work_ways';

/** Events of examples that are told apart at once. */
const atOnce = 2_500_000;

/** How cases are counted: in parts, and by the ways they go where that spares work. */
export interface CaseCounting extends CaseParts {
  readonly byWay: boolean;
}

/**
 * Chooses how to count cases. Those of one way have the same steps in the same order, so what is counted of steps
 * alone is counted on one example and taken as many times as there are cases: over the whole log at once where the
 * examples are few, and not at all where nearly every case of many goes its own way.
 */
export async function caseCounting(warehouse: Warehouse): Promise<CaseCounting> {
  const [size] = await warehouse.query<Row & { events: number; examples: number }>(
    sql`select coalesce(sum(all_events), 0) as events, coalesce(sum(one_case), 0) as examples
from (select sum(events) as all_events, max(events) as one_case from work_ways group by way) as w`,
  );
  const { events, examples } = size ?? { events: 0, examples: 0 };
  if (examples <= atOnce) return { events, conditions: [sql`true`], byWay: true };
  return { ...(await caseParts(warehouse)), byWay: examples <= events / 2 };
}

/** The steps of a part to count on: of each example with the number of `cases` it stands for. */
export function countedSteps({ byWay }: CaseCounting, part: Sql): Sql {
  if (!byWay)
    return sql`select case_id as example, 1 as cases, step, next_step from work_steps where ${part}`;
  return sql`select example, cases, step, next_step from work_steps join (
    select min(case_id) as example, count(*) as cases from work_ways where ${part} group by way
  ) as ways on case_id = example where ${part}`;
}
