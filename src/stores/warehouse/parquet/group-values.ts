import type { ColumnKind } from '../warehouse.ts';
import { bitsFor, hybridBytes, runOf } from './hybrid.ts';

/** Texts of a group of rows: for each row the place of its text in a list, or -1 where it has none. */
export interface CodedTexts {
  readonly codes: Int32Array;
  readonly words: readonly string[];
}

/**
 * The values of one column for a group of rows. Texts are coded; all other kinds are doubles with NaN for missing:
 * timestamps as microseconds since 1970, dates as days since 1970, truth values as 0 and 1.
 */
export type GroupValues = CodedTexts | Float64Array;

/** How many rows the values are of. */
export function rowsIn(values: GroupValues): number {
  return values instanceof Float64Array ? values.length : values.codes.length;
}

/** One column of one group as it is written, before it is compressed. */
export interface EncodedColumn {
  /** The texts that codes stand for, each with its length; null where values stand for themselves. */
  readonly dictionary: { readonly values: number; readonly page: Uint8Array } | null;
  readonly page: Uint8Array;
  readonly missing: number;
  readonly least: Uint8Array | null;
  readonly most: Uint8Array | null;
}

const twoTo32 = 2 ** 32;

/** Room for what is needed while one column is encoded, kept for the next: memory taken anew each time costs more. */
class Scratch {
  #codes: Int32Array = new Int32Array(0);
  #numbers: Float64Array = new Float64Array(0);
  /** The place of each text in the dictionary of a group, 0 for none; all 0 between columns. */
  #places: Int32Array = new Int32Array(0);

