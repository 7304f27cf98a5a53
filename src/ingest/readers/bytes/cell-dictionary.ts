import { sameBytes } from './same-bytes.ts';
import { Stretch } from './stretch.ts';

/** Beyond this many looks for one text the bytes of a column are taken to be made to collide. */
const mostLooks = 1_000;

/** Random odd numbers, of which each four bytes of a text are multiplied by two: whoever made the file cannot know them. */
const factors = Int32Array.from({ length: 512 }, () => Math.floor(Math.random() * 0x80000000) * 2 + 1);
const lastFactor = factors.length - 1;

/** What four bytes become by the two factors from a place on. */
function scattered(four: number, place: number): number {
  const product = Math.imul(four, factors[place] as number);
  return Math.imul((product << 5) | (product >>> 27), factors[place + 1] as number);
}

/** Finds texts by their bytes, so that each different text of a column is made only once. */
export class CellDictionary {
  /** The different texts, in order of their first cell. */
  readonly words: string[] = [];
  // Small at first: a table may have a thousand columns, each with a dictionary.
  #held = new Stretch(Buffer.alloc(256));
  #ends = new Int32Array(64);
  /** Places of texts by hash, each one up; 0 where there is none. */
  #table = new Int32Array(128);
  /** The place of the text found last, which mostly comes again, and that of the empty text, which comes between. */
  #last = -1;
  #empty = -1;

  /** Bytes of all texts. */
  get size(): number {
    return this.#endOf(this.words.length - 1);
  }

  /** The place in `words` of the text in some bytes of UTF-8, which is added if it is new; -1 where it cannot be. */
  codeOf(source: Stretch, start: number, end: number): number {
    if (start < end) return this.#find(source, start, end, true);
    if (this.#empty < 0) this.#empty = this.#find(source, start, end, true);
    return this.#empty;
  }

  /** The same for a text that is not added if it is new; -1 where it is. */
  knownCodeOf(source: Stretch, start: number, end: number): number {
    return this.#find(source, start, end, false);
  }

  #find(source: Stretch, start: number, end: number, isKept: boolean): number {
    const { view } = source;
    if (this.#last >= 0 && this.#is(this.#last, view, start, end)) return this.#last;
    const table = this.#table;
    const mask = table.length - 1;
    let at = this.#hash(view, start, end) & mask;
    for (let looks = 0; looks < mostLooks; looks++) {
      const code = (table[at] as number) - 1;
      if (code < 0) {
        if (!isKept) return -1;
        table[at] = this.words.length + 1;
        this.#last = this.#add(source.bytes, start, end);
        if (this.words.length * 2 > table.length) this.#spread();
        return this.#last;
      }
      if (this.#is(code, view, start, end)) {
        this.#last = code;
        return code;
      }
      at = (at + 1) & mask;
    }
    return -1;
  }

  /** Bytes of one text. */
  sizeOf(code: number): number {
    return (this.#ends[code] as number) - this.#endOf(code - 1);
  }

  /** True where some bytes begin with a text that is known. */
  begins(code: number, source: DataView, start: number, end: number): boolean {
    const from = this.#endOf(code - 1);
    const size = (this.#ends[code] as number) - from;
    return start + size <= end && sameBytes(source, start, this.#held.view, from, size);
  }

  #endOf(code: number): number {
    return code < 0 ? 0 : (this.#ends[code] as number);
  }

  /**
   * A hash of four bytes at a time: the sum of what each becomes by two secret factors of its place, none of which
   * waits for another. A product changes only above the lowest bit that its number does, so it is turned before it is
   * multiplied again: letters in the uppermost byte would otherwise change nothing but the uppermost bits of the sum.
   */
  #hash(bytes: DataView, start: number, end: number): number {
    let hash = Math.imul(end - start, factors[lastFactor] as number);
    const last = end - 4;
    let each = 0;
    for (let i = start; i < last; i += 4) {
      hash = (hash + scattered(bytes.getInt32(i, true), each)) | 0;
      each = (each + 2) & lastFactor;
    }
    let rest = 0;
    if (last >= start) rest = bytes.getInt32(last, true);
    else for (let i = start; i < end; i++) rest = (rest << 8) | bytes.getUint8(i);
    hash = (hash + scattered(rest, each)) | 0;
    hash = Math.imul(hash ^ (hash >>> 15), factors[0] as number);
    return hash ^ (hash >>> 16);
  }

  #is(code: number, source: DataView, start: number, end: number): boolean {
    const from = this.#endOf(code - 1);
    const size = end - start;
    return (
      (this.#ends[code] as number) - from === size && sameBytes(source, start, this.#held.view, from, size)
    );
  }

  #add(source: Buffer, start: number, end: number): number {
    const from = this.size;
    const to = from + end - start;
    if (to > this.#held.bytes.length) {
      const grown = Buffer.alloc(2 * to);
      grown.set(this.#held.bytes);
      this.#held = new Stretch(grown);
    }
    const held = this.#held.bytes;
    for (let i = start; i < end; i++) held[i - start + from] = source[i] as number;
    const code = this.words.push(source.toString('utf8', start, end)) - 1;
    if (code >= this.#ends.length) {
      const grown = new Int32Array(2 * code);
      grown.set(this.#ends);
      this.#ends = grown;
    }
    this.#ends[code] = to;
    return code;
  }

  /** Gives every text its place in a table of twice the size. */
  #spread(): void {
    const table = new Int32Array(2 * this.#table.length);
    const mask = table.length - 1;
    for (let code = 0; code < this.words.length; code++) {
      let at = this.#hash(this.#held.view, this.#endOf(code - 1), this.#endOf(code)) & mask;
      while (table[at] !== 0) at = (at + 1) & mask;
      table[at] = code + 1;
    }
    this.#table = table;
  }
}
