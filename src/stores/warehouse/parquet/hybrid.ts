import { putVarint } from './compact-thrift.ts';

/** Bits that hold each of a number of codes; none where there is one code or none. */
export function bitsFor(codes: number): number {
  return codes <= 1 ? 0 : 32 - Math.clz32(codes - 1);
}

/** Codes that follow one another in a run this long are written once. */
const shortestRun = 16;

/**
 * Codes in Parquet's hybrid of runs and packed bits (Apache Parquet, Encodings: RLE and bit packing hybrid). Each
 * code lies in `[0, 2^width)`; `width` is at most 24.
 */
export function hybridBytes(codes: Int32Array, width: number): Uint8Array {
  const rows = codes.length;
  if (width === 0) return rows === 0 ? new Uint8Array(0) : runOf(rows, 0, 0);
  // Packed groups of eight take `width` bytes; runs take at most nine and replace at least sixteen codes.
  const out = new Uint8Array(Math.ceil(rows / 8) * width + Math.ceil(rows / 8) * 2 + 32);
  let size = 0;
  const put = (part: Uint8Array) => {
    out.set(part, size);
    size += part.length;
  };
  /** Packs the codes of some groups of eight; past the end are zeros. */
  const pack = (from: number, to: number) => {
    const groups = Math.ceil((to - from) / 8);
    const head: number[] = [];
    putVarint(head, groups * 2 + 1);
    for (const byte of head) out[size++] = byte;
    let held = 0;
    let bits = 0;
    for (let i = from; i < from + groups * 8; i++) {
      // At most 7 bits are held before a code of at most 24 is added.
      held |= (i < to ? (codes[i] as number) : 0) << bits;
      bits += width;
      while (bits >= 8) {
        out[size++] = held & 255;
        held >>>= 8;
        bits -= 8;
      }
    }
  };
  let packedFrom = 0;
  let at = 0;
  while (at < rows) {
    const code = codes[at];
    let end = at + 1;
    while (end < rows && codes[end] === code) end += 1;
    // A run may start only where whole groups of eight end.
    const start = at + ((8 - ((at - packedFrom) % 8)) % 8);
    if (end - start >= shortestRun) {
      if (start > packedFrom) pack(packedFrom, start);
      put(runOf(end - start, code as number, width));
      packedFrom = end;
    }
    at = end;
  }
  if (packedFrom < rows) pack(packedFrom, rows);
  return out.subarray(0, size);
}

/** A run of one code. */
export function runOf(length: number, code: number, width: number): Uint8Array {
  const out: number[] = [];
  putVarint(out, length * 2);
  for (let bits = 0; bits < width; bits += 8) out.push((code >>> bits) & 255);
  return Uint8Array.from(out);
}
