import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import {
  BIGINT,
  BOOLEAN,
  DATE,
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBDateValue,
  DuckDBInstance,
  DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
  TIMESTAMP,
  VARCHAR,
} from '@duckdb/node-api';
import { WellspentError } from '../../../core/index.ts';
import { compileSql, identifier, joinSql, keyword, type Sql, sql } from '../sql.ts';
import type { ColumnKind, ColumnSpec, ColumnValues, Row, RunOptions, Warehouse } from '../warehouse.ts';
import { writeDoubles } from './bulk-vectors.ts';
import { duckdbDialect } from './dialect.ts';

export interface DuckdbOptions {
  /** Folders whose files the engine may read and write: the workspace's table folder and nothing else. */
  readonly folders: readonly string[];
  /** Bound on the engine's memory in megabytes; beyond it work spills to the temporary folder. Default 600. */
  readonly memoryMb?: number;
  readonly threads?: number;
  /** Where to spill; a folder of its own below the system's temporary folder by default. */
  readonly spillFolder?: string;
}

const types: Record<ColumnKind, DuckDBType> = {
  text: VARCHAR,
  integer: BIGINT,
  number: DOUBLE,
  boolean: BOOLEAN,
  timestamp: TIMESTAMP,
  date: DATE,
};

const chunkRows = 2048;

function kindOf(typeId: DuckDBTypeId): ColumnKind {
  switch (typeId) {
    case DuckDBTypeId.BOOLEAN:
      return 'boolean';
    case DuckDBTypeId.TINYINT:
    case DuckDBTypeId.SMALLINT:
    case DuckDBTypeId.INTEGER:
    case DuckDBTypeId.BIGINT:
    case DuckDBTypeId.UTINYINT:
    case DuckDBTypeId.USMALLINT:
    case DuckDBTypeId.UINTEGER:
    case DuckDBTypeId.UBIGINT:
    case DuckDBTypeId.HUGEINT:
      return 'integer';
    case DuckDBTypeId.FLOAT:
    case DuckDBTypeId.DOUBLE:
    case DuckDBTypeId.DECIMAL:
      return 'number';
    case DuckDBTypeId.DATE:
      return 'date';
    case DuckDBTypeId.TIMESTAMP:
    case DuckDBTypeId.TIMESTAMP_TZ:
    case DuckDBTypeId.TIMESTAMP_S:
    case DuckDBTypeId.TIMESTAMP_MS:
    case DuckDBTypeId.TIMESTAMP_NS:
      return 'timestamp';
    default:
      return 'text';
  }
}

function isoDate(days: number): string {
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}

/** Turns one engine value into the plain value that rows carry. */
function plain(value: DuckDBValue): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof DuckDBTimestampValue) {
    return new Date(Number(value.micros / 1000n)).toISOString();
  }
  if (value instanceof DuckDBDateValue) return isoDate(value.days);
  if (typeof value === 'object' && 'toDouble' in value) return (value as { toDouble(): number }).toDouble();
  return String(value);
}

function toDuckdb(
  kind: ColumnKind,
  values: Exclude<ColumnValues, Float64Array>,
  from: number,
  to: number,
): DuckDBValue[] {
  const out: DuckDBValue[] = new Array(to - from);
  for (let i = from; i < to; i++) {
    const value = values[i] ?? null;
    if (value === null) out[i - from] = null;
    else if (kind === 'timestamp') out[i - from] = new DuckDBTimestampValue(value as bigint);
    else if (kind === 'integer') out[i - from] = BigInt(value as number | bigint);
    else if (kind === 'date')
      out[i - from] = new DuckDBDateValue(
        Math.round(Date.parse(`${value as string}T00:00:00Z`) / 86_400_000),
      );
    else out[i - from] = value as string | number | boolean;
  }
  return out;
}

/** The embedded engine: DuckDB in memory over the workspace's Parquet files, locked down before anything runs. */
class DuckdbWarehouse implements Warehouse {
  readonly dialect = duckdbDialect;
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  readonly #spillFolder: string;

  constructor(instance: DuckDBInstance, connection: DuckDBConnection, spillFolder: string) {
    this.#instance = instance;
    this.#connection = connection;
    this.#spillFolder = spillFolder;
  }

