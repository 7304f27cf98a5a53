import type { QueryRecord } from '../../core/index.ts';
import type { Dialect } from './dialect.ts';
import type { Sql } from './sql.ts';

/** Types of the canonical tables' columns. Timestamps are UTC instants to the microsecond. */
export type ColumnKind = 'text' | 'integer' | 'number' | 'boolean' | 'timestamp' | 'date';

/** The name and kind of a column to make. */
export interface ColumnSpec {
  readonly name: string;
  readonly kind: ColumnKind;
}

/**
 * A column of one batch. Timestamps are microseconds since 1970 (UTC) as bigint; dates are ISO text;
 * text, numbers and booleans are themselves; null is missing. Timestamps, integers and numbers may also come
 * as a Float64Array (NaN is missing), which saves an object a value in bulk loading.
 */
export type ColumnValues = readonly (string | number | bigint | boolean | null)[] | Float64Array;

/** One row of an answer, by column name. */
export interface Row {
  readonly [column: string]: string | number | boolean | null;
}

/** Some rows of an answer, column by column. */
export interface ColumnBatch {
  readonly rows: number;
  readonly columns: readonly (readonly (string | number | boolean | null)[])[];
}

/** Settings of one run of a query. */
export interface RunOptions {
  readonly signal?: AbortSignal;
}

export interface StreamOptions extends RunOptions {
  /** Rows of a batch at most, where rows hold long texts. */
  readonly rowsABatch?: number;
}

export interface WriteOptions extends RunOptions {
  /** Rows that are packed together: with fewer a reader of a part can skip more, with more they pack tighter. */
  readonly rowsAGroup?: number;
}

/** One named query: what it is for is shown beside its SQL. */
export interface QueryStep {
  readonly name: string;
  readonly purpose: string;
  readonly sql: Sql;
}

/**
 * An analytics engine over the canonical tables. Statements asked for at once run one after another. Rows come back with timestamps as ISO text in UTC
 * (`2024-01-31T09:30:00.000Z`, microseconds cut), dates as `2024-01-31`, integers and doubles as numbers.
 */
export interface Warehouse {
  readonly dialect: Dialect;
  /** Runs a statement that returns nothing. */
  run(statement: Sql, options?: RunOptions): Promise<void>;
  /** Runs a query and returns all its rows: for aggregates, never for whole tables. */
  query<R extends Row = Row>(statement: Sql, options?: RunOptions): Promise<readonly R[]>;
  /**
   * Runs a query and yields its rows in batches, so that large results stay out of memory. Another statement
   * before the last batch is allowed: the rows still to come are then held in memory.
   */
  stream<R extends Row = Row>(statement: Sql, options?: RunOptions): AsyncIterable<readonly R[]>;
  /** The same column by column, in batches of a bounded number of values: for tables of many columns. */
  streamColumns(statement: Sql, options?: StreamOptions): AsyncIterable<ColumnBatch>;
  /** Makes an empty table, replacing one of that name. */
  createTable(name: string, columns: readonly ColumnSpec[]): Promise<void>;
  /** Appends one batch, column by column, in the table's column order; every column has the same number of values. */
  append(table: string, columns: readonly ColumnSpec[], values: readonly ColumnValues[]): Promise<void>;
  /** Makes a view over Parquet files with the same columns (missing ones are null). */
  viewParquet(name: string, files: readonly string[]): Promise<void>;
  /** Writes the rows of a query, in its order, to one Parquet file. */
  writeParquet(query: Sql, file: string, options?: WriteOptions): Promise<void>;
  /** The columns of a table or view with their kinds. */
  columns(table: string): Promise<readonly ColumnSpec[]>;
  /** The text and values that a statement becomes, for "How this was worked out". */
  explain(step: QueryStep): QueryRecord;
  close(): Promise<void>;
}

/** Runs a named step and notes it in the log, so that the page can show the query that made the figure. */
export async function runStep<R extends Row = Row>(
  warehouse: Warehouse,
  step: QueryStep,
  log: QueryRecord[],
  options?: RunOptions,
): Promise<readonly R[]> {
  log.push(warehouse.explain(step));
  return warehouse.query<R>(step.sql, options);
}
