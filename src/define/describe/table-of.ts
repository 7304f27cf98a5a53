import type { CellValue, Column, ColumnType, Table } from '../../core/index.ts';

type Row = Readonly<Record<string, CellValue>>;

/** A table of what the charter says; none where it has no such entries. */
export function tableOf(
  id: string,
  title: string,
  columns: readonly (readonly [key: string, title: string, type?: ColumnType])[],
  rows: readonly Row[],
  notes: readonly string[] = [],
): readonly Table[] {
  if (rows.length === 0) return [];
  const specs: Column[] = columns.map(([key, name, type = 'text']) => ({ key, title: name, type }));
  return [{ id, title, columns: specs, rows, ...(notes.length > 0 ? { notes } : {}) }];
}

/** What the charter says of one thing; nothing where it does not say. */
export type Said = readonly [what: string, is: string | undefined];

/** A table of single statements; none where the charter makes none of them. */
export function saidTable(id: string, title: string, said: readonly Said[]): readonly Table[] {
  return tableOf(
    id,
    title,
    [
      ['what', 'What'],
      ['is', 'As the charter says'],
    ],
    said.flatMap(([what, is]) => (is === undefined ? [] : [{ what, is }])),
  );
}
