import type { QueryRecord } from '../../core/index.ts';
import { type Identifier, identifier, joinSql, type Sql, sql } from '../warehouse/sql.ts';
import { type ColumnSpec, type Row, runStep, type Warehouse } from '../warehouse/warehouse.ts';
import { classOf, type RowClass, type RowTrail } from './row-trail.ts';

/** A class with how many rows are in it, and what they add up to where the trail has a value. */
export interface CountedClass extends RowClass {
  readonly rows: number;
  /** Rows whose value is known, or what they stand for where the value has a weight; with the sum over them. */
  readonly known: number;
  readonly sum: number;
}

const className = identifier('row_class');
const valueName = identifier('row_value');

/** Counts every class of a trail, those without a row too, in the trail's order. */
export async function countClasses(
  warehouse: Warehouse,
  trail: RowTrail,
  log: QueryRecord[],
): Promise<readonly CountedClass[]> {
  const { dialect } = warehouse;
  const value = trail.value ? sql`${dialect.toDouble(trail.value.sql)}` : sql`cast(null as double)`;
  const weight = trail.value?.weight ? dialect.toDouble(trail.value.weight) : sql`1.0`;
  const rows = await runStep<
    Row & { row_class: string; n: number; known: number | null; total: number | null }
  >(
    warehouse,
    {
      name: `rows-of-${trail.table}`,
      purpose: `Puts every row of ${trail.table} in one class: counted, or left out and why.`,
      sql: sql`select ${className}, count(*) as n, sum(case when v is not null then w end) as known, sum(v * w) as total
from (select ${classOf(trail)} as ${className}, ${value} as v, ${weight} as w from ${trail.from}) as classed
group by ${className} order by ${className}`,
    },
    log,
  );
  const found = new Map(rows.map((row) => [row.row_class, row]));
  return trail.classes.map((one) => {
    const row = found.get(one.id);
    return { ...one, rows: row?.n ?? 0, known: row?.known ?? 0, sum: row?.total ?? 0 };
  });
}

/** The columns of a class's rows as they are read: those of the trail, and the value where it has one. */
export function columnsOfRows(trail: RowTrail): readonly ColumnSpec[] {
  return trail.value ? [...trail.columns, { name: valueName.name, kind: 'number' }] : trail.columns;
}

/** True of a row in one of some classes. */
export function inClasses(trail: RowTrail, ids: readonly string[]): Sql {
  const wanted = ids.map((id) => sql`${id}`);
  return sql`${classOf(trail)} in (${joinSql(wanted, ', ')})`;
}

function rowsSql({ dialect }: Warehouse, trail: RowTrail, classId: string): Sql {
  const columns = [
    ...trail.columns.map(({ name }) => sql`${identifier(name)}`),
    ...(trail.value ? [sql`${dialect.toDouble(trail.value.sql)} as ${valueName}`] : []),
  ];
  // The order is taken from the table itself, not from the columns as they are shown.
  const keys = trail.order.map((key, i) => sql`${key} as ${orderKey(i)}`);
  const inOrder = trail.order.map((_, i) => sql`${orderKey(i)} nulls last`);
  const names = columnsOfRows(trail).map(({ name }) => identifier(name));
  return sql`select ${joinSql(names, ', ')}
from (select ${joinSql([...columns, ...keys], ', ')} from ${trail.from} where ${inClasses(trail, [classId])}) as chosen
order by ${joinSql(inOrder, ', ')}`;
}

const orderKey = (i: number): Identifier => identifier(`order_${i}`);

/** Some rows of a class, in the trail's order: `offset` are passed over and at most `limit` read. */
export async function readRows(
  warehouse: Warehouse,
  trail: RowTrail,
  classId: string,
  { limit, offset }: { readonly limit: number; readonly offset: number },
  log: QueryRecord[] = [],
): Promise<readonly Row[]> {
  return runStep(
    warehouse,
    {
      name: `rows-of-${trail.table}-${classId}`,
      purpose: `Reads rows of ${trail.table} of one class, in order.`,
      sql: sql`${rowsSql(warehouse, trail, classId)} limit ${limit} offset ${offset}`,
    },
    log,
  );
}

/** All rows of a class in the trail's order, a batch at a time. */
export function streamRows(
  warehouse: Warehouse,
  trail: RowTrail,
  classId: string,
): AsyncIterable<readonly Row[]> {
  return warehouse.stream(rowsSql(warehouse, trail, classId));
}
