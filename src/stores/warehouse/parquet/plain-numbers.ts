import type { ColumnKind } from '../warehouse.ts';
import type { Page } from './page.ts';
import type { Bounds } from './plain-texts.ts';

const twoTo32 = 2 ** 32;

// Each loop that passes every value stands in a function of its own, as in `hybrid.ts`. NaN alone is not itself: a
// value that is missing.

const bytesOf = ({ buffer, byteOffset, byteLength }: Float64Array | Int32Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);

function putDoubles(values: Float64Array, view: DataView, from: number): void {
  let at = from;
  for (let row = 0, end = values.length; row < end; row++) {
    const value = values[row] as number;
    if (Number.isNaN(value)) continue;
    view.setFloat64(at, value, true);
    at += 8;
  }
}

/** Whole numbers in halves of 32 bits, the lower first: many are too large for the calls that put one half. */
function halve(values: Float64Array, halves: Int32Array): void {
  let at = 0;
  for (let row = 0, end = values.length; row < end; row++) {
    const value = Math.floor(values[row] as number);
    if (Number.isNaN(value)) continue;
    // An array of 32 bits takes a number modulo 2^32.
    halves[at] = value;
    halves[at + 1] = Math.floor(value / twoTo32);
    at += 2;
  }
}

function putDays(values: Float64Array, view: DataView, from: number): void {
  let at = from;
  for (let row = 0, end = values.length; row < end; row++) {
    const value = values[row] as number;
    if (Number.isNaN(value)) continue;
    view.setInt32(at, value, true);
    at += 4;
  }
}

function putTruthValues(values: Float64Array, bytes: Uint8Array, from: number): void {
  let bit = 0;
  for (let row = 0, end = values.length; row < end; row++) {
    const value = values[row] as number;
    if (Number.isNaN(value)) continue;
    const at = from + (bit >> 3);
    if ((bit & 7) === 0) bytes[at] = 0;
    if (value !== 0) bytes[at] = (bytes[at] as number) | (1 << (bit & 7));
    bit += 1;
  }
}

/** Puts those of some numbers that are there, `present` of them, as Parquet holds them plainly. */
export function putNumbers(page: Page, values: Float64Array, present: number, kind: ColumnKind): void {
  if (kind === 'integer' || kind === 'timestamp') {
    const halves = page.halves(2 * present);
    halve(values, halves);
    page.putBytes(bytesOf(halves));
    return;
  }
  page.reserve(8 * present);
  const { bytes, view, size } = page;
  switch (kind) {
    case 'boolean':
      putTruthValues(values, bytes, size);
      page.size += Math.ceil(present / 8);
      break;
    case 'date':
      putDays(values, view, size);
      page.size += 4 * present;
      break;
    case 'number':
      if (present < values.length) putDoubles(values, view, size);
      else bytes.set(bytesOf(values), size);
      page.size += 8 * present;
  }
}

/** How many numbers of a group are there, the least of them and the most. */
export class NumberRange {
  present = 0;
  least = 0;
  most = 0;

  /** Looks at the numbers of a group. */
  of(values: Float64Array): this {
    this.present = 0;
    this.least = Number.POSITIVE_INFINITY;
    this.most = Number.NEGATIVE_INFINITY;
    this.#look(values);
    return this;
  }

  #look(values: Float64Array): void {
    for (let row = 0, end = values.length; row < end; row++) {
      const value = values[row] as number;
      if (Number.isNaN(value)) continue;
      this.present += 1;
      if (value < this.least) this.least = value;
      if (value > this.most) this.most = value;
    }
  }
}

/** The bounds of numbers as bytes; none where there are no numbers or they are truth values. */
export function boundsOfNumbers(page: Page, { present, least, most }: NumberRange, kind: ColumnKind): Bounds {
  if (present === 0 || kind === 'boolean') return { least: null, most: null };
  const bound = (value: number) => {
    putNumbers(page, Float64Array.of(value), 1, kind);
    return page.take();
  };
  return { least: bound(least), most: bound(most) };
}
