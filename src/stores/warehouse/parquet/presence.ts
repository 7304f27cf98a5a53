// Loops that pass every row stand in functions of their own, with nothing behind them, as in `hybrid.ts`.

/** 1 where a code stands for a value, 0 where it is -1. Where rows have one by chance, a branch is slow. */
const isCode = (code: number): number => ~code >>> 31;

/** The twelve bits of the upper half of a double that are all 1 in NaN, as JavaScript makes it, and in no number. */
const nanBits = 0xfff;
const nanShift = 19;

/** The same by the upper half of a number. */
const isNumber = (high: number): number => (((high >>> nanShift) & nanBits) - nanBits) >>> 31;

/** Puts the bits of each eight rows; the first of them is the lowest bit. */
function markEights(codes: Int32Array, bits: Uint8Array, from: number): void {
  for (let row = 7, at = from; row < codes.length; row += 8, at++) {
    const low =
      isCode(codes[row - 7] as number) |
      (isCode(codes[row - 6] as number) << 1) |
      (isCode(codes[row - 5] as number) << 2) |
      (isCode(codes[row - 4] as number) << 3);
    const high =
      isCode(codes[row - 3] as number) |
      (isCode(codes[row - 2] as number) << 1) |
      (isCode(codes[row - 1] as number) << 2) |
      (isCode(codes[row] as number) << 3);
    bits[at] = low | (high << 4);
  }
}

/** The same for numbers, by the halves of each. */
function markEightNumbers(halves: Int32Array, bits: Uint8Array, from: number): void {
  for (let half = 15, at = from; half < halves.length; half += 16, at++) {
    const low =
      isNumber(halves[half - 14] as number) |
      (isNumber(halves[half - 12] as number) << 1) |
      (isNumber(halves[half - 10] as number) << 2) |
      (isNumber(halves[half - 8] as number) << 3);
    const high =
      isNumber(halves[half - 6] as number) |
      (isNumber(halves[half - 4] as number) << 1) |
      (isNumber(halves[half - 2] as number) << 2) |
      (isNumber(halves[half] as number) << 3);
    bits[at] = low | (high << 4);
  }
}

/** Puts a bit for each row, eight to a byte, from a place on: 1 where it has a value, as numbers or as codes. */
export function markRows(values: Float64Array | Int32Array, bits: Uint8Array, from: number): void {
  const isPlain = values instanceof Float64Array;
  if (isPlain)
    markEightNumbers(new Int32Array(values.buffer, values.byteOffset, 2 * values.length), bits, from);
  else markEights(values, bits, from);
  const rest = values.length & 7;
  if (rest === 0) return;
  let byte = 0;
  for (let row = values.length - rest; row < values.length; row++) {
    const value = values[row] as number;
    if (isPlain ? !Number.isNaN(value) : value >= 0) byte |= 1 << (row & 7);
  }
  bits[from + (values.length >> 3)] = byte;
}
