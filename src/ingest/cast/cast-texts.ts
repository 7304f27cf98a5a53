import type { CodedTexts } from '../../stores/index.ts';
import { type Cells, CodedCells } from '../readers/cells.ts';
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

const unread = -3;
const faulty = -2;
const nothing = -1;

/** Casts the cells of one column of texts; each different text of coded cells is read once. */
export class TextCaster {
  readonly #column: string;
  readonly #read: TextReading;
  readonly #readOnce: TextReading;
  /** The list of texts that codes are of now, what each has become, and what they have become together. */
  #from: readonly string[] = [];
  #codes = new Int32Array(0);
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
    for (let i = 0; i < cells.length; i++) {
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
    if (words !== this.#from) {
      this.#from = words;
      this.#codes = new Int32Array(0);
      this.#words = [];
      this.#faults = new Map();
    }
    if (words.length > this.#codes.length) {
      const known = this.#codes.length;
      this.#codes = new Int32Array(this.#codes.buffer.transfer(4 * Math.max(256, 2 * words.length)));
      this.#codes.fill(unread, known);
    }
    const out = this.#room.codes(codes.length);
    this.#becomeEach(codes, out, faults);
    return { codes: out, words: this.#words };
  }

  // The loop has nothing behind it, so that it is compiled once.
  #becomeEach(codes: Int32Array, out: Int32Array, faults: RowFaults): void {
    const become = this.#codes;
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i] as number;
      let own = become[code] as number;
      if (own === unread) own = this.#become(code);
      if (own === faulty) own = this.#setAside(i, code, faults);
      out[i] = own;
    }
  }

  #setAside(row: number, code: number, faults: RowFaults): number {
    const { value, reason } = this.#faults.get(code) as TextFault;
    faults.set(row, this.#column, value, reason);
    return nothing;
  }

  #become(code: number): number {
    const read = this.#readOnce(trimmed(this.#from[code] as string));
    let own = nothing;
    if (typeof read === 'string') own = this.#words.push(read) - 1;
    else if (read !== null) {
      this.#faults.set(code, read);
      own = faulty;
    }
    this.#codes[code] = own;
    return own;
  }
}
