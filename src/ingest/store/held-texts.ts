import type { CodedTexts, ColumnValues } from '../../stores/index.ts';
import { FirstMet } from '../cast/first-met.ts';
import { ownText } from '../readers/own-text.ts';
import { moreCodes } from './held-room.ts';

/** With more texts than this, and more than one in four rows new, texts are no longer looked up. */
const mostLookedUp = 50_000;
/** Longer texts than names and identifiers mostly are. */
const longText = 64;
/** What a text takes beside its characters, and what looking it up takes. */
const bytesAText = 24;
const bytesALookUp = 40;

// Each loop over rows stands in a function of its own, with nothing behind it: it is compiled once.

/** Puts the places of codes behind those that are there; -1 is none. */
function putPlaced(given: Int32Array, places: Int32Array, codes: Int32Array, before: number): void {
  for (let i = 0, end = given.length; i < end; i++) {
    const own = given[i] as number;
    codes[before + i] = own < 0 ? -1 : (places[own] as number);
  }
}

/** Counts the rows of each code; -1 is none. */
function countRows(codes: Int32Array, counts: Int32Array): Int32Array {
  for (let i = 0, end = codes.length; i < end; i++) {
    const code = codes[i] as number;
    if (code >= 0) counts[code] = (counts[code] as number) + 1;
  }
  return counts;
}

/** One column of texts, batch by batch: the different ones, and for each row the place of its own. */
export class HeldTexts {
  #codes: Int32Array<ArrayBuffer> = new Int32Array(0);
  readonly words: string[] = [];
  /** The texts by their codes; made when first needed, null when no longer worth it. */
  #known: Map<string, number> | null | undefined;
  /** True while all texts came by one list, so that none need be looked up. */
  #isOneList = false;
  #last: string | null = null;
  #lastCode = -1;
  /** The list that coded texts came by last, and the code here of each. */
  readonly #from = new FirstMet();
  #places: Int32Array<ArrayBuffer> = new Int32Array(0);
  #rows = 0;
  /** Characters of long texts that differ. */
  long = 0;
  bytes = 0;

  add(values: ColumnValues | CodedTexts): void {
    const before = this.#rows;
    const added = 'codes' in values ? values.codes.length : values.length;
    const rows = before + added;
    if (rows > this.#codes.length) this.#codes = moreCodes(this.#codes, rows);
    if ('codes' in values) this.#addCoded(values, before);
    else this.#addTexts(values, before);
    this.#rows = rows;
    this.bytes += 4 * added;
    if (this.words.length > mostLookedUp && this.words.length > rows / 4) this.#known = null;
  }

  #addTexts(values: ColumnValues, before: number): void {
    this.#isOneList = false;
    for (let i = 0, end = values.length; i < end; i++) {
      const text = values[i] as string | null;
      let code = -1;
      if (text === this.#last && text !== null) code = this.#lastCode;
      else if (text !== null) {
        code = this.#codeOf(text) ?? this.#added(ownText(text));
        this.#last = text;
        this.#lastCode = code;
      }
      this.#codes[before + i] = code;
    }
  }

  /** Adds texts that are coded by another list: each of that list is looked up once. */
  #addCoded({ codes, words }: CodedTexts, before: number): void {
    if (this.#from.follow(words)) {
      this.#isOneList = this.words.length === 0;
      this.#places = new Int32Array(0);
    }
    if (words.length > this.#places.length) this.#places = moreCodes(this.#places, words.length);
    const fresh = this.#from.among(codes);
    if (fresh.length > 0) this.#placeEach(fresh, words);
    putPlaced(codes, this.#places, this.#codes, before);
  }

  #placeEach(codes: readonly number[], words: readonly string[]): void {
    for (const code of codes) this.#places[code] = this.#placed(words[code] as string);
  }

  /** The code here of a text of the other list, which is not known yet. Such a text is no part of a block of the file. */
  #placed(text: string): number {
    return (this.#isOneList ? undefined : this.#codeOf(text)) ?? this.#added(text);
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

  /** Characters of all texts, each as often as it occurs. */
  get characters(): number {
    const counts = countRows(this.#codes.subarray(0, this.#rows), new Int32Array(this.words.length));
    return this.words.reduce((sum, word, code) => sum + word.length * (counts[code] as number), 0);
  }

  values(rows: number): CodedTexts {
    return { codes: this.#codes.subarray(0, rows), words: this.words };
  }
}
