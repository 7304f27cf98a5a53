import type { DuckDBDataChunk, DuckDBResult } from '@duckdb/node-api';
import type { Row } from '../warehouse.ts';
import { plainValue } from './values.ts';

/** A column named like this would set the prototype of a plain object and be lost. */
const prototypeName = '__proto__';

function rowsOf(names: readonly string[], chunk: DuckDBDataChunk): readonly Row[] {
  const columns = chunk.getColumns();
  const odd = names.includes(prototypeName);
  const rows: Row[] = [];
  for (let i = 0; i < chunk.rowCount; i++) {
    if (odd) {
      rows.push(Object.fromEntries(names.map((name, c) => [name, plainValue(columns[c]?.[i] ?? null)])));
      continue;
    }
    const row: Record<string, string | number | boolean | null> = {};
    names.forEach((name, c) => {
      row[name] = plainValue(columns[c]?.[i] ?? null);
    });
    rows.push(row);
  }
  return rows;
}

type Kept = { readonly rows: readonly Row[] } | { readonly failure: unknown };

/** The rows of a running query. The connection holds one at a time, so whoever needs it next has the rest kept. */
export class RowStream {
  readonly #result: DuckDBResult;
  readonly #names: readonly string[];
  readonly #kept: Kept[] = [];
  #finished = false;

  constructor(result: DuckDBResult) {
    this.#result = result;
    this.#names = result.deduplicatedColumnNames();
  }

  async #fetch(): Promise<readonly Row[]> {
    const chunk = await this.#result.fetchChunk();
    if (chunk && chunk.rowCount > 0) return rowsOf(this.#names, chunk);
    this.#finished = true;
    return [];
  }

  /** The next batch; empty after the last. */
  async next(): Promise<readonly Row[]> {
    const kept = this.#kept.shift();
    if (kept && 'failure' in kept) throw kept.failure;
    if (kept) return kept.rows;
    return this.#finished ? [] : this.#fetch();
  }

  /** Fetches all that is left, so that the connection is free for another statement. A failure waits for `next`. */
  async keepRest(): Promise<void> {
    try {
      while (!this.#finished) {
        const rows = await this.#fetch();
        if (rows.length > 0) this.#kept.push({ rows });
      }
    } catch (failure) {
      this.#finished = true;
      this.#kept.push({ failure });
    }
  }

  /** Forgets what is left. */
  drop(): void {
    this.#finished = true;
    this.#kept.length = 0;
  }
}
