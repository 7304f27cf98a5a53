import { sha256Hex } from './provenance.ts';
import type { CellValue, Figure, Result, Table, Unit } from './result.ts';

type TableRow = Table['rows'][number];

/** A column of a table whose cells lead to the rows that they count, and the columns that tell its rows apart. */
export interface CellPlace {
  readonly table: string;
  readonly column: string;
  readonly keys: readonly string[];
}

/** Letters, digits and hyphens of one value of a row, with a fingerprint where that leaves something out. */
function wordOf(value: CellValue | undefined): string {
  const text = String(value ?? '');
  if (/^[\w-]{1,40}$/.test(text)) return text;
  const plain = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 24);
  return `${plain}-${sha256Hex(text).slice(0, 8)}`;
}

/** The name of a cell in addresses: the table, the column and what tells its row apart, with full stops between. */
export function cellId({ table, column, keys }: CellPlace, row: TableRow): string {
  return [table, column, ...keys.map((key) => wordOf(row[key]))].join('.');
}

/** A cell that leads to rows, with its row and table: what traces it needs to know. */
export interface TableCell {
  readonly place: CellPlace;
  readonly table: Table;
  readonly row: TableRow;
  /** The cell as a figure: named by its column and by the words of its row. */
  readonly figure: Figure;
}

const units: ReadonlySet<string> = new Set<Unit>([
  'count',
  'share',
  'growth',
  'percentage-points',
  'index',
  'pounds',
  'days',
  'hours',
  'minutes',
  'seconds',
  'number',
]);
const isUnit = (type: string): type is Unit => units.has(type);

/** "April 2025, Letters answered": what a row is about, in the words of its columns; keys that only files need are left out. */
function rowName(table: Table, place: CellPlace, row: TableRow): string {
  const periods = table.columns.filter(({ type }) => type === 'period').map(({ key }) => key);
  const read = table.columns.filter(({ key, forMachines }) => place.keys.includes(key) && !forMachines);
  const keys = new Set([...read.map(({ key }) => key), ...periods]);
  return table.columns
    .filter(({ key }) => keys.has(key))
    .flatMap(({ key }) => (row[key] === null || row[key] === '' ? [] : [String(row[key])]))
    .join(', ');
}

/** A cell that leads to rows; null where it is no number, as where too few cases are behind it. */
export function tableCell(table: Table, place: CellPlace, row: TableRow): TableCell | null {
  const value = row[place.column];
  const column = table.columns.find(({ key }) => key === place.column);
  if (typeof value !== 'number' || !column || !isUnit(column.type) || table.id !== place.table) return null;
  return {
    place,
    table,
    row,
    figure: {
      id: cellId(place, row),
      name: `${column.title}: ${rowName(table, place, row)}`,
      value,
      unit: column.type,
      interval: null,
      period: null,
    },
  };
}

/** The cell of a Result's tables that has this id, among the places that lead to rows; null where none has. */
export function findCell(
  result: Pick<Result, 'tables'>,
  places: readonly CellPlace[],
  id: string,
): TableCell | null {
  for (const place of places) {
    if (!id.startsWith(`${place.table}.${place.column}.`)) continue;
    const table = result.tables.find((one) => one.id === place.table);
    const row = table?.rows.find((one) => cellId(place, one) === id);
    if (table && row) return tableCell(table, place, row);
  }
  return null;
}
