import type { CodedTexts } from '../../stores/index.ts';
import { type Cells, CodedCells } from '../readers/cells.ts';
import { FirstMet } from './first-met.ts';
import { putPlaces, withPlaces } from './places.ts';
import { Room } from './room.ts';
import type { RowFaults } from './row-faults.ts';
import { type TextFault, type TextReading, trimmed } from './text-readings.ts';

/** Texts of a batch: each as it is, or by its place in a list that grows from batch to batch. */
export type CastTexts = readonly (string | null)[] | CodedTexts;

/** The text of a row. */
export function textAt(texts: CastTexts, row: number): string | null {
  if (!('codes' in texts)) return texts[row] ?? null;
  const code = texts.codes[row] as number;
  return code < 0 ? null : (texts.words[code] as string);
}

/** What codes of texts that cannot be used stand for. */
const nothing = -1;
const faulty = -2;

/** Casts the cells of one column of texts; each different text of coded cells is read once. */
export class TextCaster {
  readonly #column: string;
  readonly #read: TextReading;
  readonly #readOnce: TextReading;
  /** The texts that codes are of now, what each has become, and what they have become together. */
  readonly #texts = new FirstMet();
  #places = new Int32Array(0);
  #words: string[] = [];
  #faults = new Map<number, TextFault>();
  readonly #room = new Room();

  /** Cells that are coded are read by a way of their own where there is one: each text comes once. */
  constructor(column: string, read: TextReading, readOnce = read) {
    this.#column = column;
    this.#read = read;
    this.#readOnce = readOnce;
  }

  /** What it gives holds until the next cells are cast. */
  cast(cells: Cells, faults: RowFaults): CastTexts {
    return cells instanceof CodedCells ? this.#castCoded(cells, faults) : this.#castPlain(cells, faults);
  }

  #castPlain(cells: readonly string[], faults: RowFaults): readonly (string | null)[] {
    const out: (string | null)[] = new Array(cells.length);
    let last: string | null = null;
    let read: ReturnType<TextReading> = null;
    for (let i = 0, end = cells.length; i < end; i++) {
      const text = trimmed(cells[i] as string);
      if (text !== last) read = this.#read(text);
      last = text;
      if (typeof read === 'string' || read === null) out[i] = read;
      else {
        out[i] = null;
        faults.set(i, this.#column, read.value, read.reason);
      }
    }
    return out;
  }

  #castCoded({ codes, words }: CodedCells, faults: RowFaults): CodedTexts {
    if (this.#texts.follow(words)) {
      this.#words = [];
      this.#faults = new Map();
    }
    this.#places = withPlaces(this.#places, words.length);
    const fresh = this.#texts.among(codes);
    if (fresh.length > 0) this.#readEach(fresh);
    const out = this.#room.codes(codes.length);
    if (putPlaces(codes, this.#places, out) < nothing) this.#setAsideEach(codes, out, faults);
    return { codes: out, words: this.#words };
  }

  /** Sets aside the rows with a fault, and leaves them without a text. */
  #setAsideEach(codes: Int32Array, out: Int32Array, faults: RowFaults): void {
    out.forEach((place, row) => {
      if (place !== faulty) return;
      const { value, reason } = this.#faults.get(codes[row] as number) as TextFault;
      faults.set(row, this.#column, value, reason);
      out[row] = nothing;
    });
  }

  #readEach(codes: Int32Array): void {
    for (let i = 0, end = codes.length; i < end; i++) {
      const code = codes[i] as number;
      this.#places[code] = this.#become(code);
    }
  }

  #become(code: number): number {
    const read = this.#readOnce(trimmed(this.#texts.words[code] as string));
    if (typeof read === 'string') return this.#words.push(read) - 1;
    if (read === null) return nothing;
    this.#faults.set(code, read);
    return faulty;
  }
}
