import { type Cells, CodedCells } from './cells.ts';

/** Texts of some cells, in order of their first row, each with the number of cells that hold it. */
export interface Tally {
  readonly texts: readonly string[];
  readonly counts: Int32Array;
}

/** Counts the codes and puts each where it first comes; gives how many different ones there are. */
function countCodes(codes: Int32Array, counts: Int32Array, met: Int32Array): number {
  let size = 0;
  for (let row = 0, end = codes.length; row < end; row++) {
    const code = codes[row] as number;
    if (counts[code] === 0) met[size++] = code;
    counts[code] = (counts[code] as number) + 1;
  }
  return size;
}

/**
 * The texts of the first cells of a column. Texts that are coded come once each, so that what many rows hold is looked
 * at once; others come as often as they stand.
 */
export function tallyOf(cells: Cells | undefined, rows = Number.POSITIVE_INFINITY): Tally {
  if (!(cells instanceof CodedCells)) {
    const texts = cells?.slice(0, rows) ?? [];
    return { texts, counts: new Int32Array(texts.length).fill(1) };
  }
  const codes = cells.codes.subarray(0, Math.min(rows, cells.codes.length));
  const counts = new Int32Array(cells.words.length);
  const met = new Int32Array(Math.min(codes.length, counts.length));
  const different = met.subarray(0, countCodes(codes, counts, met));
  return {
    texts: Array.from(different, (code) => cells.words[code] as string),
    counts: different.map((code) => counts[code] as number),
  };
}
