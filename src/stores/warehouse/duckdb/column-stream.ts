import type { DuckDBDataChunk, DuckDBResult } from '@duckdb/node-api';
import type { ColumnBatch, Row } from '../warehouse.ts';
import { plainValue } from './values.ts';

/** A column named like this would set the prototype of a plain object and be lost. */
const prototypeName = '__proto__';
/** Values of a batch at most: a chunk of the engine has 2,048 rows, of however many columns. */
const valuesABatch = 250_000;

/** The rows of a batch, each by column name. */
export function rowsOf(names: readonly string[], { rows: size, columns }: ColumnBatch): readonly Row[] {
  const odd = names.includes(prototypeName);
  const rows: Row[] = [];
  for (let i = 0; i < size; i++) {
    if (odd) {
      rows.push(Object.fromEntries(names.map((name, c) => [name, columns[c]?.[i] ?? null])));
      continue;
    }
    const row: Record<string, string | number | boolean | null> = {};
    names.forEach((name, c) => {
      row[name] = columns[c]?.[i] ?? null;
    });
    rows.push(row);
  }
  return rows;
}

function batchOf(chunk: DuckDBDataChunk, from: number, to: number): ColumnBatch {
  const columns = Array.from({ length: chunk.columnCount }, (_, c) => {
    const vector = chunk.getColumnVector(c);
    const values = new Array<ColumnBatch['columns'][number][number]>(to - from);
    for (let i = from; i < to; i++) values[i - from] = plainValue(vector.getItem(i));
    return values;
  });
  return { rows: to - from, columns };
}

type Kept = { readonly batch: ColumnBatch } | { readonly failure: unknown };

/** What a running query gives. The connection holds one at a time, so whoever needs it next has the rest kept. */
export class ColumnStream {
  readonly names: readonly string[];
  readonly #result: DuckDBResult;
  readonly #kept: Kept[] = [];
  /** The chunk being given out, and how many of its rows have been. */
  #chunk: DuckDBDataChunk | null = null;
  #given = 0;
  #finished = false;
  readonly #mostRows: number;

  constructor(result: DuckDBResult, mostRows = Number.POSITIVE_INFINITY) {
    this.#result = result;
    this.#mostRows = mostRows;
    this.names = result.deduplicatedColumnNames();
  }

  async #fetch(): Promise<ColumnBatch | null> {
    if (!this.#chunk) {
      const chunk = await this.#result.fetchChunk();
      if (!chunk || chunk.rowCount === 0) {
        this.#finished = true;
        return null;
      }
      this.#chunk = chunk;
      this.#given = 0;
    }
    const { rowCount, columnCount } = this.#chunk;
    const most = Math.max(1, Math.min(this.#mostRows, Math.floor(valuesABatch / Math.max(1, columnCount))));
    const to = Math.min(rowCount, this.#given + most);
    const batch = batchOf(this.#chunk, this.#given, to);
    this.#given = to;
    if (to === rowCount) this.#chunk = null;
    return batch;
  }

  /** The next batch; null after the last. */
  async next(): Promise<ColumnBatch | null> {
    const kept = this.#kept.shift();
    if (kept && 'failure' in kept) throw kept.failure;
    if (kept) return kept.batch;
    return this.#finished ? null : this.#fetch();
  }

  /** Fetches all that is left, so that the connection is free for another statement. A failure waits for `next`. */
  async keepRest(): Promise<void> {
    try {
      while (!this.#finished) {
        const batch = await this.#fetch();
        if (batch) this.#kept.push({ batch });
      }
    } catch (failure) {
      this.#finished = true;
      this.#kept.push({ failure });
    }
  }

  /** Forgets what is left. */
  drop(): void {
    this.#finished = true;
    this.#chunk = null;
    this.#kept.length = 0;
  }
}
