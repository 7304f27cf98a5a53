import type { Warehouse } from '../warehouse.ts';

export interface DuckdbOptions {
  /** Folders whose files the engine may read and write: the workspace's table folder and nothing else. */
  readonly folders: readonly string[];
  /**
   * Bound on the engine's memory in megabytes; beyond it work spills to the temporary folder. Default 400: with
   * what the engine holds beside it, finding in ten million events stays below 1 GB.
   */
  readonly memoryMb?: number;
  readonly threads?: number;
  /**
   * Megabytes that a piece of work may leave in the allocator's hands. Default 16; with 1, an import beside other
   * memory in use takes some ninety megabytes less, for a tenth more time in the engine.
   */
  readonly unflushedMb?: number;
  /** Where to make a folder of its own for spilling; the system's temporary folder by default. */
  readonly spillFolder?: string;
}

/**
 * Opens the embedded engine. Files outside `folders` cannot be read or written, extensions cannot be
 * loaded, and the settings cannot be changed afterwards.
 */
export async function openDuckdb(options: DuckdbOptions): Promise<Warehouse> {
  // The engine is some thirty megabytes: it is loaded by those who have work for it.
  const { openEngine } = await import('./duckdb-warehouse.ts');
  return openEngine(options);
}
