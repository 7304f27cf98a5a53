import { type ColumnType, formatValue, type Table } from '../../core/index.ts';
import { texts } from '../texts.ts';

const wordTypes: ReadonlySet<ColumnType> = new Set(['text', 'date', 'time', 'period']);
const shownAtMost = 25;
const shownWhenCut = 20;

interface Cell {
  readonly text: string;
  readonly format?: 'numeric';
}

/** A table as its template wants it: head and rows of formatted cells, and what is not shown. */
export interface TableView {
  readonly id: string;
  readonly title: string;
  readonly notes: readonly string[];
  readonly head: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
  /** Says which rows are shown when not all are; null when all are. */
  readonly cut: string | null;
  readonly allRows: string;
  readonly page: string;
  readonly csv: string;
}

function isNumeric(type: ColumnType): boolean {
  return !wordTypes.has(type);
}

function cell(text: string, type: ColumnType): Cell {
  return isNumeric(type) ? { text, format: 'numeric' } : { text };
}

/** True when each row is a period of its own, so that the latest rows are the last. */
function isSeries(table: Table): boolean {
  const first = table.columns[0];
  if (!first || (first.type !== 'period' && first.type !== 'date')) return false;
  return new Set(table.rows.map((row) => row[first.key])).size === table.rows.length;
}

function shownRows(table: Table, all: boolean): { rows: Table['rows']; cut: string | null } {
  const { rows } = table;
  if (all || rows.length <= shownAtMost) return { rows, cut: null };
  if (isSeries(table))
    return { rows: rows.slice(-shownWhenCut), cut: texts.result.lastRows(shownWhenCut, rows.length) };
  return { rows: rows.slice(0, shownWhenCut), cut: texts.result.firstRows(shownWhenCut, rows.length) };
}

/** Formats a table that stands at `path`, the address of its Result; long tables are cut unless all is asked. */
export function viewTable(table: Table, path: string, all = false): TableView {
  const { rows, cut } = shownRows(table, all);
  return {
    id: table.id,
    title: table.title,
    notes: table.notes ?? [],
    head: table.columns.map((column) => cell(column.title, column.type)),
    rows: rows.map((row) =>
      table.columns.map((column) => cell(formatValue(row[column.key] ?? null, column.type), column.type)),
    ),
    cut,
    allRows: texts.result.allRows(table.rows.length),
    page: `${path}/${table.id}`,
    csv: `${path}/${table.id}.csv`,
  };
}
