import { identifier, joinSql, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import { comparable } from '../mapping/names.ts';
import { notListed, placeOf, type StagedView } from './staged-rows.ts';

/** How a column is called that may tell each event from every other: "Event ID", "guid", "Transaction ref". */
const calledId =
  /^(?:event|activity|action|task|step|status|history|audit|log|record|row|entry|transaction|item|workitem|change|unique)?(?:id|uid|guid|uuid|identifier|number|no|ref|reference|key)$/;

/** The part of the ids that two extracts share which must stand for the same step in both; a step may be corrected. */
const leastAgreeing = 0.9;

function idOf({ attributes }: StagedView, name: string, warehouse: Warehouse): Sql {
  return warehouse.dialect.toText(sql`${identifier(attributes.get(name) as string)}`);
}

/** True for a column in which every row has an id of its own. */
async function isUnique(view: StagedView, name: string, warehouse: Warehouse): Promise<boolean> {
  const id = idOf(view, name, warehouse);
  const [row] = await warehouse.query<{ rows: number; different: number }>(
    sql`select count(*) as ${identifier('rows')}, count(distinct ${id}) as different from ${identifier(view.view)}`,
  );
  return row !== undefined && row.rows > 0 && row.rows === row.different;
}

/** How many ids two extracts share, and how many of these are of the same case, and of the same step, in both. */
async function sharedIds(one: StagedView, other: StagedView, name: string, warehouse: Warehouse) {
  const rowsOf = (view: StagedView) =>
    sql`select ${idOf(view, name, warehouse)} as id, case_id, step from ${identifier(view.view)}`;
  const [row] = await warehouse.query<{ shared: number; cases: number; steps: number }>(
    sql`select count(*) as shared, count(case when a.case_id = b.case_id then 1 end) as cases,
  count(case when a.step = b.step then 1 end) as steps
from (${rowsOf(one)}) as a join (${rowsOf(other)}) as b on a.id = b.id`,
  );
  return row ?? { shared: 0, cases: 0, steps: 0 };
}

/**
 * True where an id means the same event in every extract: some extracts share ids, and those that do mean the same case
 * by each and nearly always the same step. Rows that each file counts from one share ids without meaning anything by them.
 */
async function isLasting(views: readonly StagedView[], name: string, warehouse: Warehouse): Promise<boolean> {
  let all = 0;
  for (const [i, one] of views.entries())
    for (const other of views.slice(i + 1)) {
      const { shared, cases, steps } = await sharedIds(one, other, name, warehouse);
      if (cases < shared || steps < leastAgreeing * shared) return false;
      all += shared;
    }
  return all > 0;
}

/** Extracts of events whose rows a column tells apart, in all of them alike. */
export interface EventIds {
  readonly name: string;
  readonly views: readonly StagedView[];
}

/** Finds a column that tells each event from every other in two extracts or more; null where none is sure to. */
export async function eventIds(views: readonly StagedView[], warehouse: Warehouse): Promise<EventIds | null> {
  const free = views.filter(({ as, group }) => as === 'events' && group === null);
  const names = [...new Set(free.flatMap(({ attributes }) => [...attributes.keys()]))].filter((name) =>
    calledId.test(comparable(name)),
  );
  for (const name of names) {
    const holders: StagedView[] = [];
    const named = free.filter(({ attributes }) => attributes.has(name));
    if (named.length < 2) continue;
    for (const view of named) if (await isUnique(view, name, warehouse)) holders.push(view);
    if (holders.length > 1 && (await isLasting(holders, name, warehouse))) return { name, views: holders };
  }
  return null;
}

/** Rows of which a later extract holds the event again, by its id. */
export function sameIdsSql({ name, views }: EventIds, warehouse: Warehouse): Sql {
  const { valueAtMax } = warehouse.dialect;
  const rows = views.map(
    (view) =>
      sql`select ${placeOf(view)}, ${idOf(view, name, warehouse)} as id from ${identifier(view.view)} where ${notListed(view)}`,
  );
  return sql`with rows_in as (${joinSql(rows, ' union all ')}),
newest as (select id, max(source) as source, ${valueAtMax(sql`seq`, sql`source`)} as seq from rows_in group by id)
select a.source, a.seq, a.line, b.source as by_source, b.seq as by_seq
from rows_in as a join newest as b on a.id = b.id and b.source > a.source`;
}
