/**
 * Room for the values of a batch, used again for the next: arrays outside JavaScript's heap are given back late, and
 * each batch would take new ones. What is made in it holds until room is asked for again.
 */
export class Room {
  #doubles = new Float64Array(0);
  #codes = new Int32Array(0);

  doubles(size: number): Float64Array {
    if (this.#doubles.length < size) this.#doubles = new Float64Array(size);
    return this.#doubles.subarray(0, size);
  }

  codes(size: number): Int32Array {
    if (this.#codes.length < size) this.#codes = new Int32Array(size);
    return this.#codes.subarray(0, size);
  }
}
