import { type CodedNumbers, type ColumnValues, pickNumbers } from '../../stores/index.ts';
import type { Numbers } from '../cast/coded-numbers.ts';
import { type GroupRoom, gatherNumbers } from './group-room.ts';
import { HeldCodes } from './held-codes.ts';
import { moreNumbers } from './held-room.ts';

const dayMs = 86_400_000;

/** A number, a truth value, a date or a time as one double; NaN where there is none. */
function asDouble(value: string | number | bigint | boolean | null | undefined): number {
  if (value === null || value === undefined) return Number.NaN;
  return typeof value === 'string' ? Date.parse(`${value}T00:00:00Z`) / dayMs : Number(value);
}

/** True where each number is one more than the one before, from a first one on. */
function countsOn(numbers: Float64Array, from: number): boolean {
  for (let i = 0, end = numbers.length; i < end; i++) if (numbers[i] !== from + i) return false;
  return true;
}

function putCounted(from: number, out: Float64Array): void {
  for (let i = 0, end = out.length; i < end; i++) out[i] = from + i;
}

function gatherCounted(from: number, rows: Int32Array, out: Float64Array): Float64Array {
  for (let i = 0, end = out.length; i < end; i++) out[i] = from + (rows[i] as number);
  return out;
}

/**
 * One column of numbers, batch by batch. Numbers that count on from row to row, as places in a file do, take no memory
 * until one does not; those that come coded by one list stay so until some do not.
 */
export class HeldNumbers {
  #numbers: Float64Array<ArrayBuffer> = new Float64Array(0);
  /** The first of numbers that count on; null once they do not. */
  #first: number | null = null;
  /** Codes of all numbers and what they stand for; null once some are not coded. */
  #coded: { readonly codes: HeldCodes; numbers: Float64Array } | null = null;
  #rows = 0;

  get bytes(): number {
    if (this.#coded) return this.#coded.codes.bytes;
    return this.#first === null ? 8 * this.#rows : 0;
  }

  add(values: ColumnValues | CodedNumbers): void {
    if (!('numbers' in values)) this.#addPlain(values);
    else if (this.#rows === 0 || this.#coded) this.#addCoded(values);
    else this.#addPlain(pickNumbers(values.codes, values.numbers));
  }

  /** Begins with some rows of another column, behind which this one goes its own way. */
  beginAs(other: HeldNumbers, rows: number): void {
    if (rows === 0) return;
    if (other.#first === null || other.#coded) this.add(other.values(rows));
    else {
      this.#first = other.#first;
      this.#rows = rows;
    }
  }

  /** The numbers of the first rows, coded where they are held so. */
  values(rows: number): Numbers {
    if (this.#coded)
      return { codes: this.#coded.codes.all().subarray(0, rows), numbers: this.#coded.numbers };
    this.#write();
    return this.#numbers.subarray(0, rows);
  }

  /** The numbers of some rows, in the order given, likewise. */
  gather(rows: Int32Array, room: GroupRoom): Numbers {
    if (this.#coded) {
      const { codes, numbers } = this.#coded;
      return { codes: codes.gather(rows, room.codes(rows.length)), numbers };
    }
    const out = room.numbers(rows.length);
    return this.#first === null
      ? gatherNumbers(this.#numbers, rows, out)
      : gatherCounted(this.#first, rows, out);
  }

  /** The list of codes given later holds what those given before stand for, and more. */
  #addCoded({ codes, numbers }: CodedNumbers): void {
    const held = this.#coded ?? { codes: new HeldCodes(), numbers };
    held.codes.add(codes, numbers.length);
    held.numbers = numbers;
    this.#coded = held;
    this.#rows = held.codes.rows;
  }

  #addPlain(values: ColumnValues): void {
    const own = values instanceof Float64Array ? values : Float64Array.from(values, asDouble);
    if (this.#coded) this.#write();
    if (this.#rows === 0) this.#first = own[0] ?? null;
    if (this.#first !== null && countsOn(own, this.#first + this.#rows)) this.#rows += own.length;
    else {
      this.#write();
      this.#put(own);
    }
  }

  #put(own: Float64Array): void {
    const rows = this.#rows + own.length;
    if (rows > this.#numbers.length) this.#numbers = moreNumbers(this.#numbers, rows);
    this.#numbers.set(own, this.#rows);
    this.#rows = rows;
  }

  /** Writes out all numbers that counted on or were coded until now. */
  #write(): void {
    if (this.#first !== null) {
      this.#numbers = moreNumbers(this.#numbers, this.#rows);
      putCounted(this.#first, this.#numbers.subarray(0, this.#rows));
      this.#first = null;
    } else if (this.#coded) {
      const { codes, numbers } = this.#coded;
      this.#numbers = pickNumbers(codes.all(), numbers) as Float64Array<ArrayBuffer>;
      this.#coded = null;
    }
  }
}
