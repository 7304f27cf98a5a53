import type { ColumnKind } from '../warehouse.ts';
import { bitsFor } from './bit-packing.ts';
import { areClose, putDeltas } from './deltas.ts';
import { Dictionary } from './dictionary.ts';
import { GroupPages } from './group-pages.ts';
import { CodeRoom, putHybrid, putRun, roomForBits } from './hybrid.ts';
import { NumberDictionary } from './number-dictionary.ts';
import { Page } from './page.ts';
import { boundsOfNumbers, NumberRange, putNumbers } from './plain-numbers.ts';
import { type Bounds, PlainTexts } from './plain-texts.ts';
import { markRows } from './presence.ts';

/** Texts of a group of rows: for each row the place of its text in a list, or -1 where it has none. */
export interface CodedTexts {
  readonly codes: Int32Array;
  readonly words: readonly string[];
}

/** Numbers of a group of rows likewise. The list may hold what no row has, and a number twice. */
export interface CodedNumbers {
  readonly codes: Int32Array;
  readonly numbers: Float64Array;
}

/**
 * The values of one column for a group of rows. Texts are coded; all other kinds are doubles with NaN for missing,
 * or coded as such: timestamps as microseconds since 1970, dates as days since 1970, truth values as 0 and 1.
 */
export type GroupValues = CodedTexts | CodedNumbers | Float64Array;

/** How many rows the values are of. */
export function rowsIn(values: GroupValues): number {
  return values instanceof Float64Array ? values.length : values.codes.length;
}

/** One column of one group as it is written, before it is compressed. */
export interface EncodedColumn extends Bounds {
  /** The values that codes stand for, plainly; null where values stand for themselves. */
  readonly dictionary: { readonly values: number; readonly page: Uint8Array } | null;
  /** Values or their codes, behind which rows have one. */
  readonly page: Uint8Array;
  /** How the page holds them: plainly, as codes of the dictionary, or as differences. */
  readonly encoding: 'plain' | 'dictionary' | 'deltas';
  readonly missing: number;
}

// Loops that pass every row stand in functions of their own, as in `hybrid.ts`.

/** The numbers that codes stand for; NaN where a code stands for none. */
export function pickNumbers(
  codes: Int32Array,
  numbers: Float64Array,
  out: Float64Array = new Float64Array(codes.length),
): Float64Array {
  for (let i = 0, end = out.length; i < end; i++) {
    const code = codes[i] as number;
    out[i] = code < 0 ? Number.NaN : (numbers[code] as number);
  }
  return out;
}

function pickTexts(codes: Int32Array, words: readonly string[]): string[] {
  const out: string[] = new Array(codes.length);
  for (let i = 0, end = out.length; i < end; i++) out[i] = words[codes[i] as number] as string;
  return out;
}

/** Encodes columns of groups one after the other, in room that is kept. What it gives holds until the next group. */
export class ColumnEncoder {
  readonly #page = new Page();
  readonly #group = new GroupPages();
  readonly #texts = new PlainTexts(this.#page);
  readonly #dictionary = new Dictionary();
  readonly #numbers = new NumberDictionary();
  readonly #places = new CodeRoom();
  readonly #range = new NumberRange();

  /** Begins a group of rows: nobody looks at the columns of the last any more. */
  begin(): void {
    this.#group.clear();
  }

  /** Says that nothing more is encoded, and nobody looks at what was. */
  end(): void {
    this.#page.end();
    this.#group.end();
    this.#places.end();
  }

  encode(values: GroupValues, kind: ColumnKind): EncodedColumn {
    if (values instanceof Float64Array) return this.#encodeNumbers(values, kind);
    return 'numbers' in values ? this.#encodeCoded(values, kind) : this.#encodeTexts(values);
  }

