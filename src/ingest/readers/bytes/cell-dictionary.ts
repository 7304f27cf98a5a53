/** Beyond this many looks for one text the bytes of a column are taken to be made to collide. */
const mostLooks = 1_000;

/** Finds texts by their bytes, so that each different text of a column is made only once. */
export class CellDictionary {
  /** The different texts, in order of their first cell. */
  readonly words: string[] = [];
  // Small at first: a table may have a thousand columns, each with a dictionary.
  #bytes = new Uint8Array(256);
  #ends = new Int32Array(64);
  /** Places of texts by hash, each one up; 0 where there is none. */
  #table = new Int32Array(128);
  readonly #seed = Math.floor(Math.random() * 0x7fffffff);
  #last = -1;

  /** Bytes of all texts. */
  get size(): number {
    return this.#endOf(this.words.length - 1);
  }

  /** The place in `words` of the text in some bytes of UTF-8, which is added if it is new; -1 where it cannot be. */
  codeOf(source: Buffer, start: number, end: number): number {
    if (this.#last >= 0 && this.#is(this.#last, source, start, end)) return this.#last;
    const mask = this.#table.length - 1;
    let at = this.#hash(source, start, end) & mask;
    for (let looks = 0; looks < mostLooks; looks++) {
      const code = (this.#table[at] as number) - 1;
      if (code < 0) {
        this.#table[at] = this.words.length + 1;
        this.#last = this.#add(source, start, end);
        if (this.words.length * 2 > this.#table.length) this.#spread();
        return this.#last;
      }
      if (this.#is(code, source, start, end)) {
        this.#last = code;
        return code;
      }
      at = (at + 1) & mask;
    }
    return -1;
  }

  #endOf(code: number): number {
    return code < 0 ? 0 : (this.#ends[code] as number);
  }

  /** Fowler, Noll and Vo's hash, from a seed that whoever made the file cannot know. */
  #hash(bytes: Uint8Array, start: number, end: number): number {
    let hash = this.#seed;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
    return hash ^ (hash >>> 15);
  }

  #is(code: number, source: Buffer, start: number, end: number): boolean {
    const from = this.#endOf(code - 1);
    const size = end - start;
    if ((this.#ends[code] as number) - from !== size) return false;
    for (let i = 0; i < size; i++) if (this.#bytes[from + i] !== source[start + i]) return false;
    return true;
  }

  #add(source: Buffer, start: number, end: number): number {
    const from = this.size;
    const to = from + end - start;
    if (to > this.#bytes.length) {
      const grown = new Uint8Array(2 * to);
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    for (let i = start; i < end; i++) this.#bytes[from + i - start] = source[i] as number;
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
      let at = this.#hash(this.#bytes, this.#endOf(code - 1), this.#endOf(code)) & mask;
      while (table[at] !== 0) at = (at + 1) & mask;
      table[at] = code + 1;
    }
    this.#table = table;
  }
}
