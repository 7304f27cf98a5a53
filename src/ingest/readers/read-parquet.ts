import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { WellspentError } from '../../core/index.ts';
import { type ColumnSpec, identifier, joinSql, openDuckdb, sql, type Warehouse } from '../../stores/index.ts';
import { batchRows, type RawBatch, type RawTable, type ReadOptions } from './raw-table.ts';
import type { Recognised } from './recognise.ts';

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

async function withFile<T>(file: string, work: (warehouse: Warehouse) => Promise<T>): Promise<T> {
  // A throw-away engine that may read this file's folder and nothing else.
  const warehouse = await openDuckdb({ folders: [dirname(file)], memoryMb: 400 });
  try {
    await warehouse.viewParquet('source', [file]);
    return await work(warehouse);
  } catch (cause) {
    if (cause instanceof WellspentError && cause.code !== 'WAREHOUSE_QUERY_FAILED') throw cause;
    throw new WellspentError('INPUT_DAMAGED', `${file} cannot be read as Parquet.`, {
      where: { file },
      cause,
    });
  } finally {
    await warehouse.close();
  }
}

function asText(column: ColumnSpec, warehouse: Warehouse) {
  return sql`${warehouse.dialect.toText(sql`${identifier(column.name)}`)} as ${identifier(column.name)}`;
}

async function* readBatches(
  file: string,
  columns: readonly ColumnSpec[],
  options: ReadOptions,
  bytes: number,
): AsyncIterable<RawBatch> {
  const warehouse = await openDuckdb({ folders: [dirname(file)], memoryMb: 400 });
  try {
    await warehouse.viewParquet('source', [file]);
    const texts = joinSql(
      columns.map((column) => asText(column, warehouse)),
      ', ',
    );
    let cells: string[][] = columns.map(() => []);
    let lines: number[] = [];
    let row = 0;
    for await (const rows of warehouse.stream(sql`select ${texts} from source`)) {
      options.signal?.throwIfAborted();
      for (const values of rows) {
        row += 1;
        lines.push(row);
        columns.forEach((column, c) => {
          (cells[c] as string[]).push((values[column.name] as string | null) ?? '');
        });
      }
      if (lines.length >= batchRows) {
        yield { rows: lines.length, lines, columns: cells, faults: [] };
        cells = columns.map(() => []);
        lines = [];
      }
    }
    options.onBytes?.(bytes);
    yield { rows: lines.length, lines, columns: cells, faults: [] };
  } catch (cause) {
    if (cause instanceof WellspentError && cause.code === 'WAREHOUSE_QUERY_FAILED')
      throw new WellspentError('INPUT_DAMAGED', `${file} cannot be read as Parquet.`, {
        where: { file },
        cause,
      });
    throw cause;
  } finally {
    await warehouse.close();
  }
}

/** Opens a Parquet file through the analytics engine; every value becomes text, as from any other file. */
export async function openParquet(file: string, found: Recognised, options: ReadOptions): Promise<RawTable> {
  await checkEnd(file, found.bytes);
  const columns = await withFile(file, (warehouse) => warehouse.columns('source'));
  return {
    format: 'parquet',
    columns: columns.map((column) => column.name),
    listsCases: false,
    facts: {},
    notices: () => [],
    batches: () => readBatches(file, columns, options, found.bytes),
  };
}
