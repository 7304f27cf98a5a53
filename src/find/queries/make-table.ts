import type { QueryRecord } from '../../core/index.ts';
import { identifier, type Sql, type Warehouse } from '../../stores/index.ts';

/** Makes a temporary table of what a query gives, and notes the step. */
export async function make(
  warehouse: Warehouse,
  name: string,
  purpose: string,
  body: Sql,
  log: QueryRecord[],
): Promise<void> {
  const statement = warehouse.dialect.createTemporary('table', identifier(name), body);
  log.push(warehouse.explain({ name, purpose, sql: statement }));
  await warehouse.run(statement);
}