  #encodeNumbers(values: Float64Array, kind: ColumnKind): EncodedColumn {
    const listed = kind === 'boolean' ? null : this.#listed(values, kind);
    if (listed) return listed;
    const { present } = this.#range.of(values);
    const bounds = boundsOfNumbers(this.#page, this.#range, kind);
    this.#putPresence(values, present);
    const encoding = kind === 'integer' && areClose(this.#range) ? 'deltas' : 'plain';
    if (encoding === 'deltas') {
      this.#places.reserve(present);
      putDeltas(this.#page, values, this.#range, this.#places.codes);
    } else putNumbers(this.#page, values, present, kind);
    const missing = values.length - present;
    return { dictionary: null, page: this.#page.take(this.#group), encoding, missing, ...bounds };
  }

  /** Numbers that come again, with those that occur in the group as its dictionary; null where too few do. */
  #listed(values: Float64Array, kind: ColumnKind): EncodedColumn | null {
    this.#places.reserve(values.length);
    const present = this.#numbers.place(values, this.#places.codes);
    if (present < 0) return null;
    const own = this.#numbers.take();
    if (present === 0 || 2 * own.length > present) return null;
    return this.#withNumbers(own, kind, values, present);
  }

  #encodeCoded({ codes, numbers }: CodedNumbers, kind: ColumnKind): EncodedColumn {
    this.#places.reserve(codes.length);
    const present = this.#dictionary.place(codes, numbers.length, this.#places.codes);
    const own = pickNumbers(this.#dictionary.take(), numbers);
    const isWorthIt = present > 0 && 2 * own.length <= present && kind !== 'boolean';
    return isWorthIt
      ? this.#withNumbers(own, kind, codes, present)
      : this.#encodeNumbers(pickNumbers(codes, numbers), kind);
  }

  /** Numbers as the places of those that occur in the group; `values` tells which rows have one. */
  #withNumbers(
    own: Float64Array,
    kind: ColumnKind,
    values: Float64Array | Int32Array,
    present: number,
  ): EncodedColumn {
    const bounds = boundsOfNumbers(this.#page, this.#range.of(own), kind);
    putNumbers(this.#page, own, own.length, kind);
    const dictionary = { values: own.length, page: this.#page.take(this.#group) };
    this.#putPresence(values, present);
    return { ...this.#codes(dictionary, present), missing: values.length - present, ...bounds };
  }

  /** Texts with those that occur in the group as its dictionary, in order of their first row. */
  #encodeTexts({ codes, words }: CodedTexts): EncodedColumn {
    const rows = codes.length;
    this.#places.reserve(rows);
    const places = this.#places.codes;
    const present = this.#dictionary.place(codes, words.length, places);
    const own = pickTexts(this.#dictionary.take(), words);
    const missing = rows - present;
    this.#texts.begin();
    if (own.length > present / 2) {
      this.#putPresence(codes, present);
      this.#texts.putPlaced(own, places, present);
      const plain = { dictionary: null, page: this.#page.take(this.#group), encoding: 'plain' } as const;
      return { ...plain, missing, ...this.#texts.boundsOf(own) };
    }
    this.#texts.putAll(own);
    const dictionary = { values: own.length, page: this.#page.take(this.#group) };
    this.#putPresence(codes, present);
    return { ...this.#codes(dictionary, present), missing, ...this.#texts.boundsOf(own) };
  }

  /** Puts the codes of the values that are there behind which rows have one. */
  #codes(dictionary: NonNullable<EncodedColumn['dictionary']>, present: number) {
    const width = bitsFor(dictionary.values);
    this.#page.putByte(width);
    putHybrid(this.#page, this.#places, present, width);
    return { dictionary, page: this.#page.take(this.#group), encoding: 'dictionary' as const };
  }

  /** Puts which rows have a value (Parquet's definition levels), each 1 or 0, with the length before them. */
  #putPresence(values: Float64Array | Int32Array, present: number): void {
    const page = this.#page;
    const rows = values.length;
    const from = page.size;
    page.putBytes(noLength);
    if (present === 0 || present === rows) putRun(page, rows, present === 0 ? 0 : 1, 1);
    else {
      // Where only some rows have a value, runs are rarely worth looking for.
      const at = roomForBits(page, rows);
      markRows(values, page.bytes, at);
    }
    page.view.setUint32(from, page.size - from - noLength.length, true);
  }
}

/** Room for a length that is known once what it is the length of is there. */
const noLength = new Uint8Array(4);
