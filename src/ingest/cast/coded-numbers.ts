import { type CodedNumbers, pickNumbers } from '../../stores/index.ts';

/** Numbers of a batch, NaN where there is none: each as it is, or by its place in a list. */
export type Numbers = Float64Array | CodedNumbers;

/** Different numbers that one column keeps coded: with more of them codes save little, and the list would have no end. */
export const mostCoded = 32_768;

/** Numbers as they are, whether they came coded or not. */
export function plainNumbers(values: Numbers): Float64Array {
  return values instanceof Float64Array ? values : pickNumbers(values.codes, values.numbers);
}

/** The number of a row. */
export function numberAt(values: Numbers, row: number): number {
  if (values instanceof Float64Array) return values[row] as number;
  const code = values.codes[row] as number;
  return code < 0 ? Number.NaN : (values.numbers[code] as number);
}

/** Numbers with room for more behind them, where there is not enough. */
export function withRoom(numbers: Float64Array<ArrayBuffer>, size: number): Float64Array<ArrayBuffer> {
  if (size <= numbers.length) return numbers;
  const more = new Float64Array(Math.max(256, 2 * size));
  more.set(numbers);
  return more;
}
