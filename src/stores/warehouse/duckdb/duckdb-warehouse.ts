import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
} from '@duckdb/node-api';
import { temporaryFolder, WellspentError } from '../../../core/index.ts';
import { compileSql, identifier, joinSql, keyword, type Sql, sql } from '../sql.ts';
import type {
  ColumnBatch,
  ColumnSpec,
  ColumnValues,
  Row,
  RunOptions,
  StreamOptions,
  Warehouse,
  WriteOptions,
} from '../warehouse.ts';
import { writeDoubles } from './bulk-vectors.ts';
import { ColumnStream, rowsOf } from './column-stream.ts';
import { duckdbDialect } from './dialect.ts';
import type { DuckdbOptions } from './open-duckdb.ts';
import { boundType, duckdbTypes, duckdbValues, kindOf } from './values.ts';
import { writeFailure } from './write-failure.ts';

const chunkRows = 2048;
const usualGroup = 122_880;
/** The engine holds a dictionary of texts for each column it writes: 1 MB each unless the columns are many. */
const dictionaryBytes = 1_000_000;
const dictionariesBytes = 50_000_000;

/** A file's path as SQL, with the characters escaped by which the engine would find other files. */
function pathOf(file: string): Sql {
  const exact = resolve(file).replaceAll(/[*?[]/g, '[$&]');
  return keyword(`'${exact.replaceAll("'", "''")}'`);
}

/** A table that rows are being loaded into. The chunk is filled again and again: each holds memory until collected. */
interface Loading {
  readonly table: string;
  readonly appender: DuckDBAppender;
  readonly chunk: DuckDBDataChunk;
}

/** The values of a batch as the engine takes them, column by column; refuses a batch that does not fit. */
function checkedValues(columns: readonly ColumnSpec[], values: readonly ColumnValues[]) {
  const rows = values[0]?.length ?? 0;
  const uneven = columns.find((_, c) => values[c]?.length !== rows);
  if (uneven) throw new RangeError(`column "${uneven.name}" has not ${rows} values, as the first has`);
  return values.map((given, c) =>
    given instanceof Float64Array ? given : duckdbValues(columns[c]?.kind ?? 'text', given, 0, rows),
  );
}

/** The embedded engine: DuckDB in memory over the workspace's Parquet files, locked down before anything runs. */
class DuckdbWarehouse implements Warehouse {
  readonly dialect = duckdbDialect;
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  readonly #spillFolder: string;
  #turn: Promise<void> = Promise.resolve();
  #open: ColumnStream | null = null;
  /** Rows still being loaded: batch after batch of one table costs half as much as loading each on its own. */
  #loading: Loading | null = null;

  constructor(instance: DuckDBInstance, connection: DuckDBConnection, spillFolder: string) {
    this.#instance = instance;
    this.#connection = connection;
    this.#spillFolder = spillFolder;
  }

  #compile(statement: Sql) {
    const { text, values } = compileSql(statement, duckdbDialect.quote, duckdbDialect.placeholder);
    return { text, values: [...values], types: values.map(boundType) };
  }

  /** Runs one piece of work on the connection at a time: a statement would end the rows of another. */
  async #alone<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#turn;
    let done = () => {};
    this.#turn = new Promise((settled) => {
      done = settled;
    });
    await before;
    try {
      return await work();
    } finally {
      done();
    }
  }

  /** Frees the connection for a new statement: the rows still to come of an open query are kept for its reader. */
  async #free(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    await open?.keepRest();
  }

  /** Puts the rows being loaded into their table, where the next statement finds them. */
  #endLoading(): void {
    const loading = this.#loading;
    this.#loading = null;
    loading?.appender.closeSync();
  }

  async #loadingOf(table: string, columns: readonly ColumnSpec[]): Promise<Loading> {
    if (this.#loading?.table === table) return this.#loading;
    this.#endLoading();
    const appender = await this.#connection.createAppender(table);
    const chunk = DuckDBDataChunk.create(columns.map((column) => duckdbTypes[column.kind]));
    this.#loading = { table, appender, chunk };
    return this.#loading;
  }

  async #guard<T>(text: string, options: RunOptions | undefined, work: () => Promise<T>): Promise<T> {
    const { signal } = options ?? {};
    const cancelled = (cause?: unknown) =>
      new WellspentError('WAREHOUSE_CANCELLED', 'The work was cancelled.', { cause });
    if (signal?.aborted) throw cancelled();
    let again: NodeJS.Timeout | undefined;
    const interrupt = () => {
      this.#connection.interrupt();
      // The engine forgets an interrupt that comes before the query has begun.
      again = setInterval(() => this.#connection.interrupt(), 20);
    };
    signal?.addEventListener('abort', interrupt);
    try {
      return await work();
    } catch (cause) {
      if (signal?.aborted) throw cancelled(cause);
      const reason = cause instanceof Error ? cause.message : String(cause);
      const unwritten = writeFailure(reason, cause);
      if (unwritten) throw unwritten;
      throw new WellspentError('WAREHOUSE_QUERY_FAILED', `The analytics engine refused a query: ${reason}`, {
        found: text.slice(0, 2000),
        cause,
      });
    } finally {
      signal?.removeEventListener('abort', interrupt);
      clearInterval(again);
    }
  }

  /** A statement of its own: it waits its turn, then runs to its end. */
  #statement<T>(text: string, options: RunOptions | undefined, work: () => Promise<T>): Promise<T> {
    return this.#alone(async () => {
      await this.#free();
      return this.#guard(text, options, () => {
        this.#endLoading();
        return work();
      });
    });
  }

  async run(statement: Sql, options?: RunOptions): Promise<void> {
    const { text, values, types } = this.#compile(statement);
    await this.#statement(text, options, async () => {
      await this.#connection.run(text, values, types);
    });
  }

  async query<R extends Row = Row>(statement: Sql, options?: RunOptions): Promise<readonly R[]> {
    const { text, values, types } = this.#compile(statement);
    return this.#statement(text, options, async () => {
      const stream = new ColumnStream(await this.#connection.stream(text, values, types));
      const rows: R[] = [];
      for (let batch = await stream.next(); batch; batch = await stream.next())
        rows.push(...(rowsOf(stream.names, batch) as readonly R[]));
      return rows;
    });
  }

  async *#batches(statement: Sql, options: StreamOptions | undefined) {
    const { text, values, types } = this.#compile(statement);
    const stream = await this.#statement(text, options, async () => {
      const result = await this.#connection.stream(text, values, types);
      this.#open = new ColumnStream(result, options?.rowsABatch);
      return this.#open;
    });
    const { names } = stream;
    try {
      while (true) {
        const batch = await this.#alone(() => this.#guard(text, options, () => stream.next()));
        if (!batch) return;
        yield { names, batch };
      }
    } finally {
      stream.drop();
      if (this.#open === stream) this.#open = null;
    }
  }

  async *stream<R extends Row = Row>(statement: Sql, options?: RunOptions): AsyncIterable<readonly R[]> {
    for await (const { names, batch } of this.#batches(statement, options))
      yield rowsOf(names, batch) as readonly R[];
  }

  async *streamColumns(statement: Sql, options?: StreamOptions): AsyncIterable<ColumnBatch> {
    for await (const { batch } of this.#batches(statement, options)) yield batch;
  }

  async createTable(name: string, columns: readonly ColumnSpec[]): Promise<void> {
    const body = joinSql(
      columns.map(
        (column) => sql`${identifier(column.name)} ${keyword(duckdbTypes[column.kind].toString())}`,
      ),
      ', ',
    );
    await this.run(sql`create or replace table ${identifier(name)} (${body})`);
  }

  async append(
    table: string,
    columns: readonly ColumnSpec[],
    values: readonly ColumnValues[],
  ): Promise<void> {
    await this.#alone(async () => {
      await this.#free();
      await this.#guard(`append to ${table}`, undefined, async () => {
        // All values are made before any is given, so that a value that is refused leaves nothing of its batch.
        const made = checkedValues(columns, values);
        const rows = made[0]?.length ?? 0;
        const { appender, chunk } = await this.#loadingOf(table, columns);
        for (let from = 0; from < rows; from += chunkRows) {
          const to = Math.min(rows, from + chunkRows);
          chunk.reset();
          chunk.rowCount = to - from;
          columns.forEach(({ kind }, c) => {
            const given = made[c] ?? [];
            if (given instanceof Float64Array) writeDoubles(chunk.getColumnVector(c), kind, given, from, to);
            else chunk.setColumnValues(c, given.slice(from, to));
          });
          appender.appendDataChunk(chunk);
        }
      });
    });
  }

  async viewParquet(name: string, files: readonly string[]): Promise<void> {
    const list = joinSql(files.map(pathOf), ', ');
    await this.run(
      sql`create or replace view ${identifier(name)} as select * from read_parquet([${list}], union_by_name = true, binary_as_string = true, hive_partitioning = false)`,
    );
  }

  async writeParquet(query: Sql, file: string, options?: WriteOptions): Promise<void> {
    mkdirSync(dirname(file), { recursive: true });
    const partial = `${file}.partial`;
    const target = keyword(`'${resolve(partial).replaceAll("'", "''")}'`);
    const rows = keyword(String(options?.rowsAGroup ?? usualGroup));
    try {
      const columns = await this.query(sql`describe ${query}`, options);
      const each = Math.min(dictionaryBytes, Math.floor(dictionariesBytes / Math.max(1, columns.length)));
      await this.run(
        sql`copy (${query}) to ${target} (format parquet, compression zstd, row_group_size ${rows}, string_dictionary_page_size_limit ${keyword(String(each))})`,
        options,
      );
      renameSync(partial, file);
    } finally {
      rmSync(partial, { force: true });
    }
  }

  async columns(table: string): Promise<readonly ColumnSpec[]> {
    const { text } = this.#compile(sql`select * from ${identifier(table)} limit 0`);
    const result = await this.#statement(text, undefined, () => this.#connection.run(text));
    return result.columnNames().map((name, c) => ({ name, kind: kindOf(result.columnTypeId(c)) }));
  }

  explain(step: { readonly name: string; readonly purpose: string; readonly sql: Sql }) {
    const { text, values } = this.#compile(step.sql);
    return { name: step.name, purpose: step.purpose, sql: text, values };
  }

  async close(): Promise<void> {
    this.#open?.drop();
    this.#loading?.appender.clear();
    this.#connection.closeSync();
    this.#instance.closeSync();
    rmSync(this.#spillFolder, { recursive: true, force: true });
  }
}

