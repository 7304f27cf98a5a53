import type { CellValue, Table } from '../../core/index.ts';

const formulaStart = /^[=+\-@\t\r]/;

/** One cell by RFC 4180: full precision, null empty, text that a spreadsheet would read as a formula made harmless. */
function cell(value: CellValue | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  if (typeof value === 'boolean') return String(value);
  const safe = formulaStart.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The header line of a table as CSV: keys of the columns; the titles are in the datapackage. */
export function csvHeader(columns: Table['columns']): string {
  return `${columns.map(({ key }) => cell(key)).join(',')}\r\n`;
}

/** Rows as lines of CSV (RFC 4180, CRLF), for tables that are written a part at a time. */
export function csvRows(columns: Table['columns'], rows: Table['rows']): string {
  return rows.map((row) => `${columns.map(({ key }) => cell(row[key])).join(',')}\r\n`).join('');
}

/** A whole table as CSV. */
export function tableToCsv({ columns, rows }: Table): string {
  return csvHeader(columns) + csvRows(columns, rows);
}
