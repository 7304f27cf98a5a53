import type { Stretch } from '../bytes/stretch.ts';
import {
  ampersandKind,
  byteKinds,
  checkCharacters,
  doubtfulKind,
  lessKind,
  lineOrTabKind,
  type Malformed,
  markKind,
} from './xml-characters.ts';
import { withBlanks, withEntities } from './xml-text.ts';
import { isWordAt, XmlWords } from './xml-words.ts';

const mostAttributes = 10_000;
/** With more names than this, one that comes twice is found by a set. */
const fewNames = 16;
const doubleQuote = 34;
const quote = 39;
const slash = 47;
const equals = 61;
const greater = 62;

/** True for what XML takes for a blank. */
export function isSpace(code: number): boolean {
  return code <= 32 && (code === 32 || code === 10 || code === 9 || code === 13);
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
  readonly #nameWords: XmlWords;
  readonly #valueWords = new XmlWords();
  readonly #malformed: Malformed;
  readonly #names: string[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  /** Values that mean something else than what stands there; null for all others. */
  readonly #resolved: (string | null)[] = [];
  #size = 0;
  /** How many of the first names are known to be different: tags that follow one another mostly have the same. */
  #different = 0;
  #taken: Set<string> | null = null;
  #mark = 0;
  #meaning = -1;
  readonly #span = { stretch: null as unknown as Stretch, start: 0, end: 0 };

  constructor(nameWords: XmlWords, malformed: Malformed) {
    this.#nameWords = nameWords;
    this.#malformed = malformed;
  }

  /** Forgets all attributes. */
  clear(): void {
    this.#size = 0;
    this.#taken = null;
    this.#meaning = -1;
  }

  /** True where there are no attributes. */
  get isBare(): boolean {
    return this.#size === 0;
  }

  /** Says what an empty element means that differs from this one at most in the value of its last attribute, if that has the name. */
  standsFor(name: string, meaning: number): void {
    if (this.#mark === doubleQuote && this.#names[this.#size - 1] === name) this.#meaning = meaning;
  }

  /** What an element like this means; -1 where nobody said it. */
  get meaning(): number {
    return this.#meaning;
  }

  /** Where the part ends that elements like this have in common. */
  get meaningEnd(): number {
    return this.#starts[this.#size - 1] as number;
  }

  /** Reads attributes from behind the name of a tag; the place of the `>` or `/` behind them, -1 where bytes end. */
  read(stretch: Stretch, from: number): number {
    const { bytes } = stretch;
    const end = bytes.length;
    const names = this.#names;
    this.#span.stretch = stretch;
    this.clear();
    let p = from;
    while (true) {
      const before = p;
      let code = codeAt(bytes, p, end);
      while (isSpace(code)) code = codeAt(bytes, ++p, end);
      if (code === greater || code === slash) return p;
      if (code < 0) return -1;
      if (p === before) this.#malformed('no blank stands between two attributes');
      const at = this.#size;
      const start = p;
      const expected = names[at];
      if (
        expected !== undefined &&
        isWordAt(bytes, p, end, expected) &&
        bytes[p + expected.length] === equals
      ) {
        p += expected.length;
        if (at >= this.#different) this.#tellApart(at);
      } else {
        while (p < end && bytes[p] !== equals && bytes[p] !== greater) p += 1;
        if (p >= end) return -1;
        if (bytes[p] === greater) this.#malformed('an attribute has no value');
        let nameEnd = p;
        while (nameEnd > start && isSpace(bytes[nameEnd - 1] as number)) nameEnd -= 1;
        names[at] = this.#nameWords.at(stretch, start, nameEnd);
        this.#tellApart(at);
      }
      code = codeAt(bytes, ++p, end);
      while (isSpace(code)) code = codeAt(bytes, ++p, end);
      if (code < 0) return -1;
      if (code !== doubleQuote && code !== quote) this.#malformed('an attribute value is not in quotes');
      const mark = code;
      this.#mark = mark;
      p += 1;
      this.#starts[at] = p;
      let kinds = 0;
      for (; p < end; p++) {
        const kind = byteKinds[bytes[p] as number] as number;
        if (kind === 0) continue;
        if (kind === markKind && bytes[p] === mark) break;
        if (kind === lessKind)
          this.#malformed(
            'a "<" stands in the value of an attribute',
            'Write "<" as "&lt;", or close the quotes of the value.',
          );
        kinds |= kind;
      }
      if (p >= end) return -1;
      this.#ends[at] = p;
      this.#resolved[at] = kinds === 0 ? null : this.#resolve(stretch, this.#starts[at], p, kinds);
      this.#size = at + 1;
      if (at >= mostAttributes) this.#malformed('a tag has more than 10,000 attributes');
      p += 1;
    }
  }

  /** Refuses a name that the tag has already. */
  #tellApart(at: number): void {
    const name = this.#names[at] as string;
    let isTaken = false;
    if (at < fewNames) {
      for (let i = 0; i < at; i++) if (this.#names[i] === name) isTaken = true;
    } else {
      this.#taken ??= new Set(this.#names.slice(0, at));
      isTaken = this.#taken.has(name);
      this.#taken.add(name);
    }
    if (isTaken)
      this.#malformed(`a tag has the attribute "${name}" twice`, 'Leave one of the two out of the tag.');
    this.#different = at + 1;
  }

  /** What a value means that holds more than plain characters; null where it means what stands there. */
  #resolve(stretch: Stretch, start: number, end: number, kinds: number): string | null {
    if ((kinds & doubtfulKind) !== 0) checkCharacters(stretch.bytes, start, end, this.#malformed);
    if ((kinds & (ampersandKind | lineOrTabKind)) === 0) return null;
    return withEntities(withBlanks(stretch.slice(start, end)), this.#malformed);
  }

  #find(name: string): number {
    for (let i = 0; i < this.#size; i++) if (this.#names[i] === name) return i;
    return -1;
  }

  #textOf(at: number): string {
    return (
      this.#resolved[at] ?? this.#span.stretch.slice(this.#starts[at] as number, this.#ends[at] as number)
    );
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
    return (
      this.#resolved[at] ??
      this.#valueWords.at(this.#span.stretch, this.#starts[at] as number, this.#ends[at] as number)
    );
  }

  /** Where the value of an attribute stands; null where there is none, or where it means something else than stands there. */
  span(name: string): XmlSpan | null {
    const at = this.#find(name);
    if (at < 0 || this.#resolved[at] !== null) return null;
    this.#span.start = this.#starts[at] as number;
    this.#span.end = this.#ends[at] as number;
    return this.#span;
  }
}