  codes(size: number): Int32Array {
    if (this.#codes.length < size) this.#codes = new Int32Array(size);
    return this.#codes.subarray(0, size);
  }

  numbers(size: number): Float64Array {
    if (this.#numbers.length < size) this.#numbers = new Float64Array(size);
    return this.#numbers.subarray(0, size);
  }

  places(size: number): Int32Array {
    if (this.#places.length < size) this.#places = new Int32Array(size * 2);
    return this.#places;
  }
}

/** Bounds of long texts are left out: they are there to pass groups over, and few are looked up by a long text. */
const longestBound = 128;
const longText = 256;

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Which rows have a value (Parquet's definition levels), each 1 or 0, with the length before them. */
function presence(rows: number, missing: number, isMissing: (row: number) => boolean): Uint8Array {
  let packed: Uint8Array;
  if (missing === 0 || missing === rows) packed = runOf(rows, missing === 0 ? 1 : 0, 1);
  else {
    const levels = new Int32Array(rows);
    for (let row = 0; row < rows; row++) if (!isMissing(row)) levels[row] = 1;
    packed = hybridBytes(levels, 1);
  }
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, packed.length, true);
  return joined([length, packed]);
}

function plainTexts(words: readonly string[]): Uint8Array {
  let most = 0;
  // Three bytes a character are room enough; for long texts that is too much, and finding out costs little.
  for (const word of words) most += 4 + (word.length < longText ? 3 * word.length : Buffer.byteLength(word));
  const out = Buffer.allocUnsafe(most);
  let size = 0;
  for (const word of words) {
    const written = out.write(word, size + 4, 'utf8');
    out.writeUInt32LE(written, size);
    size += 4 + written;
  }
  return out.subarray(0, size);
}

function boundsOfTexts(words: readonly string[]): Pick<EncodedColumn, 'least' | 'most'> {
  let least = words[0] ?? '';
  let most = least;
  let isPlain = true;
  for (const word of words) {
    if (word < least) least = word;
    if (word > most) most = word;
    // Surrogates are in another order as text than as bytes.
    if (isPlain && /[\ud800-\udfff]/.test(word)) isPlain = false;
  }
  if (words.length === 0 || !isPlain || least.length > longestBound || most.length > longestBound)
    return { least: null, most: null };
  return { least: Buffer.from(least, 'utf8'), most: Buffer.from(most, 'utf8') };
}

/** Texts with those that occur in the group as its dictionary, in order of their first row. */
function encodeTexts({ codes, words }: CodedTexts, scratch: Scratch): EncodedColumn {
  const rows = codes.length;
  const own: string[] = [];
  const places = scratch.places(words.length);
  const packed = scratch.codes(rows);
  let present = 0;
  for (let row = 0; row < rows; row++) {
    const code = codes[row] as number;
    if (code < 0) continue;
    let place = places[code] as number;
    if (place === 0) {
      place = own.push(words[code] as string);
      places[code] = place;
    }
    packed[present++] = place - 1;
  }
  for (let row = 0; row < rows; row++) {
    const code = codes[row] as number;
    if (code >= 0) places[code] = 0;
  }
  const missing = rows - present;
  const levels = presence(rows, missing, (row) => (codes[row] as number) < 0);
  const bounds = boundsOfTexts(own);
  if (own.length > present / 2) {
    const each: string[] = [];
    for (let row = 0; row < present; row++) each.push(own[packed[row] as number] as string);
    return { dictionary: null, page: joined([levels, plainTexts(each)]), missing, ...bounds };
  }
  const width = bitsFor(own.length);
  return {
    dictionary: { values: own.length, page: plainTexts(own) },
    page: joined([levels, Uint8Array.of(width), hybridBytes(packed.subarray(0, present), width)]),
    missing,
    ...bounds,
  };
}

function wholeNumbers(values: Float64Array, halves: Int32Array): Uint8Array {
  for (let i = 0; i < values.length; i++) {
    const value = Math.floor(values[i] as number);
    const high = Math.floor(value / twoTo32);
    halves[2 * i] = value - high * twoTo32;
    halves[2 * i + 1] = high;
  }
  return new Uint8Array(halves.buffer, halves.byteOffset, halves.byteLength);
}

function truthValues(values: Float64Array): Uint8Array {
  const out = new Uint8Array(Math.ceil(values.length / 8));
  values.forEach((value, i) => {
    if (value !== 0) out[i >> 3] = (out[i >> 3] as number) | (1 << (i & 7));
  });
  return out;
}

/** Numbers as Parquet holds them plainly; the bytes may be in the scratch. */
function plainNumbers(values: Float64Array, kind: ColumnKind, scratch: Scratch): Uint8Array {
  if (kind === 'number') return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  if (kind === 'date') return new Uint8Array(Int32Array.from(values).buffer);
  return kind === 'boolean' ? truthValues(values) : wholeNumbers(values, scratch.codes(values.length * 2));
}

function withoutGaps(values: Float64Array, out: Float64Array): Float64Array {
  let size = 0;
  for (let row = 0; size < out.length; row++) {
    const value = values[row] as number;
    if (!Number.isNaN(value)) out[size++] = value;
  }
  return out;
}

function encodeNumbers(values: Float64Array, kind: ColumnKind, scratch: Scratch): EncodedColumn {
  const rows = values.length;
  let present = 0;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < rows; row++) {
    const value = values[row] as number;
    if (Number.isNaN(value)) continue;
    present += 1;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const missing = rows - present;
  const kept = missing === 0 ? values : withoutGaps(values, scratch.numbers(present));
  const bound = (value: number) =>
    present === 0 || kind === 'boolean' ? null : plainNumbers(Float64Array.of(value), kind, scratch).slice();
  const bounds = { least: bound(least), most: bound(most) };
  const levels = presence(rows, missing, (row) => Number.isNaN(values[row]));
  return { dictionary: null, page: joined([levels, plainNumbers(kept, kind, scratch)]), missing, ...bounds };
}

/** Encodes columns of groups; the room that it takes is kept from column to column. */
export function columnEncoder(): (values: GroupValues, kind: ColumnKind) => EncodedColumn {
  const scratch = new Scratch();
  return (values, kind) =>
    values instanceof Float64Array ? encodeNumbers(values, kind, scratch) : encodeTexts(values, scratch);
}
