import { join } from 'node:path';
import {
  type CanonicalTable,
  canonicalTables,
  identifier,
  joinSql,
  keyword,
  type Sql,
  sql,
  type Warehouse,
} from '../../stores/index.ts';
import type { Manifest } from './manifest.ts';
import { typeNames } from './type-names.ts';

function emptyView(name: CanonicalTable): Sql {
  const columns = canonicalTables[name].map(
    (column) => sql`cast(null as ${keyword(typeNames[column.kind])}) as ${identifier(column.name)}`,
  );
  return sql`create or replace view ${identifier(name)} as select ${joinSql(columns, ', ')} where false`;
}

/** Makes the canonical tables visible in the warehouse: views over the table files, empty views for the rest. */
export async function showTables(
  warehouse: Warehouse,
  store: string,
  manifest: Manifest,
): Promise<ReadonlySet<CanonicalTable>> {
  const filled = new Set<CanonicalTable>();
  for (const name of Object.keys(canonicalTables) as CanonicalTable[]) {
    const table = manifest.tables[name];
    if (table && table.files.length > 0) {
      await warehouse.viewParquet(
        name,
        table.files.map(({ file }) => join(store, file)),
      );
      if (table.rows > 0) filled.add(name);
    } else await warehouse.run(emptyView(name));
  }
  return filled;
}
