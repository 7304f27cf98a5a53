import {
  type CellPlace,
  type Column,
  type ColumnType,
  countOf,
  formatValue,
  listInWords,
  type Table,
  tableCell,
} from '../../core/index.ts';
import { texts } from '../texts.ts';
import { type SequenceView, viewSequences } from './steps-view.ts';

const wordTypes: ReadonlySet<ColumnType> = new Set(['text', 'date', 'time', 'period']);
const sentenceLength = 48;
const denseColumns = 6;

/** How many rows a page shows: all up to `atMost`, otherwise `whenCut` and a link to the rest. */
interface RowLimit {
  readonly atMost: number;
  readonly whenCut: number;
}

/** Below a chart a table confirms; alone it is the evidence. */
export const rowLimits = {
  belowChart: { atMost: 15, whenCut: 12 },
  alone: { atMost: 25, whenCut: 20 },
  /** Items of a list are long: ten are enough to begin with. */
  list: { atMost: 12, whenCut: 10 },
  /** Beyond this a page is slower to read than the CSV. */
  ownPage: { atMost: 1000, whenCut: 1000 },
} as const satisfies Record<string, RowLimit>;

interface Cell {
  readonly text: string;
  readonly format?: 'numeric';
  readonly classes?: string;
  /** The page of the rows that the cell counts, and what a link says of it beside the number. */
  readonly rows?: { readonly href: string; readonly name: string };
}

/** The rows that cells of some columns count: which columns, and where each cell leads. */
export interface CellRows {
  readonly places: readonly CellPlace[];
  readonly hrefOf: (id: string) => string;
}

const noCellRows: CellRows = { places: [], hrefOf: () => '' };

/** A row read by itself: what it is, in a sentence, and the rest as names and values. */
export interface ItemView {
  readonly above: string;
  readonly heading: string;
  readonly facts: readonly { readonly name: string; readonly value: string; readonly words: boolean }[];
  /** The page with the evidence, where the row names one. */
  readonly evidence: string | null;
  /** The page of the cases of a finding, and the words of the link. */
  readonly rows: { readonly href: string; readonly text: string } | null;
  /** The page on which a finding is made an option. */
  readonly option: string | null;
  /** The place at which those who do the work say what the finding is. */
  readonly review: string | null;
}

