import type { CodedTexts, ColumnSpec, ColumnValues, GroupValues } from '../../stores/index.ts';
import type { StagedRows } from '../cast/cast-batch.ts';
import type { StagedValues } from '../cast/column-caster.ts';
import { ownText } from '../readers/own-text.ts';
import { gatherNumbers, HeldNumbers } from './held-numbers.ts';
import { roomFor } from './held-room.ts';

/** With more texts than this, and more than one in four rows new, texts are no longer looked up. */
const mostLookedUp = 50_000;
/** Longer texts than names and identifiers mostly are. */
const longText = 64;
/** What a text takes beside its characters, and what looking it up takes. */
const bytesAText = 24;
const bytesALookUp = 40;
/** What the column of a time on the clock on the wall is called beside that of the time. */
const onTheWall = '_wall';

/** Codes with room for more; the room they had is given back at once, not when it is next looked for. */
function moreCodes(codes: Int32Array<ArrayBuffer>, places: number): Int32Array<ArrayBuffer> {
  const out = new Int32Array(roomFor(places, codes.length));
  out.set(codes);
  codes.buffer.transfer(0);
  return out;
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
  /** Characters of all texts, each as often as it occurs, and of long ones that differ. */
  characters = 0;
  long = 0;
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
    if (own.length > longText) this.long += own.length;
    this.bytes += bytesAText + own.length + (this.#known ? bytesALookUp : 0);
    return code;
  }

  values(rows: number): CodedTexts {
    return { codes: this.#codes.subarray(0, rows), words: this.words };
  }
}

/** True where two columns of a batch hold the same numbers, and gaps in the same places. */
function areSame(one: StagedValues, other: StagedValues): boolean {
  if (!(one instanceof Float64Array && other instanceof Float64Array)) return false;
  for (let i = 0; i < one.length; i++) if (!Object.is(one[i], other[i])) return false;
  return true;
}

/** Cast rows of one source held in memory: texts by the place of each in a list, all else as doubles. */
export class HeldRows {
  readonly columns: readonly ColumnSpec[];
  readonly #held: readonly (HeldTexts | HeldNumbers)[];
  /** For each column the place of the one that has had the same numbers up to now, else its own: clocks in UTC. */
  readonly #kept: Int32Array;
  rows = 0;

  constructor(columns: readonly ColumnSpec[]) {
    this.columns = columns;
    this.#held = columns.map(({ kind }) => (kind === 'text' ? new HeldTexts() : new HeldNumbers()));
    const names = columns.map(({ name }) => name);
    this.#kept = Int32Array.from(names, (name, c) => {
      const time = name.endsWith(onTheWall) ? names.indexOf(name.slice(0, -onTheWall.length)) : -1;
      return this.#held[time] instanceof HeldNumbers && this.#held[c] instanceof HeldNumbers ? time : c;
    });
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
      const own = values[c] ?? [];
      if (column instanceof HeldTexts) column.add(own, this.rows);
      else if ('codes' in own) throw new TypeError('numbers are never coded');
      else if (!this.#isKeptBy(c, own, values)) column.add(own, this.rows);
    });
    this.rows += rows;
  }

  /** True where another column has the same numbers still, so that they are held once. */
  #isKeptBy(c: number, own: StagedValues, values: StagedRows['values']): boolean {
    const kept = this.#kept[c] as number;
    if (kept === c) return false;
    if (areSame(own, values[kept] ?? [])) return true;
    this.#kept[c] = c;
    (this.#held[c] as HeldNumbers).beginAs(this.#held[kept] as HeldNumbers, this.rows);
    return false;
  }

  /** The place of the column that holds the values of the one of a name; -1 where there is none. */
  #placeOf(name: string): number {
    const at = this.columns.findIndex((column) => column.name === name);
    return at < 0 ? at : (this.#kept[at] as number);
  }

  /** The name of the column that holds the values of the one named: two of one name here have the very same values. */
  heldAs(name: string): string {
    return this.columns[this.#placeOf(name)]?.name ?? name;
  }

  /** Bytes that the rows take up, about. */
  get bytes(): number {
    return this.#held.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Characters of all texts, each as often as it occurs. */
  get characters(): number {
    return this.#held.reduce((sum, column) => sum + (column instanceof HeldTexts ? column.characters : 0), 0);
  }

  /** Characters of the long texts that are in memory: those that differ. */
  get longCharacters(): number {
    return this.#held.reduce((sum, column) => sum + (column instanceof HeldTexts ? column.long : 0), 0);
  }

  /** The values of a column; undefined where the source has none of the name. */
  values(name: string): GroupValues | undefined {
    return this.#held[this.#placeOf(name)]?.values(this.rows);
  }

  /** The values of a column for some rows, in the order given; undefined where the source has none of the name. */
  gathered(name: string, rows: Int32Array, room: GroupRoom): GroupValues | undefined {
    const column = this.#held[this.#placeOf(name)];
    if (column instanceof HeldNumbers) return column.gather(rows, room.numbers(rows.length));
    return column && gathered(column.values(this.rows), rows, room);
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

function gatherCodes(codes: Int32Array, rows: Int32Array, out: Int32Array): Int32Array {
  for (let i = 0; i < out.length; i++) out[i] = codes[rows[i] as number] as number;
  return out;
}

/** The values of some rows, in the order given; in a room of their own unless one is given. */
export function gathered(values: GroupValues, rows: Int32Array, room = new GroupRoom()): GroupValues {
  if (values instanceof Float64Array) return gatherNumbers(values, rows, room.numbers(rows.length));
  return { codes: gatherCodes(values.codes, rows, room.codes(rows.length)), words: values.words };
}
