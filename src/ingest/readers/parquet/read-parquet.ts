import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { WellspentError } from '../../../core/index.ts';
import { type ColumnBatch, openDuckdb, sql, type Warehouse } from '../../../stores/index.ts';
import {
  defaultLimits,
  isBatchFull,
  type Notice,
  type RawBatch,
  type RawTable,
  type ReadOptions,
  rowsBeforeFull,
} from '../raw-table.ts';
import type { Recognised } from '../recognise.ts';
import { type JoinedColumns, joinColumns, mark, selectJoined } from './joined-columns.ts';
import { type ParquetColumn, parquetColumns } from './parquet-columns.ts';
import { checkedSize, type RowRange, rowRanges, rowsOfText } from './parquet-size.ts';

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
      {
        ...details,
        hint: 'Leave out columns that no question needs (--drop "*" leaves out all that --map does not name), write it with smaller groups of rows, or as CSV (UTF-8).',
      },
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
  const warehouse = await openDuckdb({ folders: [dirname(file)], memoryMb, threads: 1, unflushedMb: 1 });
  try {
    await warehouse.viewParquet('source', [file]);
    return warehouse;
  } catch (cause) {
    await warehouse.close();
    throw faultOf(file, cause);
  }
}

/** How a file is read: what is known of it once it has been measured. */
interface ReadPlan {
  readonly rows: number;
  readonly groups: readonly JoinedColumns[];
  readonly ranges: readonly RowRange[];
  readonly rowsABatch: number;
}

async function planReading(
  file: string,
  bytes: number,
  columns: readonly ParquetColumn[],
  warehouse: Warehouse,
  options: ReadOptions,
): Promise<ReadPlan> {
  const size = await checkedSize(file, bytes, columns, warehouse, { ...defaultLimits, ...options.limits });
  return {
    rows: size.rows,
    groups: joinColumns(columns, size.columns, warehouse),
    ranges: await rowRanges(file, size, columns, warehouse),
    rowsABatch: rowsOfText(size),
  };
}

async function* rowsIn(
  warehouse: Warehouse,
  { groups, ranges, rowsABatch }: ReadPlan,
): AsyncIterable<ColumnBatch> {
  const all = selectJoined(groups);
  if (ranges.length === 1) yield* warehouse.streamColumns(all, { rowsABatch });
  else
    for (const { from, to } of ranges)
      yield* warehouse.streamColumns(sql`${all} limit ${to - from} offset ${from}`, { rowsABatch });
}

/** Puts the values of some rows behind those of their columns, and gives how many characters they have. */
function addRows(
  cells: readonly string[][],
  groups: readonly JoinedColumns[],
  { columns }: ColumnBatch,
  from: number,
  to: number,
): number {
  let characters = 0;
  groups.forEach(({ places }, g) => {
    const into = places.map((place) => cells[place] as string[]);
    for (let row = from; row < to; row++) {
      const text = columns[g]?.[row] as string;
      characters += text.length;
      if (into.length === 1) into[0]?.push(text);
      else for (const [i, cell] of text.split(mark).entries()) into[i]?.push(cell);
    }
  });
  return characters;
}

async function* readBatches(
  file: string,
  bytes: number,
  columns: readonly ParquetColumn[],
  planned: (warehouse: Warehouse) => Promise<ReadPlan>,
  options: ReadOptions,
): AsyncIterable<RawBatch> {
  const warehouse = await openSource(file);
  try {
    const plan = await planned(warehouse);
    let cells: string[][] = columns.map(() => []);
    let lines: number[] = [];
    let characters = 0;
    let row = 0;
    let isFirst = true;
    const atOnce = rowsBeforeFull(columns.length);
    for await (const read of rowsIn(warehouse, plan)) {
      options.signal?.throwIfAborted();
      for (let from = 0; from < read.rows; from += atOnce) {
        const to = Math.min(read.rows, from + atOnce);
        for (let i = from; i < to; i++) lines.push(++row);
        characters += addRows(cells, plan.groups, read, from, to);
        if (!isBatchFull(lines.length, columns.length, characters, isFirst)) continue;
        options.onBytes?.(Math.floor((bytes * row) / plan.rows));
        yield { rows: lines.length, lines, columns: cells, faults: [] };
        cells = columns.map(() => []);
        lines = [];
        characters = 0;
        isFirst = false;
      }
    }
    if (row !== plan.rows)
      throw new WellspentError('INPUT_DAMAGED', `${file} gave ${row} of its ${plan.rows} rows.`, {
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
    const { columns: all, leftOut } = await parquetColumns(file, warehouse, mostColumns);
    const columns = all.filter(({ name }) => options.onlyColumns?.(name) ?? true);
    let known: ReadPlan | undefined;
    const planned = async (open: Warehouse) => {
      known ??= await planReading(file, found.bytes, columns, open, options);
      return known;
    };
    return {
      format: 'parquet',
      columns: columns.map(({ name }) => name),
      listsCases: false,
      facts: {},
      notices: () => noticesOf(leftOut),
      batches: () => readBatches(file, found.bytes, columns, planned, options),
    };
  } catch (cause) {
    throw faultOf(file, cause);
  } finally {
    await warehouse.close();
  }
}
