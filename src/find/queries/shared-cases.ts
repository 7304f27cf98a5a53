import { joinSql, type Row, type Sql, sql, type Warehouse } from '../../stores/index.ts';

/** How many cases two sets share, by their places. */
export type SharedCases = (a: number, b: number) => number;

/** Counts the cases that any two sets share, by which sets each case is in: one pass, whatever the number of sets. */
export async function sharedCases(warehouse: Warehouse, sets: readonly Sql[]): Promise<SharedCases> {
  if (sets.length < 2) return () => 0;
  const members = sets.map(
    (cases, place) =>
      sql`select distinct case_id, cast(${2 ** place} as bigint) as bit from (${cases}) as one`,
  );
  const rows = await warehouse.query<Row & { mask: number; cases: number }>(
    sql`select mask, count(*) as cases from (select case_id, cast(sum(bit) as bigint) as mask
  from (${joinSql(members, ' union all ')}) as told group by case_id) as masks group by mask`,
  );
  const has = (mask: number, place: number) => Math.floor(mask / 2 ** place) % 2 === 1;
  return (a, b) => rows.reduce((sum, { mask, cases }) => sum + (has(mask, a) && has(mask, b) ? cases : 0), 0);
}
