import { joinSql, type Row, type Sql, sql, type Warehouse } from '../../stores/index.ts';

/** Sets of cases that overlap so much are about the same cases. */
const nearly = 0.8;

/**
 * The pairs of sets that are nearly the same: members in both over members in either (Jaccard, 1901) are 0.8 or more.
 * `members` is a query of `item`, the number of a set, and `member`. Only sets of similar size are compared.
 */
export async function nearCopies(
  warehouse: Warehouse,
  members: Sql,
): Promise<(a: number, b: number) => boolean> {
  const pairs = await warehouse.query<Row & { a: number; b: number }>(sql`
with m as (select distinct item, member from (${members}) as told),
s as (select item, count(*) as n from m group by item),
p as (select a.item as a, b.item as b, a.n + b.n as n from s as a join s as b on a.item < b.item
  and least(a.n, b.n) >= ${nearly} * greatest(a.n, b.n))
select p.a as a, p.b as b from p join m as x on x.item = p.a join m as y on y.item = p.b and y.member = x.member
group by p.a, p.b, p.n having count(*) >= ${nearly} * (p.n - count(*))`);
  const keys = new Set(pairs.map(({ a, b }) => `${a} ${b}`));
  return (a, b) => keys.has(a < b ? `${a} ${b}` : `${b} ${a}`);
}

/** Keeps the first of any items that are nearly copies of one another, in order. */
export function firstOfCopies<T>(items: readonly T[], isCopy: (a: T, b: T) => boolean): readonly T[] {
  const kept: T[] = [];
  for (const item of items) if (!kept.some((other) => isCopy(item, other))) kept.push(item);
  return kept;
}

/** Keeps the first of any items whose sets of cases are nearly the same, in order. */
export async function withoutNearCopies<T extends { readonly affected: Sql | null }>(
  warehouse: Warehouse,
  items: readonly T[],
): Promise<readonly T[]> {
  const sets = items.flatMap(({ affected }, item) =>
    affected
      ? [sql`select cast(${item} as bigint) as item, case_id as member from (${affected}) as one`]
      : [],
  );
  if (sets.length < 2) return items;
  const isCopy = await nearCopies(warehouse, joinSql(sets, ' union all '));
  const places = new Map(items.map((item, place) => [item, place]));
  return firstOfCopies(items, (a, b) => isCopy(places.get(a) ?? -1, places.get(b) ?? -1));
}