/** A table as its template wants it: head and rows of formatted cells, and what is not shown. */
export interface TableView {
  readonly id: string;
  readonly title: string;
  readonly notes: readonly string[];
  readonly dense: boolean;
  readonly head: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
  /** The rows as items of a list, for a table that is to be read so; null for a table that is one. */
  readonly items: readonly ItemView[] | null;
  /** The rows as sequences of steps, for a table that holds them; null for any other. */
  readonly sequences: readonly SequenceView[] | null;
  /** Says which rows are shown when not all are; null when all are. */
  readonly cut: string | null;
  readonly allRows: string;
  readonly page: string;
  readonly csv: string;
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

function isEmpty(column: Column, table: Table): boolean {
  return table.rows.length > 0 && table.rows.every((row) => (row[column.key] ?? '') === '');
}

/** True when a column of words says the same in each of several rows, so that one note can say it for all. */
function isConstant({ key, type }: Column, { rows }: Table): boolean {
  const first = rows[0]?.[key] ?? null;
  return rows.length > 2 && wordTypes.has(type) && rows.every((row) => (row[key] ?? null) === first);
}

function sameInAll(column: Column, table: Table): string {
  return `${column.title}: ${formatValue(table.rows[0]?.[column.key] ?? null, column.type)}`;
}

function wordClass({ key, type }: Column, table: Table): string {
  if (type !== 'text') return 'app-nowrap';
  const longest = Math.max(0, ...table.rows.map((row) => String(row[key] ?? '').length));
  return longest > sentenceLength ? 'app-sentence' : 'app-words';
}

/** "The 1,872 cases of this finding", for a row that names one. */
function rowsLink(
  { id, cases }: Table['rows'][number],
  rowsOf: (id: string) => string | null,
): ItemView['rows'] {
  const href = typeof id === 'string' ? rowsOf(id) : null;
  if (href === null) return null;
  const words = typeof cases === 'number' ? countOf(cases, 'case') : 'cases';
  return { href, text: texts.rows.casesOf(words) };
}

/** The rows of a list as items: what is not known is left out, since each item stands by itself. */
function itemsOf(
  table: Table,
  rows: Table['rows'],
  columns: readonly Column[],
  service: string,
  rowsOf: (id: string) => string | null,
): readonly ItemView[] | null {
  const { asList } = table;
  if (!asList) return null;
  const intervals = new Set(columns.flatMap(({ intervalIn }) => intervalIn ?? []));
  const facts = columns.filter(
    ({ key }) => ![asList.heading, asList.above, 'evidence'].includes(key) && !intervals.has(key),
  );
  const rangeOf = (row: Table['rows'][number], { intervalIn }: Column) =>
    intervalIn !== undefined && row[intervalIn] ? ` ${texts.result.range(String(row[intervalIn]))}` : '';
  return rows.map((row) => ({
    above: String(row[asList.above] ?? ''),
    heading: String(row[asList.heading] ?? ''),
    evidence: row.evidence ? `/${service}/${row.evidence}` : null,
    rows: rowsLink(row, rowsOf),
    option:
      table.id === 'findings' && row.id
        ? `/${service}/options/new/${encodeURIComponent(String(row.id))}`
        : null,
    review: row.review ? `/${service}/people#${encodeURIComponent(String(row.review))}` : null,
    facts: facts.flatMap((column) => {
      const { key, title, type } = column;
      const value = row[key] ?? null;
      return value === null || value === ''
        ? []
        : [
            {
              name: title,
              value: `${formatValue(value, type)}${rangeOf(row, column)}`,
              words: wordTypes.has(type),
            },
          ];
    }),
  }));
}

/** The link of a cell to the rows that it counts, where its column leads to rows and it holds a number. */
function cellLink(
  table: Table,
  column: string,
  row: Table['rows'][number],
  { places, hrefOf }: CellRows,
): Pick<Cell, 'rows'> {
  const place = places.find((one) => one.table === table.id && one.column === column);
  const cell = place ? tableCell(table, place, row) : null;
  return cell ? { rows: { href: hrefOf(cell.figure.id), name: cell.figure.name } } : {};
}

/** Formats a table that stands at `path`, the address of its Result; a long table is cut to the limit. */
export function viewTable(
  table: Table,
  path: string,
  limit: RowLimit,
  query = '',
  rowsOf: (id: string) => string | null = () => null,
  cellRows: CellRows = noCellRows,
): TableView {
  const { rows, cut } = shownRows(table, limit);
  const readable = table.columns.filter((column) => !column.forMachines);
  const filled = readable.filter((column) => !isEmpty(column, table));
  const empty = readable.filter((column) => isEmpty(column, table)).map((column) => column.title);
  const same = filled.filter((column) => isConstant(column, table));
  const constant = same.length < filled.length ? same : [];
  const columns = filled.filter((column) => !constant.includes(column));
  const styles = columns.map((column) =>
    wordTypes.has(column.type) ? { classes: wordClass(column, table) } : { format: 'numeric' as const },
  );
  return {
    id: table.id,
    title: table.title,
    notes: [
      ...(constant.length > 0
        ? [texts.result.sameInAll(constant.map((column) => sameInAll(column, table)).join('; '))]
        : []),
      ...(table.notes ?? []),
      ...(empty.length > 0 ? [texts.result.leftOut(listInWords(empty))] : []),
    ],
    dense: columns.length > denseColumns,
    head: columns.map((column, i) => ({ text: column.title, ...styles[i] })),
    rows: rows.map((row) =>
      columns.map(({ key, type }, i) => ({
        text: formatValue(row[key] ?? null, type),
        ...styles[i],
        ...cellLink(table, key, row, cellRows),
      })),
    ),
    items: itemsOf(table, rows, filled, path.split('/')[1] ?? '', rowsOf),
    sequences: viewSequences(table, rows),
    cut,
    allRows: texts.result.allRows(table.rows.length),
    page: `${path}/${table.id}${query}`,
    csv: `${path}/${table.id}.csv${query}`,
  };
}
