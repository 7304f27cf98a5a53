import type { GroupValues } from '../../stores/index.ts';

/** Room for the values of one group of rows, taken again for the next: what is let go is given back late. */
export class GroupRoom {
  readonly #numbers: Float64Array[] = [];
  readonly #codes: Int32Array[] = [];
  #taken = { numbers: 0, codes: 0 };

  /** Says that nobody uses the values of the last group any more. */
  clear(): void {
    this.#taken = { numbers: 0, codes: 0 };
  }

  numbers(size: number): Float64Array {
    const at = this.#taken.numbers++;
    if ((this.#numbers[at]?.length ?? -1) < size) this.#numbers[at] = new Float64Array(size);
    return (this.#numbers[at] as Float64Array).subarray(0, size);
  }

  codes(size: number): Int32Array {
    const at = this.#taken.codes++;
    if ((this.#codes[at]?.length ?? -1) < size) this.#codes[at] = new Int32Array(size);
    return (this.#codes[at] as Int32Array).subarray(0, size);
  }
}

/** The numbers of some rows, in the order given. */
export function gatherNumbers(numbers: Float64Array, rows: Int32Array, out: Float64Array): Float64Array {
  for (let i = 0, end = out.length; i < end; i++) out[i] = numbers[rows[i] as number] as number;
  return out;
}

/** The codes of some rows, in the order given. */
export function gatherCodes(codes: Int32Array, rows: Int32Array, out: Int32Array): Int32Array {
  for (let i = 0, end = out.length; i < end; i++) out[i] = codes[rows[i] as number] as number;
  return out;
}

/** The values of some rows, in the order given; in a room of their own unless one is given. */
export function gathered(values: GroupValues, rows: Int32Array, room = new GroupRoom()): GroupValues {
  if (values instanceof Float64Array) return gatherNumbers(values, rows, room.numbers(rows.length));
  return { ...values, codes: gatherCodes(values.codes, rows, room.codes(rows.length)) };
}
