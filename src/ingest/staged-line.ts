import { join } from 'node:path';
import { identifier, joinSql, type Row, sql } from '../stores/index.ts';
import { storeFolder, type Workspace } from './workspace.ts';

/** The first row of a file, by time, that is dated no earlier than an instant; of one case where it is known. */
export interface DatedRow {
  /** Number of the source, as the `source` column has it. */
  readonly source: number;
  /** Names of the times, the first of which is taken where it is known. */
  readonly times: readonly string[];
  /** ISO instant. */
  readonly from: string;
  /** The pseudonym of its case. */
  readonly caseId: string | null;
}

/** Finds the line of its file at which a row stands; null where the import kept none. */
export type FindLine = (row: DatedRow) => Promise<number | null>;

type StagedRows = Pick<Workspace, 'dir' | 'manifest' | 'warehouse'>;

const view = 'staged_row_place';

async function lineOf(
  { dir, manifest, warehouse }: StagedRows,
  { source, times, from, caseId }: DatedRow,
): Promise<number | null> {
  const staged = manifest.sources[source - 1]?.staged.filter(({ part }) => part === 'main') ?? [];
  if (staged.length === 0) return null;
  await warehouse.viewParquet(
    view,
    staged.map(({ file }) => join(storeFolder(dir), file)),
  );
  const names = new Set((await warehouse.columns(view)).map(({ name }) => name));
  const known = times.filter((time) => names.has(time)).map(identifier);
  if (!names.has('line') || known.length === 0) return null;
  const at = sql`coalesce(${joinSql([...known, sql`null`], ', ')})`;
  const ofCase = caseId === null ? sql`` : sql` and case_id = ${caseId}`;
  const [found] = await warehouse.query<Row & { line: number }>(
    sql`select line from ${identifier(view)} where ${at} >= ${warehouse.dialect.timestampValue(from)}${ofCase} order by ${at}, seq limit 1`,
  );
  return found?.line ?? null;
}

/** Looks rows up in what the import of each file staged: the tables themselves do not keep lines. */
export function lineFinder({ dir, manifest, warehouse }: StagedRows): FindLine {
  return async (row) => {
    try {
      return await lineOf({ dir, manifest, warehouse }, row);
    } catch {
      // The tables hold without it, and a check of them must not fail for want of a place to name.
      return null;
    }
  };
}
