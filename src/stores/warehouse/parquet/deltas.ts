import { codesAtOnce, packWords } from './bit-packing.ts';
import type { Page } from './page.ts';
import type { NumberRange } from './plain-numbers.ts';

/** Differences that share a least one, and of those the ones that share a width, as most writers have them. */
const blockSize = 128;
const packs = blockSize / codesAtOnce;
/** Room that a block takes at most: its least difference, its widths and 32 bits for each difference. */
const mostBlockBytes = 8 + packs + 4 * blockSize;
const mostSpan = 2 ** 31;
const mostFirst = 2 ** 51;

/** True where whole numbers lie so close together that each difference of two has 32 bits. */
export function areClose({ present, least, most }: NumberRange): boolean {
  return (
    present > 0 && Math.floor(most) - Math.floor(least) < mostSpan && Math.abs(least) + mostSpan < mostFirst
  );
}

/** Zigzag: numbers that are near 0 are small, whatever their sign. */
const zigzag = (value: number) => (value < 0 ? -2 * value - 1 : 2 * value);

/** The numbers that are there, from the least on. */
function offsetsOf(values: Float64Array, least: number, out: Int32Array): void {
  let at = 0;
  for (let row = 0, end = values.length; row < end; row++) {
    const value = Math.floor(values[row] as number);
    if (Number.isNaN(value)) continue;
    out[at] = value - least;
    at += 1;
  }
}

/** The differences of a block from its least one, 0 behind the last of them; gives the least. */
function differences(offsets: Int32Array, from: number, size: number, out: Int32Array): number {
  let least = mostSpan;
  for (let i = 0; i < size; i++)
    least = Math.min(least, (offsets[from + i + 1] as number) - (offsets[from + i] as number));
  for (let i = 0; i < blockSize; i++)
    out[i] = i < size ? (offsets[from + i + 1] as number) - (offsets[from + i] as number) - least : 0;
  return least;
}

/** Bits that the widest of some differences takes. */
function widthOf(codes: Int32Array, from: number): number {
  let bits = 0;
  for (let i = from; i < from + codesAtOnce; i++) bits |= codes[i] as number;
  return 32 - Math.clz32(bits);
}

const room = new Int32Array(blockSize);

function putBlock(page: Page, offsets: Int32Array, from: number, size: number): void {
  page.reserve(mostBlockBytes);
  page.putVarint(zigzag(differences(offsets, from, size, room)));
  const widths = page.size;
  page.size += packs;
  for (let pack = 0; pack < packs; pack++) {
    const at = pack * codesAtOnce;
    const width = at < size ? widthOf(room, at) : 0;
    page.bytes[widths + pack] = width;
    packWords(room, at, at + codesAtOnce, width, page.view, page.size);
    page.size += (codesAtOnce / 8) * width;
  }
}

/**
 * Puts whole numbers that lie close together as packed differences of each from the one before (Apache Parquet,
 * Encodings: DELTA_BINARY_PACKED). `offsets` is room for as many numbers.
 */
export function putDeltas(
  page: Page,
  values: Float64Array,
  { present, least }: NumberRange,
  offsets: Int32Array,
): void {
  const from = Math.floor(least);
  offsetsOf(values, from, offsets);
  page.putVarint(blockSize);
  page.putVarint(packs);
  page.putVarint(present);
  page.putVarint(zigzag(from + (offsets[0] as number)));
  for (let at = 0; at + 1 < present; at += blockSize)
    putBlock(page, offsets, at, Math.min(blockSize, present - 1 - at));
}
