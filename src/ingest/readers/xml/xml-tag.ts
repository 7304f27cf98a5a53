import type { Stretch } from '../bytes/stretch.ts';
import { type Malformed, withEntities } from './xml-text.ts';
import { isWordAt, type XmlWords } from './xml-words.ts';

const mostAttributes = 10_000;
const ampersand = 38;
const doubleQuote = 34;
const quote = 39;
const slash = 47;
const equals = 61;
const greater = 62;

/** True for what XML takes for a blank. */
export function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

/** The byte at a place, -1 where there is none. */
function codeAt(bytes: Buffer, at: number, end: number): number {
  return at < end ? (bytes[at] as number) : -1;
}

/** Where the value of an attribute stands, where it means what stands there. */
export interface XmlSpan {
  readonly stretch: Stretch;
  readonly start: number;
  readonly end: number;
}

/** The attributes of one tag, which hold only until the next is read. */
export class XmlTag {
  readonly #words: XmlWords;
  readonly #malformed: Malformed;
  readonly #names: string[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #plain: boolean[] = [];
  #size = 0;
  readonly #span = { stretch: null as unknown as Stretch, start: 0, end: 0 };

  constructor(words: XmlWords, malformed: Malformed) {
    this.#words = words;
    this.#malformed = malformed;
  }

  /** Reads attributes from behind the name of a tag; the place of the `>` or `/` behind them, -1 where bytes end. */
  read(stretch: Stretch, from: number): number {
    const { bytes } = stretch;
    const end = bytes.length;
    const names = this.#names;
    this.#span.stretch = stretch;
    this.#size = 0;
    let p = from;
    while (true) {
      let code = codeAt(bytes, p, end);
      while (isSpace(code)) code = codeAt(bytes, ++p, end);
      if (code === greater || code === slash) return p;
      if (code < 0) return -1;
      const at = this.#size;
      const start = p;
      // Tags that follow one another mostly have the same attributes.
      const expected = names[at];
      if (
        expected !== undefined &&
        isWordAt(bytes, p, end, expected) &&
        bytes[p + expected.length] === equals
      )
        p += expected.length;
      else {
        while (p < end && bytes[p] !== equals && bytes[p] !== greater) p += 1;
        if (p >= end) return -1;
        if (bytes[p] === greater) this.#malformed('an attribute has no value');
        let nameEnd = p;
        while (nameEnd > start && isSpace(bytes[nameEnd - 1] as number)) nameEnd -= 1;
        names[at] = this.#words.at(bytes, start, nameEnd);
      }
      code = codeAt(bytes, ++p, end);
      while (isSpace(code)) code = codeAt(bytes, ++p, end);
      if (code < 0) return -1;
      if (code !== doubleQuote && code !== quote) this.#malformed('an attribute value is not in quotes');
      const mark = code;
      p += 1;
      this.#starts[at] = p;
      let isPlain = true;
      for (; p < end; p++) {
        code = bytes[p] as number;
        if (code === mark) break;
        if (code === ampersand) isPlain = false;
      }
      if (p >= end) return -1;
      this.#ends[at] = p;
      this.#plain[at] = isPlain;
      this.#size = at + 1;
      if (at >= mostAttributes) this.#malformed('a tag has more than 10,000 attributes');
      p += 1;
    }
  }

  #find(name: string): number {
    for (let i = 0; i < this.#size; i++) if (this.#names[i] === name) return i;
    return -1;
  }

  #textOf(at: number): string {
    const text = this.#span.stretch.slice(this.#starts[at] as number, this.#ends[at] as number);
    return this.#plain[at] ? text : withEntities(text, this.#malformed);
  }

  /** The value of an attribute; null where the tag has none of the name. */
  text(name: string): string | null {
    const at = this.#find(name);
    return at < 0 ? null : this.#textOf(at);
  }

  /** The same, for values of which there are few: each is made once. */
  word(name: string): string | null {
    const at = this.#find(name);
    if (at < 0) return null;
    if (!this.#plain[at]) return this.#textOf(at);
    return this.#words.at(this.#span.stretch.bytes, this.#starts[at] as number, this.#ends[at] as number);
  }

  /** Where the value of an attribute stands; null where there is none, or where entities have to be resolved in it. */
  span(name: string): XmlSpan | null {
    const at = this.#find(name);
    if (at < 0 || !this.#plain[at]) return null;
    this.#span.start = this.#starts[at] as number;
    this.#span.end = this.#ends[at] as number;
    return this.#span;
  }
}
