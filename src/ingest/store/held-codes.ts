import { handBack } from '../../stores/index.ts';
import { gatherCodes } from './group-room.ts';
import { moreCodes, moreNarrow } from './held-room.ts';

/** Codes of lists up to here are held in two bytes. */
const mostNarrow = 32_768;

// Each loop has its own kind of array, so that it is compiled for one.

function gatherNarrow(codes: Int16Array, rows: Int32Array, out: Int32Array): Int32Array {
  for (let i = 0, end = out.length; i < end; i++) out[i] = codes[rows[i] as number] as number;
  return out;
}

/** Counts the rows of each code; -1 is none. */
function countWide(codes: Int32Array, counts: Int32Array): void {
  for (let i = 0, end = codes.length; i < end; i++) {
    const code = codes[i] as number;
    if (code >= 0) counts[code] = (counts[code] as number) + 1;
  }
}

function countNarrow(codes: Int16Array, counts: Int32Array): void {
  for (let i = 0, end = codes.length; i < end; i++) {
    const code = codes[i] as number;
    if (code >= 0) counts[code] = (counts[code] as number) + 1;
  }
}

/** The codes of a column's rows, each of a list or -1: in two bytes while they fit, in four from then on. */
export class HeldCodes {
  #narrow: Int16Array<ArrayBuffer> | null = new Int16Array(0);
  #wide: Int32Array<ArrayBuffer> = new Int32Array(0);
  rows = 0;

  get bytes(): number {
    return this.rows * (this.#narrow ?? this.#wide).BYTES_PER_ELEMENT;
  }

  /** Puts codes behind those that are there; `size` is how many the list of all has by now. */
  add(codes: Int32Array, size: number): void {
    const before = this.rows;
    this.rows += codes.length;
    if (size > mostNarrow) this.#widen(before);
    if (this.#narrow) {
      if (this.rows > this.#narrow.length) this.#narrow = moreNarrow(this.#narrow, this.rows);
      this.#narrow.set(codes, before);
    } else {
      if (this.rows > this.#wide.length) this.#wide = moreCodes(this.#wide, this.rows);
      this.#wide.set(codes, before);
    }
  }

  #widen(rows: number): void {
    if (!this.#narrow) return;
    this.#wide = moreCodes(this.#wide, rows);
    this.#wide.set(this.#narrow.subarray(0, rows));
    handBack(this.#narrow);
    this.#narrow = null;
  }

  /** The codes of all rows. */
  all(): Int32Array {
    return this.#narrow
      ? new Int32Array(this.#narrow.subarray(0, this.rows))
      : this.#wide.subarray(0, this.rows);
  }

  /** How many rows have each code of a list. */
  counts(size: number): Int32Array {
    const counts = new Int32Array(size);
    if (this.#narrow) countNarrow(this.#narrow.subarray(0, this.rows), counts);
    else countWide(this.#wide.subarray(0, this.rows), counts);
    return counts;
  }

  /** The codes of some rows, in the order given. */
  gather(rows: Int32Array, out: Int32Array): Int32Array {
    return this.#narrow ? gatherNarrow(this.#narrow, rows, out) : gatherCodes(this.#wide, rows, out);
  }
}
