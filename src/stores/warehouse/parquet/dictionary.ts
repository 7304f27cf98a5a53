/** The texts, or numbers, of a coded column that occur in a group of rows, in order of their first row; its room is kept for the next. */
export class Dictionary {
  /** The place of each text plus one, 0 for none; all 0 between groups. */
  #places = new Int32Array(0);
  /** The code of the text at each place. */
  #codes = new Int32Array(0);
  size = 0;

  /** Puts the places of the texts of a group, row by row where there is one; gives how many there are. `words`: how many the codes may stand for. */
  place(codes: Int32Array, words: number, out: Int32Array): number {
    if (this.#places.length < words) this.#places = new Int32Array(words * 2);
    const most = Math.min(words, codes.length);
    if (this.#codes.length < most) this.#codes = new Int32Array(most);
    return this.#placeEach(codes, out);
  }

  /** The code of the text at each place, until the next group is placed. Forgets the group. */
  take(): Int32Array {
    const codes = this.#codes.subarray(0, this.size);
    this.#forget(codes);
    this.size = 0;
    return codes;
  }

  #placeEach(codes: Int32Array, out: Int32Array): number {
    const places = this.#places;
    let present = 0;
    for (let row = 0, end = codes.length; row < end; row++) {
      const code = codes[row] as number;
      if (code < 0) continue;
      const place = places[code] as number;
      out[present] = place === 0 ? this.#add(code) : place - 1;
      present += 1;
    }
    return present;
  }

  #forget(codes: Int32Array): void {
    const places = this.#places;
    for (let place = 0, end = codes.length; place < end; place++) places[codes[place] as number] = 0;
  }

  #add(code: number): number {
    const place = this.size;
    this.#codes[place] = code;
    this.#places[code] = place + 1;
    this.size = place + 1;
    return place;
  }
}
