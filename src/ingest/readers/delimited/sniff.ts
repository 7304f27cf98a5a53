import { delimiterByte } from './delimiter.ts';
import { fieldsOf, longestRow, newScan, scanLine, scanRow } from './scan-row.ts';

/** How a delimited file is laid out. */
export interface Layout {
  readonly delimiter: string;
  /** Line on which the header starts, counted from 1. */
  readonly headerLine: number;
  readonly header: readonly string[];
  /** True when the line where the names should be holds only delimiters, and what follows is data. */
  readonly isHeaderBlank: boolean;
  /** True when the row taken for names is one of data: a date stands in it above dates. */
  readonly isHeaderData: boolean;
}

/** Tried in this order where none is stated; the rare ones count only where they give nearly all rows one width. */
const delimiters = [',', ';', '\t', '|', '~', '^'];
const rare = new Set(['~', '^']);
/** Rows of one width, of all, that make a rare delimiter steady. */
const steadyShare = 0.75;
const sampleLines = 1000;

interface SampleRow {
  readonly line: number;
  readonly fields: readonly string[];
}

/** The first rows that a delimiter gives, and how many lines it makes no row of. */
function sampleRows(
  bytes: Buffer,
  whole: boolean,
  delimiter: string,
): { readonly rows: readonly SampleRow[]; readonly broken: number } {
  const scan = newScan();
  const rows: SampleRow[] = [];
  let at = 0;
  let line = 1;
  let broken = 0;
  while (at < bytes.length && rows.length < sampleLines) {
    let end = scanRow(bytes, at, delimiterByte(delimiter), whole, scan);
    if (end === 'row') rows.push({ line, fields: fieldsOf(bytes, scan).map((field) => field.trim()) });
    else if (end === 'broken' || bytes.length - at > longestRow) {
      end = scanLine(bytes, at, whole, scan);
      broken += 1;
    }
    if (end === 'more') break;
    line += scan.lineEnds;
    at = scan.next;
  }
  return { rows, broken };
}

function isFilled(row: SampleRow): boolean {
  return row.fields.some((field) => field !== '');
}

/** The width that most rows have, at least 2 if any has; the number of rows that have it. */
function usualWidth(rows: readonly SampleRow[]): { readonly width: number; readonly rows: number } {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.fields.length, (counts.get(row.fields.length) ?? 0) + 1);
  let best = { width: 1, rows: 0 };
  for (const [width, count] of counts) {
    if (width >= 2 && (count > best.rows || (count === best.rows && width > best.width)))
      best = { width, rows: count };
  }
  return best;
}

const looksLikeValue = /^[-+£$€]?\d[\d\s.,:/TZ+-]*%?$/;

function looksLikeHeader(fields: readonly string[]): boolean {
  const filled = fields.filter((field) => field !== '');
  if (filled.length * 2 <= fields.length) return false;
  const words = filled.filter((field) => !looksLikeValue.test(field));
  return words.length * 2 > filled.length && new Set(filled).size * 2 > filled.length;
}

const looksLikeDate = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/;

function isData({ fields }: SampleRow): boolean {
  return (
    fields.filter((field) => field !== '').length > 1 && fields.some((field) => looksLikeDate.test(field))
  );
}

/** True for a row that may name columns though many have no name, or one name stands for several. */
function mayBeHeader(row: SampleRow): boolean {
  const filled = row.fields.filter((field) => field !== '');
  const words = filled.filter((field) => !looksLikeValue.test(field));
  return filled.length > 1 && words.length * 2 > filled.length && !isData(row);
}

/** True where a value of a row comes again further down in its column, as names hardly do. */
function comesAgain(row: SampleRow, below: readonly SampleRow[]): boolean {
  return row.fields.some((field, i) => field !== '' && below.some(({ fields }) => fields[i] === field));
}

/** True for names that are numbers alone, as of years: each column has one, and no two are the same. */
function isNumbered({ fields }: SampleRow): boolean {
  return new Set(fields).size === fields.length && fields.every((field) => /^\d{1,6}$/.test(field));
}

