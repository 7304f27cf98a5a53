import { resolve } from 'node:path';
import { WellspentError } from '../../../core/index.ts';
import { joinSql, keyword, type Row, sql, type Warehouse } from '../../../stores/index.ts';
import type { ReadLimits } from '../raw-table.ts';
import type { ParquetColumn } from './parquet-columns.ts';

/** How much text a file holds once it is unpacked. */
export interface ParquetSize {
  readonly rows: number;
  /** Characters of its longest text, in bytes of UTF-8. */
  readonly longest: number;
}

const longestValue = 16_000_000;
const rowsOfEngine = 2_048;
const charactersAtOnce = 16_000_000;

/** Rows from one position up to and without another. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

function lengths(columns: readonly ParquetColumn[]) {
  return columns
    .map(({ value, isText }, c) => ({ value: sql`strlen(${value})`, isText, c }))
    .filter(({ isText }) => isText);
}

/** Refuses a file whose footer says of the whole another number of rows than its groups of rows hold. */
async function checkRows(file: string, rows: number, warehouse: Warehouse): Promise<void> {
  // Escaped as the engine wants it: a name is no pattern.
  const path = resolve(file).replaceAll(/[*?[]/g, '[$&]');
  const [footer] = await warehouse.query<{ n: number }>(
    sql`select num_rows as n from parquet_file_metadata(${path})`,
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
  const sums = texts.flatMap(({ value, c }) => [
    sql`coalesce(sum(${value}), 0) as ${keyword(`s${c}`)}`,
    sql`coalesce(max(${value}), 0) as ${keyword(`m${c}`)}`,
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
  return { rows, longest };
}

/** Ranges of rows that hold a bounded amount of text each; one of all rows where no text is long. */
export async function rowRanges(
  { rows, longest }: ParquetSize,
  columns: readonly ParquetColumn[],
  warehouse: Warehouse,
): Promise<readonly RowRange[]> {
  if (longest * rowsOfEngine <= charactersAtOnce * 2) return [{ from: 0, to: rows }];
  const each = joinSql(
    lengths(columns).map(({ value }) => sql`coalesce(${value}, 0)`),
    ' + ',
  );
  const found = await warehouse.query<{ readonly first: number }>(
    sql`select min(r) as ${keyword('first')} from (
  select r, sum(n) over (order by r rows unbounded preceding) as so_far
  from (select row_number() over () - 1 as r, ${each} as n from source) as numbered) as summed
group by floor(so_far / ${charactersAtOnce}) order by 1`,
  );
  return found.map(({ first }, i) => ({ from: first, to: found[i + 1]?.first ?? rows }));
}
