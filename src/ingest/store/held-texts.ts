import type { CodedTexts, ColumnValues } from '../../stores/index.ts';
import { FirstMet } from '../cast/first-met.ts';
import type { Room } from '../cast/room.ts';
import { ownText } from '../readers/own-text.ts';
import type { GroupRoom } from './group-room.ts';
import { HeldCodes } from './held-codes.ts';
import { moreCodes } from './held-room.ts';

/** With more texts than this, and more than one in four rows new, texts are no longer looked up. */
const mostLookedUp = 50_000;
/** Longer texts than names and identifiers mostly are. */
const longText = 64;
/** What a text takes beside its characters, and what looking it up takes. */
const bytesAText = 24;
const bytesALookUp = 40;

// Each loop over rows stands in a function of its own, with nothing behind it: it is compiled once.

/** Puts the places of codes; -1 is none. */
function putPlaced(given: Int32Array, places: Int32Array, out: Int32Array): Int32Array {
  for (let i = 0, end = given.length; i < end; i++) {
    const own = given[i] as number;
    out[i] = own < 0 ? -1 : (places[own] as number);
  }
  return out;
}

/** One column of texts, batch by batch: the different ones, and for each row the place of its own. */
export class HeldTexts {
  readonly #codes = new HeldCodes();
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
  /** Characters of long texts that differ. */
  long = 0;
  #bytesOfTexts = 0;

  get bytes(): number {
    return this.#codes.bytes + this.#bytesOfTexts;
  }

  /** Adds the texts of a batch; the room is for their codes meanwhile. */
  add(values: ColumnValues | CodedTexts, room: Room): void {
    const out = room.codes('codes' in values ? values.codes.length : values.length);
    const codes = 'codes' in values ? this.#placesOf(values, out) : this.#codesOf(values, out);
    this.#codes.add(codes, this.words.length);
    if (this.words.length > mostLookedUp && this.words.length > this.#codes.rows / 4) this.#known = null;
  }

  #codesOf(values: ColumnValues, out: Int32Array): Int32Array {
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
      out[i] = code;
    }
    return out;
  }

  /** The codes here of texts that are coded by another list: each of that list is looked up once. */
  #placesOf({ codes, words }: CodedTexts, out: Int32Array): Int32Array {
    if (this.#from.follow(words)) {
      this.#isOneList = this.words.length === 0;
      this.#places = new Int32Array(0);
    }
    if (words.length > this.#places.length) this.#places = moreCodes(this.#places, words.length);
    const fresh = this.#from.among(codes);
    if (fresh.length > 0) this.#placeEach(fresh, words);
    return putPlaced(codes, this.#places, out);
  }

  #placeEach(codes: Int32Array, words: readonly string[]): void {
    for (let i = 0, end = codes.length; i < end; i++) {
      const code = codes[i] as number;
      this.#places[code] = this.#placed(words[code] as string);
    }
  }

  /** The code here of a text of the other list, which is not known yet. Such a text is no part of a block of the file. */
  #placed(text: string): number {
    return (this.#isOneList ? undefined : this.#codeOf(text)) ?? this.#added(text);
  }

  #codeOf(text: string): number | undefined {
    if (this.#known === undefined) {
      this.#known = new Map(this.words.map((word, code) => [word, code]));
      this.#bytesOfTexts += bytesALookUp * this.words.length;
    }
    return this.#known?.get(text);
  }

  /** Adds a text, which must not keep the block of the file that it was found in. */
  #added(own: string): number {
    const code = this.words.push(own) - 1;
    this.#known?.set(own, code);
    if (own.length > longText) this.long += own.length;
    this.#bytesOfTexts += bytesAText + own.length + (this.#known ? bytesALookUp : 0);
    return code;
  }

  /** Characters of all texts, each as often as it occurs. */
  get characters(): number {
    const counts = this.#codes.counts(this.words.length);
    return this.words.reduce((sum, word, code) => sum + word.length * (counts[code] as number), 0);
  }

  values(): CodedTexts {
    return { codes: this.#codes.all(), words: this.words };
  }

  /** The texts of some rows, in the order given. */
  gather(rows: Int32Array, room: GroupRoom): CodedTexts {
    return { codes: this.#codes.gather(rows, room.codes(rows.length)), words: this.words };
  }
}
