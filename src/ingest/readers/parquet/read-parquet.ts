import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { WellspentError } from '../../../core/index.ts';
import {
  type ColumnBatch,
  joinSql,
  keyword,
  openDuckdb,
  sql,
  type Warehouse,
} from '../../../stores/index.ts';
import {
  defaultLimits,
  isBatchFull,
  type Notice,
  type RawBatch,
  type RawTable,
  type ReadOptions,
} from '../raw-table.ts';
import type { Recognised } from '../recognise.ts';
import { type ParquetColumn, parquetColumns } from './parquet-columns.ts';
import { checkedSize, type RowRange, rowRanges } from './parquet-size.ts';

/** Bound on the memory of the engine that reads the file, in one thread so that it holds one group of rows at a time. */
const memoryMb = 250;

async function checkEnd(file: string, bytes: number): Promise<void> {
  const handle = await open(file, 'r');
  try {
    const end = Buffer.alloc(4);
    await handle.read(end, 0, 4, Math.max(0, bytes - 4));
    if (bytes < 12 || end.toString('latin1') !== 'PAR1')
      throw new WellspentError('INPUT_TRUNCATED', `${file} starts as Parquet but does not end as it.`, {
        where: { file },
      });
  } finally {
    await handle.close();
  }
}

/** What the engine could not do with a file, as a fault of the file. */
function faultOf(file: string, cause: unknown): unknown {
  if (!(cause instanceof WellspentError) || cause.code !== 'WAREHOUSE_QUERY_FAILED') return cause;
  const details = { where: { file }, cause };
  if (/out of memory|failed to allocate/i.test(cause.message))
    return new WellspentError(
      'INPUT_TOO_LARGE',
      `${file} packs more into one group of rows than fits into ${memoryMb} MB.`,
      { ...details, hint: 'Write it with smaller groups of rows, or as CSV (UTF-8).' },
    );
  if (/encrypt/i.test(cause.message))
    return new WellspentError(
      'INPUT_ENCRYPTED',
      `${file} is encrypted, so nothing of it can be read.`,
      details,
    );
  return new WellspentError('INPUT_DAMAGED', `${file} cannot be read as Parquet.`, details);
}

/** Opens a throw-away engine that may read this file's folder and nothing else. */
async function openSource(file: string): Promise<Warehouse> {
  const warehouse = await openDuckdb({ folders: [dirname(file)], memoryMb, threads: 1 });
  try {
    await warehouse.viewParquet('source', [file]);
    return warehouse;
  } catch (cause) {
    await warehouse.close();
    throw faultOf(file, cause);
  }
}

async function* rowsIn(
  warehouse: Warehouse,
  columns: readonly ParquetColumn[],
  ranges: readonly RowRange[],
): AsyncIterable<ColumnBatch> {
  const texts = joinSql(
    columns.map(({ value }, c) => sql`${warehouse.dialect.toText(value)} as ${keyword(`c${c}`)}`),
    ', ',
  );
  const all = sql`select ${texts} from source`;
  if (ranges.length === 1) yield* warehouse.streamColumns(all);
  else
    for (const { from, to } of ranges)
      yield* warehouse.streamColumns(sql`${all} limit ${to - from} offset ${from}`);
}

async function* readBatches(
  file: string,
  bytes: number,
  columns: readonly ParquetColumn[],
  options: ReadOptions,
): AsyncIterable<RawBatch> {
  const limits = { ...defaultLimits, ...options.limits };
  const warehouse = await openSource(file);
  try {
    const size = await checkedSize(file, bytes, columns, warehouse, limits);
    const ranges = await rowRanges(size, columns, warehouse);
    let cells: string[][] = columns.map(() => []);
    let lines: number[] = [];
    let characters = 0;
    let row = 0;
    for await (const read of rowsIn(warehouse, columns, ranges)) {
      options.signal?.throwIfAborted();
      for (let i = 0; i < read.rows; i++) lines.push(row + i + 1);
      row += read.rows;
      cells.forEach((column, c) => {
        for (const value of read.columns[c] ?? []) {
          const cell = (value as string | null) ?? '';
          characters += cell.length;
          column.push(cell);
        }
      });
      if (!isBatchFull(lines.length, columns.length, characters)) continue;
      options.onBytes?.(Math.floor((bytes * row) / size.rows));
      yield { rows: lines.length, lines, columns: cells, faults: [] };
      cells = columns.map(() => []);
      lines = [];
      characters = 0;
    }
    if (row !== size.rows)
      throw new WellspentError('INPUT_DAMAGED', `${file} gave ${row} of its ${size.rows} rows.`, {
        where: { file },
      });
    options.onBytes?.(bytes);
    yield { rows: lines.length, lines, columns: cells, faults: [] };
  } catch (cause) {
    throw faultOf(file, cause);
  } finally {
    await warehouse.close();
  }
}

function noticesOf(leftOut: readonly string[]): readonly Notice[] {
  if (leftOut.length === 0) return [];
  const shown = leftOut.slice(0, 10).join(', ');
  return [
    {
      code: 'NESTED_ATTRIBUTES',
      message: `Columns that hold lists or deeper structures were left out: ${shown}.`,
      count: leftOut.length,
    },
  ];
}

/** Opens a Parquet file through the analytics engine; every value becomes text, as from any other file. */
export async function openParquet(file: string, found: Recognised, options: ReadOptions): Promise<RawTable> {
  await checkEnd(file, found.bytes);
  const { columns: mostColumns } = { ...defaultLimits, ...options.limits };
  const warehouse = await openSource(file);
  try {
    const { columns, leftOut } = await parquetColumns(file, warehouse, mostColumns);
    return {
      format: 'parquet',
      columns: columns.map(({ name }) => name),
      listsCases: false,
      facts: {},
      notices: () => noticesOf(leftOut),
      batches: () => readBatches(file, found.bytes, columns, options),
    };
  } catch (cause) {
    throw faultOf(file, cause);
  } finally {
    await warehouse.close();
  }
}
