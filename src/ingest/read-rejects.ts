import type { Column, Table } from '../core/index.ts';
import { identifier, joinSql, type Row, type Sql, sql } from '../stores/index.ts';
import type { Workspace } from './workspace.ts';

/** The columns of rows set aside, as they are handed out. */
const rejectColumns: readonly Column[] = [
  { key: 'file', title: 'File', type: 'text' },
  { key: 'line', title: 'Line', type: 'count' },
  { key: 'column', title: 'Column', type: 'text' },
  { key: 'value', title: 'What stood there', type: 'text' },
  { key: 'reason', title: 'Reason', type: 'text' },
];

/** Rows set aside, a part at a time: they may be as many as the rows of the file. */
export interface RejectBatch {
  readonly columns: Table['columns'];
  readonly rows: Table['rows'];
}

/** True when some row of the workspace, or of one of its files, was set aside for this reason. */
export function hasRejects(
  sources: Workspace['manifest']['sources'],
  reason: string,
  file?: string,
): boolean {
  return sources.some(
    (source) =>
      (file === undefined || source.file === file) && source.reasons.some((entry) => entry.reason === reason),
  );
}

async function* handOut(
  workspace: Workspace,
  query: Sql,
  files: readonly string[],
): AsyncIterable<RejectBatch> {
  for await (const rows of workspace.warehouse.stream<Row>(query))
    yield {
      columns: rejectColumns,
      rows: rows.map(({ source, ...row }) => ({ file: files[Number(source) - 1] ?? null, ...row })),
    };
}

/** The rows set aside for one reason, in the order of the files and their lines; of one file where it is named. */
export function streamRejects(
  workspace: Workspace,
  reason: string,
  file?: string,
): AsyncIterable<RejectBatch> {
  const files = workspace.manifest.sources.map((source) => source.file);
  const wanted = files.flatMap((name, at) => (file === undefined || name === file ? [at + 1] : []));
  const numbers = joinSql(
    wanted.map((number) => sql`${number}`),
    ', ',
  );
  const query = sql`select source, line, ${identifier('column')}, value, reason from rejects
where reason = ${reason} and source in (${numbers})
order by source, line, ${identifier('column')}`;
  return handOut(workspace, query, files);
}
