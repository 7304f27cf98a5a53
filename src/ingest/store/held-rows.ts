import type { CodedTexts, ColumnSpec, ColumnValues, GroupValues } from '../../stores/index.ts';
import type { StagedRows } from '../cast/cast-batch.ts';
import type { StagedValues } from '../cast/column-caster.ts';
import { ownText } from '../readers/own-text.ts';

/** With more texts than this, and more than one in four rows new, texts are no longer looked up. */
const mostLookedUp = 50_000;
/** What a text takes beside its characters, and what looking it up takes. */
const bytesAText = 24;
const bytesALookUp = 40;
const dayMs = 86_400_000;

/** How many places to make room for, where some are needed: memory that nothing was put into yet costs nothing. */
const roomFor = (places: number, before: number) => Math.max(places, 2 * before, 1_024);

/** Codes with room for more; the room they had is given back at once, not when it is next looked for. */
function moreCodes(codes: Int32Array<ArrayBuffer>, places: number): Int32Array<ArrayBuffer> {
  const out = new Int32Array(roomFor(places, codes.length));
  out.set(codes);
  codes.buffer.transfer(0);
  return out;
}

/** Numbers with room for more, likewise. */
function moreNumbers(numbers: Float64Array<ArrayBuffer>, places: number): Float64Array<ArrayBuffer> {
  const out = new Float64Array(roomFor(places, numbers.length));
  out.set(numbers);
  numbers.buffer.transfer(0);
  return out;
}

/** A number, a truth value, a date or a time as one double; NaN where there is none. */
function asDouble(value: string | number | bigint | boolean | null | undefined): number {
  if (value === null || value === undefined) return Number.NaN;
  return typeof value === 'string' ? Date.parse(`${value}T00:00:00Z`) / dayMs : Number(value);
}

class HeldTexts {
  #codes: Int32Array<ArrayBuffer> = new Int32Array(0);
  readonly words: string[] = [];
  /** The texts by their codes; made when first needed, null when no longer worth it. */
  #known: Map<string, number> | null | undefined;
  /** True while all texts came by one list, so that none need be looked up. */
  #isOneList = false;
  #last: string | null = null;
  #lastCode = -1;
  /** The list that coded texts came by last, and the code here of each. */
  #from: readonly string[] = [];
  #places: Int32Array<ArrayBuffer> = new Int32Array(0);
  /** Characters of all texts, each as often as it occurs, and of those that differ. */
  characters = 0;
  kept = 0;
  bytes = 0;

  add(values: StagedValues, before: number): void {
    const added = 'codes' in values ? values.codes.length : values.length;
    const rows = before + added;
    if (rows > this.#codes.length) this.#codes = moreCodes(this.#codes, rows);
    if ('codes' in values) this.#addCoded(values, before);
    else this.#addTexts(values, before);
    this.bytes += 4 * added;
    if (this.words.length > mostLookedUp && this.words.length > rows / 4) this.#known = null;
  }

  #addTexts(values: ColumnValues, before: number): void {
    this.#isOneList = false;
    for (let i = 0; i < values.length; i++) {
      const text = values[i] as string | null;
      let code = -1;
      if (text === this.#last && text !== null) code = this.#lastCode;
      else if (text !== null) {
        code = this.#codeOf(text) ?? this.#added(ownText(text));
        this.#last = text;
        this.#lastCode = code;
      }
      if (text !== null) this.characters += text.length;
      this.#codes[before + i] = code;
    }
  }

  /** Adds texts that are coded by another list: each of that list is looked up once. */
  #addCoded({ codes, words }: CodedTexts, before: number): void {
    if (words !== this.#from) {
      this.#from = words;
      this.#isOneList = this.words.length === 0;
      this.#places = new Int32Array(0);
    }
    if (words.length > this.#places.length) {
      const known = this.#places.length;
      this.#places = moreCodes(this.#places, words.length);
      this.#places.fill(-1, known);
    }
    this.#placeCoded(codes, before);
  }

  #placeCoded(given: Int32Array, before: number): void {
    const [codes, places, words] = [this.#codes, this.#places, this.words];
    let characters = 0;
    for (let i = 0; i < given.length; i++) {
      const own = given[i] as number;
      let code = -1;
      if (own >= 0) {
        code = places[own] as number;
        if (code < 0) code = this.#placed(own);
        characters += (words[code] as string).length;
      }
      codes[before + i] = code;
    }
    this.characters += characters;
  }

  /** The code here of a text of the other list, which is not known yet. */
  #placed(own: number): number {
    // Texts of a list are no parts of a block of the file.
    const text = this.#from[own] as string;
    const code = (this.#isOneList ? undefined : this.#codeOf(text)) ?? this.#added(text);
    this.#places[own] = code;
    return code;
  }

