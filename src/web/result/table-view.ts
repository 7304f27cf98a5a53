import {
  type CellPlace,
  type Column,
  formatValue,
  listInWords,
  type Table,
  tableCell,
} from '../../core/index.ts';
import { texts } from '../texts.ts';
import { type ItemView, viewItems } from './list-view.ts';
import { type SequenceView, viewSequences } from './steps-view.ts';
import { wordTypes } from './word-types.ts';

const sentenceLength = 48;
const denseColumns = 6;
const longNote = 200;
const leastColumns = 2;
/** More columns of words than this have to share the width. */
const roomyColumns = 4;
/** So many columns of words, or one of sentences or of dates with their hours, leave no room for others on a phone. */
const columnsOfWords = 3;

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
  /** Items that are a line each until opened. */
  cards: { atMost: 60, whenCut: 60 },
  /** Beyond this a page is slower to read than the CSV. */
  ownPage: { atMost: 1000, whenCut: 1000 },
} as const satisfies Record<string, RowLimit>;

interface Cell {
  readonly text: string;
  readonly format?: 'numeric';
  readonly classes?: string;
  /** What a filled cell is called where its row is read as a block, without the head above it. */
  readonly attributes?: { readonly 'data-label': string };
  /** The page of the rows that the cell counts, and what a link says of it beside the number. */
  readonly rows?: { readonly href: string; readonly name: string };
}

/** The rows that cells of some columns count: which columns, and where each cell leads. */
export interface CellRows {
  readonly places: readonly CellPlace[];
  readonly hrefOf: (id: string) => string;
}

const noCellRows: CellRows = { places: [], hrefOf: () => '' };

/** A table as its template wants it: head and rows of formatted cells, and what is not shown. */
export interface TableView {
  readonly id: string;
  readonly title: string;
  readonly notes: readonly string[];
  /** The notes of a list: what takes a paragraph is folded away. */
  readonly longNotes: readonly string[];
  readonly shortNotes: readonly string[];
  readonly dense: boolean;
  /** True when each row is a block of its own on a narrow screen. */
  readonly stacked: boolean;
  /** True when several columns hold sentences, or many hold words, which then have to share the width. */
  readonly wordy: boolean;
  readonly folded: boolean;
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
  // What is said of all rows is one sentence, also where each says one of its own.
  const said = formatValue(table.rows[0]?.[column.key] ?? null, column.type);
  return `${column.title}: ${said.replace(/\.$/, '')}`;
}

function wordClass({ key, type }: Column, table: Table): string {
  if (type !== 'text') return 'app-nowrap';
  const longest = Math.max(0, ...table.rows.map((row) => String(row[key] ?? '').length));
  return longest > sentenceLength ? 'app-sentence' : 'app-words';
}

function isSentence({ classes }: Pick<Cell, 'classes'>): boolean {
  return classes === 'app-sentence';
}

/** True when a table is words to read rather than numbers to hold against each other. */
function isOfWords(columns: readonly Column[], styles: readonly Pick<Cell, 'format' | 'classes'>[]): boolean {
  const words = styles.filter(({ format }) => format === undefined);
  const isTimed = columns.some(({ type }) => type === 'time');
  return words.some(isSentence) || words.length >= columnsOfWords || isTimed;
}

function hasToShare(styles: readonly Pick<Cell, 'format' | 'classes'>[]): boolean {
  const words = styles.filter(({ format }) => format === undefined);
  return words.filter(isSentence).length > 1 || words.length > roomyColumns;
}

function label(title: string, text: string): Pick<Cell, 'attributes'> {
  return text === '' ? {} : { attributes: { 'data-label': title } };
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
  // Names alone, with all that is said of them in a note below, would be no table.
  const constant = filled.length - same.length >= leastColumns ? same : [];
  const columns = filled.filter((column) => !constant.includes(column));
  const styles: readonly Pick<Cell, 'format' | 'classes'>[] = columns.map((column) =>
    wordTypes.has(column.type) ? { classes: wordClass(column, table) } : { format: 'numeric' },
  );
  const stacked = isOfWords(columns, styles);
  const notes = [
    ...(constant.length > 0
      ? [texts.result.sameInAll(constant.map((column) => sameInAll(column, table)).join('; '))]
      : []),
    ...(table.notes ?? []),
    ...(table.asList?.cards && table.asList.cards.open > 0 && rows.length > 0
      ? [texts.result.inBrackets]
      : []),
    ...(empty.length > 0 && !table.asList ? [texts.result.leftOut(listInWords(empty))] : []),
  ];
  return {
    id: table.id,
    title: table.title,
    notes,
    longNotes: notes.filter((note) => note.length > longNote),
    shortNotes: notes.filter((note) => note.length <= longNote),
    folded: table.folded ?? false,
    dense: columns.length > denseColumns,
    stacked,
    wordy: hasToShare(styles),
    head: columns.map((column, i) => ({ text: column.title, ...styles[i] })),
    rows: rows.map((row) =>
      columns.map(({ key, title, type }, i) => {
        const text = formatValue(row[key] ?? null, type);
        return {
          text,
          ...styles[i],
          ...(stacked ? label(title, text) : {}),
          ...cellLink(table, key, row, cellRows),
        };
      }),
    ),
    items: viewItems(table, rows, filled, path.split('/')[1] ?? '', rowsOf),
    sequences: viewSequences(table, rows),
    cut,
    allRows: texts.result.allRows(table.rows.length),
    page: `${path}/${table.id}${query}`,
    csv: `${path}/${table.id}.csv${query}`,
  };
}
