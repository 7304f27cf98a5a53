import type { ColumnValues } from '../../stores/index.ts';
import { roomFor } from './held-room.ts';

const dayMs = 86_400_000;

/** A number, a truth value, a date or a time as one double; NaN where there is none. */
function asDouble(value: string | number | bigint | boolean | null | undefined): number {
  if (value === null || value === undefined) return Number.NaN;
  return typeof value === 'string' ? Date.parse(`${value}T00:00:00Z`) / dayMs : Number(value);
}

/** Numbers with room for more; the room they had is given back at once, not when it is next looked for. */
function moreNumbers(numbers: Float64Array<ArrayBuffer>, places: number): Float64Array<ArrayBuffer> {
  const out = new Float64Array(roomFor(places, numbers.length));
  out.set(numbers);
  numbers.buffer.transfer(0);
  return out;
}

/** True where each number is one more than the one before, from a first one on. */
function countsOn(numbers: Float64Array, from: number): boolean {
  for (let i = 0; i < numbers.length; i++) if (numbers[i] !== from + i) return false;
  return true;
}

function putCounted(from: number, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = from + i;
}

function gatherCounted(from: number, rows: Int32Array, out: Float64Array): Float64Array {
  for (let i = 0; i < out.length; i++) out[i] = from + (rows[i] as number);
  return out;
}

/** The numbers of some rows, in the order given. */
export function gatherNumbers(numbers: Float64Array, rows: Int32Array, out: Float64Array): Float64Array {
  for (let i = 0; i < out.length; i++) out[i] = numbers[rows[i] as number] as number;
  return out;
}

/**
 * One column of numbers, batch by batch. Numbers that count on from row to row, as places in a file do, take no memory
 * until one does not.
 */
export class HeldNumbers {
  #numbers: Float64Array<ArrayBuffer> = new Float64Array(0);
  /** The first of numbers that count on; null once they do not. */
  #first: number | null = null;
  #rows = 0;
  bytes = 0;

  add(values: ColumnValues): void {
    const own = values instanceof Float64Array ? values : Float64Array.from(values, asDouble);
    if (this.#rows === 0) this.#first = own[0] ?? null;
    if (this.#first !== null && countsOn(own, this.#first + this.#rows)) this.#rows += own.length;
    else {
      this.#write();
      this.#put(own);
    }
  }

  /** Begins with some rows of another column, behind which this one goes its own way. */
  beginAs(other: HeldNumbers, rows: number): void {
    this.#put(other.values(rows));
  }

  /** The numbers of the first rows. */
  values(rows: number): Float64Array {
    this.#write();
    return this.#numbers.subarray(0, rows);
  }

  /** The numbers of some rows, in the order given. */
  gather(rows: Int32Array, out: Float64Array): Float64Array {
    return this.#first === null
      ? gatherNumbers(this.#numbers, rows, out)
      : gatherCounted(this.#first, rows, out);
  }

  #put(own: Float64Array): void {
    const rows = this.#rows + own.length;
    if (rows > this.#numbers.length) this.#numbers = moreNumbers(this.#numbers, rows);
    this.#numbers.set(own, this.#rows);
    this.#rows = rows;
    this.bytes += 8 * own.length;
  }

  /** Writes out all numbers that counted on until now. */
  #write(): void {
    if (this.#first === null) return;
    this.#numbers = moreNumbers(this.#numbers, this.#rows);
    putCounted(this.#first, this.#numbers.subarray(0, this.#rows));
    this.#first = null;
    this.bytes += 8 * this.#rows;
  }
}
