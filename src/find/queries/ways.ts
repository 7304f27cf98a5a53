import { type Row, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import { type CaseParts, caseParts } from './case-parts.ts';

/** What `prepareWorkSteps` makes: each case that has steps, the way it goes, and how many events it has. */
export const workWays = 'work_ways';

/** Events of examples that are told apart at once. */
const atOnce = 2_500_000;

/**
 * The ways that cases of a part go: for each an `example` and the number of `cases`. Cases of one way have the same
 * steps in the same order, so what is counted of steps alone is counted on the example and taken that many times.
 */
export function waysOf(part: Sql): Sql {
  return sql`select min(case_id) as example, count(*) as cases from work_ways where ${part} group by way`;
}

/** The parts in which to count by ways: the whole log at once, unless nearly every case of many goes its own way. */
export async function partsOfWays(warehouse: Warehouse): Promise<CaseParts> {
  const [size] = await warehouse.query<Row & { events: number; examples: number }>(
    sql`select coalesce(sum(all_events), 0) as events, coalesce(sum(one_case), 0) as examples
from (select sum(events) as all_events, max(events) as one_case from work_ways group by way) as w`,
  );
  const { events, examples } = size ?? { events: 0, examples: 0 };
  return examples <= atOnce ? { events, conditions: [sql`true`] } : caseParts(warehouse);
}
