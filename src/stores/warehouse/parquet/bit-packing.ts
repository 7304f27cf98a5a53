/** Bits that hold each of a number of codes; none where there is one code or none. */
export function bitsFor(codes: number): number {
  return codes <= 1 ? 0 : 32 - Math.clz32(codes - 1);
}

/** Codes that are packed without looking at what is left over: whole words, whatever the width. */
export const codesAtOnce = 32;

/**
 * Packs codes of up to 32 bits from one place up to another, a multiple of 32 codes further on, into words of 32
 * bits, the lowest bits first (Apache Parquet, Encodings).
 */
export function packWords(
  codes: Int32Array,
  from: number,
  to: number,
  width: number,
  view: DataView,
  put: number,
): void {
  let at = put;
  let held = 0;
  let bits = 0;
  for (let i = from; i < to; i++) {
    const code = codes[i] as number;
    held |= code << bits;
    bits += width;
    if (bits >= 32) {
      view.setInt32(at, held, true);
      at += 4;
      bits -= 32;
      // A shift by all 32 bits would be one by none.
      held = bits === 0 ? 0 : code >>> (width - bits);
    }
  }
}
