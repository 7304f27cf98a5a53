import { type Row, type Sql, sql, type Warehouse } from '../../stores/index.ts';

/** Cases in both sets over cases in either (Jaccard, 1901); 0 when both are empty. Sets are queries of `case_id`. */
async function jaccard(warehouse: Warehouse, a: Sql, b: Sql): Promise<number> {
  const [row] = await warehouse.query<Row & { both: number; either: number }>(sql`
select coalesce(sum(case when n = 2 then 1 else 0 end), 0) as both, count(*) as either from (
  select case_id, count(*) as n from (
    select distinct case_id from (${a}) as first_set union all select distinct case_id from (${b}) as second_set
  ) as sets group by case_id) as counted`);
  return row && row.either > 0 ? row.both / row.either : 0;
}

/** Keeps the first of any items whose sets of cases are nearly the same (overlap of 0.8 or more), in order. */
export async function withoutNearCopies<T extends { readonly affected: Sql | null; readonly cases: number }>(
  warehouse: Warehouse,
  items: readonly T[],
): Promise<readonly T[]> {
  const kept: T[] = [];
  for (const item of items) {
    let copy = false;
    for (const other of kept) {
      if (item.affected === null || other.affected === null) continue;
      const sizes = Math.min(item.cases, other.cases) / Math.max(item.cases, other.cases, 1);
      if (sizes >= 0.8 && (await jaccard(warehouse, item.affected, other.affected)) >= 0.8) copy = true;
      if (copy) break;
    }
    if (!copy) kept.push(item);
  }
  return kept;
}