function headerRow(rows: readonly SampleRow[], width: number): SampleRow | undefined {
  const wide = rows.filter((row) => row.fields.length === width);
  const first = wide.slice(0, 30);
  const found = first.findIndex((row) => looksLikeHeader(row.fields));
  const [top] = first;
  if (found < 1 || !top) return top ?? rows[0];
  // Data stand below their header: what looks like one below data, or is data itself, is not.
  const row = first[found] as SampleRow;
  const above = first.slice(0, found);
  const isRowData = isData(row) || comesAgain(row, wide.slice(found + 1));
  const isLate = isRowData || above.some(isData);
  return (isLate ? above.find(mayBeHeader) : undefined) ?? (isRowData && isNumbered(top) ? top : row);
}

/**
 * The row of names where only the rows below it end in a delimiter: its names, and a last column without one; null
 * where the usual rows are not so.
 */
function headerOfOneLess(rows: readonly SampleRow[], width: number): SampleRow | null {
  const at = rows.findIndex(({ fields }) => fields.length === width);
  const above = rows[at - 1];
  if (above?.fields.length !== width - 1 || width < 3 || !looksLikeHeader(above.fields)) return null;
  const endsEmpty = rows.every(({ fields }) => fields.length !== width || fields[width - 1] === '');
  return endsEmpty ? { ...above, fields: [...above.fields, ''] } : null;
}

/** True where the row of names holds a date above dates: it is data, and the names are missing. */
function isDataAbove(rows: readonly SampleRow[], header: SampleRow): boolean {
  const below = rows.filter(
    ({ line, fields }) => line > header.line && fields.length === header.fields.length,
  );
  const [next] = below;
  return (
    next !== undefined &&
    header.fields.some(
      (field, i) => looksLikeDate.test(field) && looksLikeDate.test(next.fields[i] as string),
    )
  );
}

/** Headers made usable: trimmed, repeated names numbered, empty ones named by their position. */
export function nameColumns(header: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  // Where the numbers of a repeated name have got to: a header of one name 100,000 times must not take for ever.
  const next = new Map<string, number>();
  return header.map((text, i) => {
    const base = text.trim().normalize('NFC') || `column_${i + 1}`;
    let name = base;
    let n = next.get(base) ?? 2;
    for (; taken.has(name); n++) name = `${base}_${n}`;
    next.set(base, n);
    taken.add(name);
    return name;
  });
}

/** True when a line of delimiters alone stands above a row that is no header: the names are missing. */
function isBlankAbove(all: readonly SampleRow[], header: SampleRow): boolean {
  const isData = !looksLikeHeader(header.fields) || header.fields.some((field) => looksLikeDate.test(field));
  const width = header.fields.length;
  const blank = all.some((row) => row.line < header.line && row.fields.length === width && !isFilled(row));
  return isData && width > 1 && blank;
}

/** Finds delimiter and header in the first part of a text in UTF-8. `whole` says that it is all of the file. */
export function sniffLayout(bytes: Buffer, whole: boolean, given?: string): Layout {
  const tried = (given ? [given] : delimiters).map((delimiter) => {
    const { rows: all, broken } = sampleRows(bytes, whole, delimiter);
    const rows = all.filter(isFilled);
    return { delimiter, all, broken, rows, usual: usualWidth(rows) };
  });
  const isBlank = tried.some(({ all, broken, rows }) => all.length > 0 && rows.length === 0 && broken === 0);
  const [first] = tried;
  const best = tried.reduce(
    (a, b) => {
      if (given === undefined && rare.has(b.delimiter) && b.usual.rows < steadyShare * b.rows.length)
        return a;
      if (b.usual.rows !== a.usual.rows) return b.usual.rows > a.usual.rows ? b : a;
      return (b.rows[0]?.fields.length ?? 0) > (a.rows[0]?.fields.length ?? 0) ? b : a;
    },
    first as (typeof tried)[number],
  );
  const width = best.usual.rows > 0 ? best.usual.width : 1;
  const header = isBlank ? undefined : (headerOfOneLess(best.rows, width) ?? headerRow(best.rows, width));
  return {
    delimiter: best.delimiter,
    headerLine: header?.line ?? 1,
    header: nameColumns(header?.fields ?? []),
    isHeaderBlank: header !== undefined && isBlankAbove(best.all, header),
    isHeaderData: header !== undefined && isDataAbove(best.rows, header),
  };
}
