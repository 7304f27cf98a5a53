import type { ErrorCode } from '../../core/index.ts';
import type { ShapedColumns } from '../shapes/extract-shape.ts';
import type { Cells } from './cells.ts';

/** Columns of an event extract whose name starts so belong to the case, not to the row (as in pm4py's tables). */
export const casePrefix = 'case:';

/** A fault of one row: where, in which column, what stood there, and the reason code. */
export interface RowFault {
  /** Line as a text editor counts it; event number for XES and OCEL; row number for Parquet, JSON and sheets. */
  readonly line: number;
  readonly column: string | null;
  readonly value: string | null;
  readonly reason: ErrorCode;
}

/** Rows as text, column by column. The empty string means that nothing was there. */
export interface RawBatch {
  readonly rows: number;
  readonly lines: readonly number[];
  /** One array for each of the table's columns so far; columns found later are added at the end. */
  readonly columns: readonly Cells[];
  /** Rows that could not be split into fields: they count as rows in, and are set aside. */
  readonly faults: readonly RowFault[];
  /** Rows that stand for a case without events (XES): not rows of the source. */
  readonly caseOnly?: ReadonlySet<number>;
  /** Rows that repeat the event of an earlier row for another case (OCEL): not rows of the source. */
  readonly repeats?: ReadonlySet<number>;
  /**
   * Where rows of the source were spread over events, the column that each event's time was read from. A row and
   * the repeats behind it are one row of the source: a fault of one sets all aside, and one without a time is no event.
   */
  readonly titles?: readonly string[];
}

/** A thing worth saying about a source that is not a fault. */
export interface Notice {
  readonly code: ErrorCode;
  readonly message: string;
  readonly count?: number;
}

export type SourceFormat = 'delimited' | 'json' | 'ocel' | 'parquet' | 'xes' | 'xlsx';

/** True for formats that name their case, step and time themselves. */
export function isEventLog(format: SourceFormat): boolean {
  return format === 'xes' || format === 'ocel';
}

/** True for formats in which a column may first appear anywhere in the file. */
export function columnsComeLate(format: string): boolean {
  return format === 'json' || format === 'ocel' || format === 'xes';
}

/** True for formats in which dates are text, so that the order of day and month must be found out. */
export function datesAreText(format: SourceFormat): boolean {
  return format === 'delimited' || format === 'xlsx' || format === 'json';
}

/** A column and its place in the file. */
export interface PlacedColumn {
  readonly column: string;
  readonly index: number;
}

/** A file opened by one of the readers: a stream of text columns that can be read once from the start. */
export interface RawTable {
  readonly format: SourceFormat;
  /** Names of the columns; the list grows while an XES file is read. */
  readonly columns: readonly string[];
  /** What the reader found out: encoding, delimiter, header line and so on. */
  readonly facts: Readonly<Record<string, string | number>>;
  /** True when every case of the file counts, with events or without (XES traces). */
  readonly listsCases: boolean;
  batches(): AsyncIterable<RawBatch>;
  /** Says that nobody reads some columns: from the next batch on their cells may be missing. */
  leaveOut?(columns: ReadonlySet<string>): void;
  /** Complete only after the last batch. */
  notices(): readonly Notice[];
  /** Lengths of the whole numbers that a column holds as numbers rather than as text (workbooks). */
  numberLengths?(column: string): ReadonlySet<number>;
  /** Columns in which some row held a list, and the first such row's line (JSON). */
  lists?(): ReadonlyMap<string, number>;
  /** Ways to tell steps apart that a log names, and the attributes it declares; known from the first batch on (XES). */
  classifiers?(): {
    readonly named: readonly { readonly name: string; readonly keys: string }[];
    readonly declared: readonly string[];
  };
  /** What the shape of the table tells, where its rows are no events as they stand. */
  readonly shaped?: ShapedColumns;
}

/** Limits on what a file may do to us; the defaults are generous and settable for tests. */
export interface ReadLimits {
  /** Bytes that a compressed file may unpack to, whatever its ratio. */
  readonly unpackedBytes: number;
  /** Beyond this many unpacked bytes the ratio is checked. */
  readonly ratioFrom: number;
  readonly ratio: number;
  readonly xmlDepth: number;
  readonly jsonDepth: number;
  /** Members of a zip archive, and the bytes that one may unpack to. */
  readonly members: number;
  readonly memberBytes: number;
  /** Characters that a workbook's table of shared texts may hold, since it is kept in memory. */
  readonly sharedCharacters: number;
  /** Columns that a file may have. */
  readonly columns: number;
}

export const defaultLimits: ReadLimits = {
  unpackedBytes: 50e9,
  ratioFrom: 100e6,
  ratio: 200,
  xmlDepth: 64,
  jsonDepth: 64,
  members: 1_000,
  memberBytes: 2e9,
  sharedCharacters: 60e6,
  columns: 1_000,
};

export interface ReadOptions {
  readonly limits?: Partial<ReadLimits>;
  readonly encoding?: string;
  /** What separates the values of delimited text: one character, `tab` or `space`; found where it is left out. */
  readonly delimiter?: string | undefined;
  /** The sheet of a workbook to read. */
  readonly sheet?: string | undefined;
  /** The only columns that need be read, where a format can read some alone (Parquet); all by default. */
  readonly onlyColumns?: (column: string) => boolean;
  /** The object type that an object-centric log is flattened by. */
  readonly objectType?: string | undefined;
  /** Called with bytes of the file read so far. */
  readonly onBytes?: (bytes: number) => void;
  readonly signal?: AbortSignal;
}

/** Rows handed on at a time: few enough that a column's array dies young instead of as a large object. */
export const batchRows = 8_192;
/** Cells likewise. Of the first batch it is guessed what columns are; later ones of wide tables are smaller. */
const batchCells = 250_000;
const laterCells = 40_000;
const wideFrom = 50;
const batchCharacters = 4_000_000;

/** True when rows gathered are to be handed on: there are many, or they are wide, or they hold long texts. */
export function isBatchFull(rows: number, columns: number, characters: number, isFirst: boolean): boolean {
  const mostCells = isFirst || columns < wideFrom ? batchCells : laterCells;
  return rows >= batchRows || rows * columns >= mostCells || characters >= batchCharacters;
}

/** Rows to gather before asking again whether they are to be handed on. */
export function rowsBeforeFull(columns: number): number {
  return Math.max(1, Math.min(batchRows, Math.floor(laterCells / Math.max(1, columns))));
}
