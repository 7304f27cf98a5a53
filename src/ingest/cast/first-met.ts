function codesNotMet(codes: Int32Array, met: Uint8Array): readonly number[] {
  const fresh: number[] = [];
  for (let i = 0, end = codes.length; i < end; i++) {
    const code = codes[i] as number;
    if (code < 0 || met[code] !== 0) continue;
    met[code] = 1;
    fresh.push(code);
  }
  return fresh;
}

const none: readonly number[] = [];

/** Tells which texts of a list that grows come for the first time among the cells of a column, batch by batch. */
export class FirstMet {
  #words: readonly string[] = [];
  #met = new Uint8Array(0);
  #count = 0;

  /** The list that codes are of now. */
  get words(): readonly string[] {
    return this.#words;
  }

  /** Goes on with a list; true where it is another than before, of which none has been met. */
  follow(words: readonly string[]): boolean {
    const isNew = words !== this.#words;
    if (isNew) {
      this.#words = words;
      this.#met = new Uint8Array(0);
      this.#count = 0;
    }
    if (words.length > this.#met.length) {
      const met = new Uint8Array(Math.max(256, 2 * words.length));
      met.set(this.#met);
      this.#met = met;
    }
    return isNew;
  }

  /** The codes of texts that come for the first time, each once, in the order of their rows; -1 is none. */
  among(codes: Int32Array): readonly number[] {
    if (this.#count === this.#words.length) return none;
    const fresh = codesNotMet(codes, this.#met);
    this.#count += fresh.length;
    return fresh;
  }
}
