/** Different numbers that are listed at most: their codes then have fifteen bits. */
const mostNumbers = 32_768;
/** From so many different ones on, every other number at least must have come before. */
const fewNumbers = 512;
/** Places in the table; no more than half of them are taken, so that a number is found within a few looks. */
const tablePlaces = 2 * mostNumbers;
/** Beyond this many looks for one number the numbers are taken to be made to collide, and are not listed. */
const mostLooks = 256;
const none = -1;

/** The numbers of a column that occur in a group of rows, in order of their first row; its room is kept for the next. */
export class NumberDictionary {
  /** The place of each number plus one by its hash, 0 for none; all 0 between groups. */
  #table = new Int32Array(0);
  #numbers = new Float64Array(0);
  /** The same numbers in halves of 32 bits: 0 and -0 are two. */
  #halves = new Int32Array(0);
  size = 0;

  /**
   * Puts the places of the numbers of a group, row by row where there is one, NaN being none; gives how many there
   * are, or -1 where they are too many to be listed.
   */
  place(values: Float64Array, out: Int32Array): number {
    if (this.#table.length === 0) this.#begin();
    const present = this.#placeEach(values, out);
    if (present < 0) this.#forget();
    return present;
  }

  /** The numbers at the places, until the next group is placed. Forgets the group. */
  take(): Float64Array {
    const numbers = this.#numbers.subarray(0, this.size);
    this.#forget();
    return numbers;
  }

  #begin(): void {
    this.#table = new Int32Array(tablePlaces);
    this.#numbers = new Float64Array(mostNumbers);
    this.#halves = new Int32Array(this.#numbers.buffer);
  }

  #forget(): void {
    this.#table.fill(0);
    this.size = 0;
  }

  #placeEach(values: Float64Array, out: Int32Array): number {
    const halves = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
    let present = 0;
    let place = none;
    let lastLow = 0;
    let lastHigh = 0;
    for (let row = 0, end = values.length; row < end; row++) {
      if (Number.isNaN(values[row])) continue;
      const low = halves[2 * row] as number;
      const high = halves[2 * row + 1] as number;
      if (place === none || low !== lastLow || high !== lastHigh) {
        const before = this.size;
        place = this.#find(low, high);
        if (place < 0) return -1;
        if (this.size > before && this.size > fewNumbers && 2 * this.size > present) return -1;
        lastLow = low;
        lastHigh = high;
      }
      out[present] = place;
      present += 1;
    }
    return present;
  }

  /** The place of a number given with its halves, which is added if it is new; -1 where it cannot be. */
  #find(low: number, high: number): number {
    const table = this.#table;
    const halves = this.#halves;
    // Multipliers of MurmurHash3 (Appleby 2011).
    let hash = Math.imul(low ^ Math.imul(high, 0xcc9e2d51), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    let at = (hash ^ (hash >>> 16)) & (tablePlaces - 1);
    for (let looks = 0; looks < mostLooks; looks++) {
      const place = (table[at] as number) - 1;
      if (place < 0) return this.#add(at, low, high);
      if (halves[2 * place] === low && halves[2 * place + 1] === high) return place;
      at = (at + 1) & (tablePlaces - 1);
    }
    return -1;
  }

  #add(at: number, low: number, high: number): number {
    const place = this.size;
    if (place === mostNumbers) return -1;
    this.#halves[2 * place] = low;
    this.#halves[2 * place + 1] = high;
    this.#table[at] = place + 1;
    this.size = place + 1;
    return place;
  }
}
