import type { ColumnCells } from '../bytes/column-cells.ts';
import { Stretch } from '../bytes/stretch.ts';

/** Bytes that stay in use for the next trace. */
const usualBytes = 1 << 16;

/** What is said of one trace, kept as bytes until its rows have come; those it was read from are gone by then. */
export class TraceValues {
  #held = new Stretch(Buffer.alloc(256));
  #count = 0;
  readonly #columns: number[] = [];
  readonly #ends: number[] = [];
  /** For each column how many traces there had been when it last got a value, and the place of that value. */
  readonly #traces: number[] = [];
  readonly #places: number[] = [];
  #trace = 0;

  /** Forgets all, for the next trace. */
  clear(): void {
    this.#count = 0;
    this.#trace += 1;
    if (this.#held.bytes.length > usualBytes) this.#held = new Stretch(Buffer.alloc(256));
  }

  has(column: number): boolean {
    return this.#traces[column] === this.#trace;
  }

  /** True where a column has no value, or one of blanks. */
  isBlank(column: number): boolean {
    if (!this.has(column)) return true;
    const place = this.#places[column] as number;
    const start = this.#startOf(place);
    const end = this.#ends[place] as number;
    const { bytes } = this.#held;
    const first = bytes[start] as number;
    // Most names begin with a letter or number.
    return (
      start === end || ((first <= 32 || first > 127) && bytes.toString('utf8', start, end).trim() === '')
    );
  }

  /** Sets the value of a column, also in place of an earlier one. */
  set(column: number, { bytes }: Stretch, start: number, end: number): void {
    const place = this.#count;
    const from = this.#startOf(place);
    const to = from + end - start;
    if (to > this.#held.bytes.length) {
      const grown = Buffer.alloc(2 * to);
      grown.set(this.#held.bytes);
      this.#held = new Stretch(grown);
    }
    const held = this.#held.bytes;
    for (let i = start; i < end; i++) held[from + i - start] = bytes[i] as number;
    this.#columns[place] = column;
    this.#ends[place] = to;
    this.#count = place + 1;
    this.#traces[column] = this.#trace;
    this.#places[column] = place;
  }

  /** Gives rows between two the values. */
  fill(columns: readonly ColumnCells[], from: number, to: number): void {
    for (let place = 0; place < this.#count; place++) {
      const column = this.#columns[place] as number;
      if (this.#places[column] !== place) continue;
      const cells = columns[column] as ColumnCells;
      cells.fillEmpty(from);
      cells.fill(to, this.#held, this.#startOf(place), this.#ends[place] as number);
    }
  }

  #startOf(place: number): number {
    return place === 0 ? 0 : (this.#ends[place - 1] as number);
  }
}
