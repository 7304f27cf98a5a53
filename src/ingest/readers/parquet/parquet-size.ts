import { resolve } from 'node:path';
import { WellspentError } from '../../../core/index.ts';
import { joinSql, keyword, type Row, sql, type Warehouse } from '../../../stores/index.ts';
import type { ReadLimits } from '../raw-table.ts';
import { type ColumnSize, mark } from './joined-columns.ts';
import type { ParquetColumn } from './parquet-columns.ts';

/** How much text a file holds once it is unpacked. */
export interface ParquetSize {
  readonly rows: number;
  /** Of each column. */
  readonly columns: readonly ColumnSize[];
}

const longestValue = 16_000_000;
const rowsOfEngine = 2_048;
const charactersAtOnce = 16_000_000;
/** Bytes that a column of one group of rows may unpack to where its texts are long. */
const mostOfGroup = 100_000_000;
const charactersABatch = 4_000_000;

/** Rows from one position up to and without another. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** The lengths of values that may be long. */
function lengths(columns: readonly ParquetColumn[]) {
  return columns.flatMap(({ value, isText }, c) =>
    isText ? [{ text: value, value: sql`strlen(${value})`, c }] : [],
  );
}

/** A file's path as the engine's functions want it: escaped, since a name is no pattern. */
const pathOf = (file: string) => resolve(file).replaceAll(/[*?[]/g, '[$&]');

/** Refuses a file whose footer says of the whole another number of rows than its groups of rows hold. */
async function checkRows(file: string, rows: number, warehouse: Warehouse): Promise<void> {
  const [footer] = await warehouse.query<{ n: number }>(
    sql`select num_rows as n from parquet_file_metadata(${pathOf(file)})`,
  );
  if (footer?.n !== rows)
    throw new WellspentError(
      'INPUT_DAMAGED',
      `${file} holds ${rows} rows where its footer says ${footer?.n ?? 'nothing'}.`,
      { where: { file } },
    );
}

/**
 * Measures a file before any of its text is unpacked into memory: a few bytes can stand for a text of a megabyte in
 * each of a million rows. Refuses what is too large, and a file that holds other rows than its footer says.
 */
export async function checkedSize(
  file: string,
  bytes: number,
  columns: readonly ParquetColumn[],
  warehouse: Warehouse,
  limits: ReadLimits,
): Promise<ParquetSize> {
  const texts = lengths(columns);
  const sums = texts.flatMap(({ text, value, c }) => [
    sql`coalesce(sum(${value}), 0) as ${keyword(`s${c}`)}`,
    sql`coalesce(max(${value}), 0) as ${keyword(`m${c}`)}`,
    sql`coalesce(bool_or(contains(${warehouse.dialect.toText(text)}, ${mark})), false) as ${keyword(`h${c}`)}`,
  ]);
  const [found = {}] = await warehouse.query<Row>(
    sql`select ${joinSql([sql`count(*) as n`, ...sums], ', ')} from source`,
  );
  const of = (letter: string) => texts.map(({ c }) => Number(found[`${letter}${c}`]));
  const rows = Number(found.n);
  const longest = Math.max(0, ...of('m'));
  const tooLarge = (what: string) =>
    new WellspentError('INPUT_TOO_LARGE', `${file} ${what}.`, { where: { file } });
  if (longest > longestValue) throw tooLarge('holds a text of over 16 million characters');
  await checkRows(file, rows, warehouse);
  const unpacked = of('s').reduce((sum, each) => sum + each, rows * columns.length);
  if (unpacked > limits.unpackedBytes || (unpacked > limits.ratioFrom && unpacked > limits.ratio * bytes))
    throw tooLarge(
      `unpacks to ${unpacked.toLocaleString('en-GB')} characters from ${bytes.toLocaleString('en-GB')} bytes`,
    );
  const known = new Map(
    texts.map(({ c }) => [c, { longest: Number(found[`m${c}`]), hasMark: found[`h${c}`] === true }]),
  );
  return { rows, columns: columns.map((_, c) => known.get(c) ?? { longest: 0, hasMark: false }) };
}

/** Characters of the longest texts of all columns together, as one row may hold them. */
function longestRow({ columns }: ParquetSize): number {
  return columns.reduce((sum, { longest }) => sum + longest, 0);
}

/** Rows that hold a bounded amount of text, whichever they are. */
export function rowsOfText(size: ParquetSize): number {
  return Math.max(1, Math.floor(charactersABatch / Math.max(1, longestRow(size))));
}

/** Refuses long texts of which a group of rows holds so many that they have to be unpacked again for each few rows. */
async function checkGroups(file: string, warehouse: Warehouse): Promise<void> {
  const [largest] = await warehouse.query<{ readonly bytes: number }>(
    sql`select max(total_uncompressed_size) as bytes from parquet_metadata(${pathOf(file)})`,
  );
  const bytes = largest?.bytes ?? 0;
  if (bytes <= mostOfGroup) return;
  throw new WellspentError(
    'INPUT_TOO_LARGE',
    `${file} packs ${Math.round(bytes / 1e6).toLocaleString('en-GB')} MB of long texts into one group of rows; at most ${mostOfGroup / 1e6} MB are read.`,
    { where: { file }, hint: 'Write it with smaller groups of rows, or as CSV (UTF-8).' },
  );
}

/** Ranges of rows that hold a bounded amount of text each; one of all rows where no rows of the engine hold much. */
export async function rowRanges(
  file: string,
  size: ParquetSize,
  columns: readonly ParquetColumn[],
  warehouse: Warehouse,
): Promise<readonly RowRange[]> {
  const { rows } = size;
  const whole = [{ from: 0, to: rows }];
  if (longestRow(size) * Math.min(rows, rowsOfEngine) <= charactersAtOnce * 2) return whole;
  const each = joinSql(
    lengths(columns).map(({ value }) => sql`coalesce(${value}, 0)`),
    ' + ',
  );
  const numbered = sql`select row_number() over () - 1 as r, ${each} as n from source`;
  const [most] = await warehouse.query<{ readonly n: number }>(
    sql`select max(n) as n from (select sum(n) as n from (${numbered}) as numbered group by floor(r / ${rowsOfEngine})) as summed`,
  );
  if ((most?.n ?? 0) <= charactersAtOnce * 2) return whole;
  await checkGroups(file, warehouse);
  const found = await warehouse.query<{ readonly first: number }>(
    sql`select min(r) as ${keyword('first')} from (
  select r, sum(n) over (order by r rows unbounded preceding) as so_far from (${numbered}) as numbered) as summed
group by floor(so_far / ${charactersAtOnce}) order by 1`,
  );
  return found.map(({ first }, i) => ({ from: first, to: found[i + 1]?.first ?? rows }));
}
