/** The analytics engine: its interface, SQL as data, the canonical tables, and DuckDB as the embedded default. */
export { type CanonicalTable, canonicalTables } from './canonical.ts';
export type { Dialect, PeriodGrain } from './dialect.ts';
export { duckdbDialect } from './duckdb/dialect.ts';
export { openDuckdb } from './duckdb/open-duckdb.ts';
export { interruptible } from './interruptible.ts';
export {
  type CodedNumbers,
  type CodedTexts,
  type GroupValues,
  pickNumbers,
  rowsIn,
} from './parquet/group-values.ts';
export { handBack } from './parquet/hand-back.ts';
export {
  openParquetFile,
  type ParquetWritten,
  rowsForGroups,
  type SharedColumns,
} from './parquet/parquet-file.ts';
export {
  type CompiledSql,
  compileSql,
  type Identifier,
  identifier,
  joinSql,
  keyword,
  type Sql,
  type SqlValue,
  sql,
} from './sql.ts';
export {
  type ColumnBatch,
  type ColumnKind,
  type ColumnSpec,
  type ColumnValues,
  type QueryStep,
  type Row,
  type RunOptions,
  runStep,
  type Warehouse,
} from './warehouse.ts';
