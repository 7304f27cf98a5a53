import { type ColumnType, formatValue, type Table } from '../../core/index.ts';
import { texts } from '../texts.ts';

const wordTypes: ReadonlySet<ColumnType> = new Set(['text', 'date', 'time', 'period']);

/** How many rows a page shows: all up to `atMost`, otherwise `whenCut` and a link to the rest. */
interface RowLimit {
  readonly atMost: number;
  readonly whenCut: number;
}

/** Below a chart a table confirms; alone it is the evidence. */
export const rowLimits = {
  belowChart: { atMost: 15, whenCut: 12 },
  alone: { atMost: 25, whenCut: 20 },
  none: { atMost: Number.POSITIVE_INFINITY, whenCut: 0 },
} as const satisfies Record<string, RowLimit>;

interface Cell {
  readonly text: string;
  readonly format?: 'numeric';
  readonly classes?: string;
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
  if (isNumeric(type)) return { text, format: 'numeric' };
  return { text, classes: type === 'text' ? 'app-words' : 'app-nowrap' };
}

/** True when each row is a period of its own, so that the latest rows are the last. */
function isSeries(table: Table): boolean {
  const first = table.columns[0];
  if (!first || (first.type !== 'period' && first.type !== 'date')) return false;
  return new Set(table.rows.map((row) => row[first.key])).size === table.rows.length;
}

function shownRows(table: Table, limit: RowLimit): { rows: Table['rows']; cut: string | null } {
  const { rows } = table;
  const { atMost, whenCut } = limit;
  if (rows.length <= atMost) return { rows, cut: null };
  if (isSeries(table))
    return { rows: rows.slice(-whenCut), cut: texts.result.lastRows(whenCut, rows.length) };
  return { rows: rows.slice(0, whenCut), cut: texts.result.firstRows(whenCut, rows.length) };
}

/** Formats a table that stands at `path`, the address of its Result; a long table is cut to the limit. */
export function viewTable(table: Table, path: string, limit: RowLimit): TableView {
  const { rows, cut } = shownRows(table, limit);
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
