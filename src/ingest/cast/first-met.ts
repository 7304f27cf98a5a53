/** Puts the codes that are met for the first time; gives how many they are. */
function putNotMet(codes: Int32Array, met: Uint8Array, fresh: Int32Array): number {
  let count = 0;
  for (let i = 0, end = codes.length; i < end; i++) {
    const code = codes[i] as number;
    if (code < 0 || met[code] !== 0) continue;
    met[code] = 1;
    fresh[count++] = code;
  }
  return count;
}

const none = new Int32Array(0);
/** Room for what is told, for all columns one after the other. */
let room = none;

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

  /**
   * The codes of texts that come for the first time, each once, in the order of their rows; -1 is none. What it gives
   * holds until it, or another, is asked again.
   */
  among(codes: Int32Array): Int32Array {
    if (this.#count === this.#words.length) return none;
    if (room.length < codes.length) room = new Int32Array(codes.length);
    const fresh = putNotMet(codes, this.#met, room);
    this.#count += fresh;
    return fresh === 0 ? none : room.subarray(0, fresh);
  }
}
