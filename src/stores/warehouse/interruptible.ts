import type { RunOptions, Warehouse } from './warehouse.ts';

/** The same warehouse, every query of which stops when the signal is aborted. */
export function interruptible(warehouse: Warehouse, signal: AbortSignal): Warehouse {
  const stopping = (options?: RunOptions): RunOptions => ({ signal, ...options });
  return {
    dialect: warehouse.dialect,
    run: (statement, options) => warehouse.run(statement, stopping(options)),
    query: (statement, options) => warehouse.query(statement, stopping(options)),
    stream: (statement, options) => warehouse.stream(statement, stopping(options)),
    streamColumns: (statement, options) => warehouse.streamColumns(statement, stopping(options)),
    createTable: (name, columns) => warehouse.createTable(name, columns),
    append: (table, columns, values) => warehouse.append(table, columns, values),
    viewParquet: (name, files) => warehouse.viewParquet(name, files),
    writeParquet: (query, file, options) => warehouse.writeParquet(query, file, stopping(options)),
    columns: (table) => warehouse.columns(table),
    explain: (step) => warehouse.explain(step),
    close: () => warehouse.close(),
  };
}