  #compile(statement: Sql) {
    return compileSql(statement, duckdbDialect.quote, duckdbDialect.placeholder);
  }

  async #guard<T>(text: string, options: RunOptions | undefined, work: () => Promise<T>): Promise<T> {
    const { signal } = options ?? {};
    if (signal?.aborted) throw new WellspentError('WAREHOUSE_CANCELLED', 'The work was cancelled.');
    const interrupt = () => this.#connection.interrupt();
    signal?.addEventListener('abort', interrupt);
    try {
      return await work();
    } catch (cause) {
      if (signal?.aborted)
        throw new WellspentError('WAREHOUSE_CANCELLED', 'The work was cancelled.', { cause });
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new WellspentError('WAREHOUSE_QUERY_FAILED', `The analytics engine refused a query: ${reason}`, {
        found: text.slice(0, 2000),
        cause,
      });
    } finally {
      signal?.removeEventListener('abort', interrupt);
    }
  }

  async run(statement: Sql, options?: RunOptions): Promise<void> {
    const { text, values } = this.#compile(statement);
    await this.#guard(text, options, async () => {
      await this.#connection.run(text, [...values]);
    });
  }

  async query<R extends Row = Row>(statement: Sql, options?: RunOptions): Promise<readonly R[]> {
    const rows: R[] = [];
    for await (const batch of this.stream<R>(statement, options)) rows.push(...batch);
    return rows;
  }

  async *stream<R extends Row = Row>(statement: Sql, options?: RunOptions): AsyncIterable<readonly R[]> {
    const { text, values } = this.#compile(statement);
    const result = await this.#guard(text, options, () => this.#connection.stream(text, [...values]));
    const names = result.deduplicatedColumnNames();
    while (true) {
      const chunk = await this.#guard(text, options, () => result.fetchChunk());
      if (!chunk || chunk.rowCount === 0) return;
      const columns = chunk.getColumns();
      const rows: R[] = [];
      for (let i = 0; i < chunk.rowCount; i++) {
        const row: Record<string, string | number | boolean | null> = {};
        names.forEach((name, c) => {
          row[name] = plain(columns[c]?.[i] ?? null);
        });
        rows.push(row as R);
      }
      yield rows;
    }
  }

  async createTable(name: string, columns: readonly ColumnSpec[]): Promise<void> {
    const body = joinSql(
      columns.map((column) => sql`${identifier(column.name)} ${keyword(types[column.kind].toString())}`),
      ', ',
    );
    await this.run(sql`create or replace table ${identifier(name)} (${body})`);
  }

  async append(
    table: string,
    columns: readonly ColumnSpec[],
    values: readonly ColumnValues[],
  ): Promise<void> {
    const rows = values[0]?.length ?? 0;
    await this.#guard(`append to ${table}`, undefined, async () => {
      const appender = await this.#connection.createAppender(table);
      try {
        for (let from = 0; from < rows; from += chunkRows) {
          const to = Math.min(rows, from + chunkRows);
          const chunk = DuckDBDataChunk.create(
            columns.map((column) => types[column.kind]),
            to - from,
          );
          columns.forEach((column, c) => {
            const given = values[c] ?? [];
            if (given instanceof Float64Array)
              writeDoubles(chunk.getColumnVector(c), column.kind, given, from, to);
            else chunk.setColumnValues(c, toDuckdb(column.kind, given, from, to));
          });
          appender.appendDataChunk(chunk);
        }
        appender.flushSync();
      } finally {
        appender.closeSync();
      }
    });
  }

  async viewParquet(name: string, files: readonly string[]): Promise<void> {
    const list = joinSql(
      files.map((file) => keyword(`'${resolve(file).replaceAll("'", "''")}'`)),
      ', ',
    );
    await this.run(
      sql`create or replace view ${identifier(name)} as select * from read_parquet([${list}], union_by_name = true, binary_as_string = true)`,
    );
  }

  async writeParquet(query: Sql, file: string, options?: RunOptions): Promise<void> {
    mkdirSync(dirname(file), { recursive: true });
    const partial = `${file}.partial`;
    const target = keyword(`'${resolve(partial).replaceAll("'", "''")}'`);
    try {
      await this.run(
        sql`copy (${query}) to ${target} (format parquet, compression zstd, row_group_size 122880)`,
        options,
      );
      renameSync(partial, file);
    } finally {
      rmSync(partial, { force: true });
    }
  }

  async columns(table: string): Promise<readonly ColumnSpec[]> {
    const { text } = this.#compile(sql`select * from ${identifier(table)} limit 0`);
    const result = await this.#guard(text, undefined, () => this.#connection.run(text));
    return result.columnNames().map((name, c) => ({ name, kind: kindOf(result.columnTypeId(c)) }));
  }

  explain(step: { readonly name: string; readonly purpose: string; readonly sql: Sql }) {
    const { text, values } = this.#compile(step.sql);
    return { name: step.name, purpose: step.purpose, sql: text, values };
  }

  async close(): Promise<void> {
    this.#connection.closeSync();
    this.#instance.closeSync();
    rmSync(this.#spillFolder, { recursive: true, force: true });
  }
}

let opened = 0;

/**
 * Opens the embedded engine. Files outside `folders` cannot be read or written, extensions cannot be
 * loaded, and the settings cannot be changed afterwards.
 */
export async function openDuckdb(options: DuckdbOptions): Promise<Warehouse> {
  opened += 1;
  const spillFolder = options.spillFolder ?? join(tmpdir(), `wellspent-${process.pid}-${opened}`);
  mkdirSync(spillFolder, { recursive: true, mode: 0o700 });
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  const text = (value: string) => `'${value.replaceAll("'", "''")}'`;
  const folders = [...options.folders.map((folder) => `${resolve(folder)}/`), `${spillFolder}/`];
  const settings = [
    `set memory_limit = ${text(`${options.memoryMb ?? 600}MB`)}`,
    `set threads = ${options.threads ?? 2}`,
    `set temp_directory = ${text(spillFolder)}`,
    `set max_temp_directory_size = '50GB'`,
    `set preserve_insertion_order = true`,
    `set TimeZone = 'UTC'`,
    `set allowed_directories = [${folders.map(text).join(', ')}]`,
    'set enable_external_access = false',
    'set lock_configuration = true',
  ];
  for (const setting of settings) await connection.run(setting);
  return new DuckdbWarehouse(instance, connection, spillFolder);
}