/** Opens the engine, as `openDuckdb` says. */
export async function openEngine(options: DuckdbOptions): Promise<Warehouse> {
  const spillFolder = temporaryFolder('spill', options.spillFolder);
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  const text = (value: string) => `'${value.replaceAll("'", "''")}'`;
  const folders = [...options.folders.map((folder) => `${resolve(folder)}/`), `${spillFolder}/`];
  const unflushed = text(`${options.unflushedMb ?? 16}MB`);
  const settings = [
    `set memory_limit = ${text(`${options.memoryMb ?? 400}MB`)}`,
    `set threads = ${options.threads ?? 2}`,
    `set temp_directory = ${text(spillFolder)}`,
    `set max_temp_directory_size = '50GB'`,
    `set preserve_insertion_order = true`,
    `set TimeZone = 'UTC'`,
    `set allowed_directories = [${folders.map(text).join(', ')}]`,
    // Freed memory goes back to the system early: what is held for reuse is beyond the limit above.
    `set allocator_flush_threshold = ${unflushed}`,
    `set allocator_bulk_deallocation_flush_threshold = ${unflushed}`,
    'set enable_external_access = false',
    'set lock_configuration = true',
  ];
  for (const setting of settings) await connection.run(setting);
  return new DuckdbWarehouse(instance, connection, spillFolder);
}
