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

/** A table as CSV (RFC 4180, CRLF), keys of the columns as header; the titles are in the datapackage. */
export function tableToCsv(table: Table): string {
  const header = table.columns.map(({ key }) => cell(key)).join(',');
  const rows = table.rows.map((row) => table.columns.map(({ key }) => cell(row[key])).join(','));
  return `${[header, ...rows].join('\r\n')}\r\n`;
}
