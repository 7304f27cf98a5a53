import { codesAtOnce, packWords } from './bit-packing.ts';
import { handBack } from './hand-back.ts';
import type { Page } from './page.ts';

/** Codes that follow one another in a run this long are written once. */
const shortestRun = 16;
/** Stands behind the last code, to end its run. */
const noCode = -1;

/** Codes of a column for a group of rows, with room behind them and for the runs among them; kept from column to column. */
export class CodeRoom {
  codes = new Int32Array(0);
  /** Where runs begin and end, one after the other. */
  runs = new Int32Array(0);

  /** Makes room for as many codes; what was there may be lost. */
  reserve(codes: number): void {
    if (codes + codesAtOnce <= this.codes.length) return;
    this.end();
    this.codes = new Int32Array(codes + codesAtOnce);
    this.runs = new Int32Array(2 * Math.ceil(codes / shortestRun) + 2);
  }

  /** Says that nobody needs the room any more. */
  end(): void {
    handBack(this.codes);
    handBack(this.runs);
  }
}

// Each loop below that passes every code stands in a function of its own with nothing behind it: such a function is
// compiled once, while one with several loops is compiled and thrown away loop by loop.

/** Finds the runs that are worth it; what lies between two of them is whole groups of eight. Gives twice their number. */
function findRuns(codes: Int32Array, size: number, runs: Int32Array): number {
  let found = 0;
  let free = 0;
  let from = 0;
  let code = codes[0] as number;
  for (let at = 1; at <= size; at++) {
    const own = codes[at] as number;
    if (own === code) continue;
    if (at - from >= shortestRun) {
      // A run may start only where whole groups of eight end.
      const start = from + ((free - from) & 7);
      if (at - start >= shortestRun) {
        runs[found] = start;
        runs[found + 1] = at;
        found += 2;
        free = at;
      }
    }
    from = at;
    code = own;
  }
  return found;
}

/** Puts codes as packed bits; behind the last of them are zeros up to a whole group of eight. */
function putPacked(page: Page, codes: Int32Array, from: number, to: number, width: number): void {
  const groups = Math.ceil((to - from) / 8);
  const words = Math.ceil((to - from) / codesAtOnce);
  page.putVarint(groups * 2 + 1);
  // What whole words hold beyond the last group is written over by what follows.
  page.reserve(words * 4 * width);
  packWords(codes, from, from + words * codesAtOnce, width, page.view, page.size);
  page.size += groups * width;
}

/** Makes room for packed codes of one bit, which have yet to be put; gives the place of the first. */
export function roomForBits(page: Page, codes: number): number {
  const bytes = Math.ceil(codes / 8);
  page.putVarint(bytes * 2 + 1);
  page.reserve(bytes);
  page.size += bytes;
  return page.size - bytes;
}

/** Puts a run of one code. */
export function putRun(page: Page, length: number, code: number, width: number): void {
  page.putVarint(length * 2);
  for (let bits = 0; bits < width; bits += 8) page.putByte((code >>> bits) & 255);
}

/**
 * Puts the first codes of a room in Parquet's hybrid of runs and packed bits (Apache Parquet, Encodings: RLE and bit
 * packing hybrid). Each code lies in `[0, 2^width)`; `width` is at most 24.
 */
export function putHybrid(page: Page, { codes, runs }: CodeRoom, size: number, width: number): void {
  if (width === 0 && size > 0) putRun(page, size, 0, 0);
  if (width === 0 || size === 0) return;
  codes[size] = noCode;
  const found = findRuns(codes, size, runs);
  codes.fill(0, size, size + codesAtOnce);
  let from = 0;
  for (let run = 0; run < found; run += 2) {
    const [start, end] = [runs[run] as number, runs[run + 1] as number];
    if (start > from) putPacked(page, codes, from, start, width);
    putRun(page, end - start, codes[start] as number, width);
    from = end;
  }
  if (from < size) putPacked(page, codes, from, size, width);
}
