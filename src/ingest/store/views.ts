import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { WellspentError, WellspentFaults } from '../../core/index.ts';
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
import { fileSha256 } from '../file-sha256.ts';
import type { Manifest, WrittenFile } from './manifest.ts';
import { typeNames } from './type-names.ts';

// Files found good in this process, by path, size and time of change: large tables are hashed once, not per page.
const verified = new Map<string, string>();

async function checkFile(store: string, written: WrittenFile): Promise<WellspentError | null> {
  const path = join(store, written.file);
  const changed = (found: string) =>
    new WellspentError('WAREHOUSE_FILE_CHANGED', `${path} is not the file that was written.`, {
      where: { file: path },
      found,
      hint: 'wellspent add FILE, with the original extract',
    });
  if (!existsSync(path)) return changed('no file');
  const { size, mtimeMs } = statSync(path);
  if (size !== written.bytes) return changed(`${size} bytes instead of ${written.bytes}`);
  const state = `${size} ${mtimeMs} ${written.sha256}`;
  if (verified.get(path) === state) return null;
  const found = await fileSha256(path);
  if (found !== written.sha256) return changed(`SHA-256 ${found}`);
  verified.set(path, state);
  return null;
}

/** Checks every table file against the manifest and reports all that differ. */
export async function verifyTables(store: string, manifest: Manifest): Promise<void> {
  const faults: WellspentError[] = [];
  for (const { files } of Object.values(manifest.tables)) {
    for (const file of files) {
      const fault = await checkFile(store, file);
      if (fault) faults.push(fault);
    }
  }
  if (faults.length > 0)
    throw new WellspentFaults('WAREHOUSE_FILE_CHANGED', 'Table files of the workspace have changed.', faults);
}

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