  #codeOf(text: string): number | undefined {
    if (this.#known === undefined) {
      this.#known = new Map(this.words.map((word, code) => [word, code]));
      this.bytes += bytesALookUp * this.words.length;
    }
    return this.#known?.get(text);
  }

  /** Adds a text, which must not keep the block of the file that it was found in. */
  #added(own: string): number {
    const code = this.words.push(own) - 1;
    this.#known?.set(own, code);
    this.kept += own.length;
    this.bytes += bytesAText + own.length + (this.#known ? bytesALookUp : 0);
    return code;
  }

  values(rows: number): CodedTexts {
    return { codes: this.#codes.subarray(0, rows), words: this.words };
  }
}

class HeldNumbers {
  #numbers: Float64Array<ArrayBuffer> = new Float64Array(0);
  bytes = 0;

  add(values: StagedValues, before: number): void {
    if ('codes' in values) throw new TypeError('numbers are never coded');
    const rows = before + values.length;
    if (rows > this.#numbers.length) this.#numbers = moreNumbers(this.#numbers, rows);
    if (values instanceof Float64Array) this.#numbers.set(values, before);
    else for (let i = 0; i < values.length; i++) this.#numbers[before + i] = asDouble(values[i]);
    this.bytes += 8 * values.length;
  }

  values(rows: number): Float64Array {
    return this.#numbers.subarray(0, rows);
  }
}

/** Cast rows of one source held in memory: texts by the place of each in a list, all else as doubles. */
export class HeldRows {
  readonly columns: readonly ColumnSpec[];
  readonly #held: readonly (HeldTexts | HeldNumbers)[];
  rows = 0;

  constructor(columns: readonly ColumnSpec[]) {
    this.columns = columns;
    this.#held = columns.map(({ kind }) => (kind === 'text' ? new HeldTexts() : new HeldNumbers()));
  }

  /** True where rows with these columns can be added. */
  takes(columns: readonly ColumnSpec[]): boolean {
    return (
      columns.length === this.columns.length &&
      columns.every(({ name, kind }, c) => name === this.columns[c]?.name && kind === this.columns[c]?.kind)
    );
  }

  add({ rows, values }: StagedRows): void {
    this.#held.forEach((column, c) => {
      column.add(values[c] ?? [], this.rows);
    });
    this.rows += rows;
  }

  /** Bytes that the rows take up, about. */
  get bytes(): number {
    return this.#held.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Characters of all texts, each as often as it occurs. */
  get characters(): number {
    return this.#held.reduce((sum, column) => sum + (column instanceof HeldTexts ? column.characters : 0), 0);
  }

  /** Characters of the texts that are in memory: those that differ. */
  get keptCharacters(): number {
    return this.#held.reduce((sum, column) => sum + (column instanceof HeldTexts ? column.kept : 0), 0);
  }

  /** The values of a column; undefined where the source has none of the name. */
  values(name: string): GroupValues | undefined {
    const at = this.columns.findIndex((column) => column.name === name);
    return this.#held[at]?.values(this.rows);
  }

  numbers(name: string): Float64Array | undefined {
    const values = this.values(name);
    return values instanceof Float64Array ? values : undefined;
  }

  texts(name: string): CodedTexts | undefined {
    const values = this.values(name);
    return values instanceof Float64Array ? undefined : values;
  }
}

/** Room for the values of one group of rows, taken again for the next: what is let go is given back late. */
export class GroupRoom {
  readonly #numbers: Float64Array[] = [];
  readonly #codes: Int32Array[] = [];
  #taken = { numbers: 0, codes: 0 };

  /** Says that nobody uses the values of the last group any more. */
  clear(): void {
    this.#taken = { numbers: 0, codes: 0 };
  }

  numbers(size: number): Float64Array {
    const at = this.#taken.numbers++;
    if ((this.#numbers[at]?.length ?? 0) < size) this.#numbers[at] = new Float64Array(size);
    return (this.#numbers[at] as Float64Array).subarray(0, size);
  }

  codes(size: number): Int32Array {
    const at = this.#taken.codes++;
    if ((this.#codes[at]?.length ?? 0) < size) this.#codes[at] = new Int32Array(size);
    return (this.#codes[at] as Int32Array).subarray(0, size);
  }
}

function gatherNumbers(values: Float64Array, rows: Int32Array, out: Float64Array): Float64Array {
  for (let i = 0; i < out.length; i++) out[i] = values[rows[i] as number] as number;
  return out;
}

function gatherCodes(codes: Int32Array, rows: Int32Array, out: Int32Array): Int32Array {
  for (let i = 0; i < out.length; i++) out[i] = codes[rows[i] as number] as number;
  return out;
}

/** The values of some rows, in the order given; in a room of their own unless one is given. */
export function gathered(values: GroupValues, rows: Int32Array, room = new GroupRoom()): GroupValues {
  if (values instanceof Float64Array) return gatherNumbers(values, rows, room.numbers(rows.length));
  return { codes: gatherCodes(values.codes, rows, room.codes(rows.length)), words: values.words };
}
