/**
 * Cells of a column as places in a list of different texts: for columns whose texts come again and again. The list
 * grows from batch to batch, and a new one is begun when it has grown long.
 */
export class CodedCells {
  /** For each row the place of its text in `words`. */
  readonly codes: Int32Array;
  readonly words: readonly string[];
  #texts: readonly string[] | null = null;

  constructor(codes: Int32Array, words: readonly string[]) {
    this.codes = codes;
    this.words = words;
  }

  /** The text of each row; made when first asked for. */
  get texts(): readonly string[] {
    this.#texts ??= Array.from(this.codes, (code) => this.words[code] as string);
    return this.#texts;
  }
}

/** The cells of one column of a batch. */
export type Cells = readonly string[] | CodedCells;

/** The cells of some rows, in the order given. */
export function pickedCells(cells: Cells, rows: readonly number[]): Cells {
  if (!(cells instanceof CodedCells)) return rows.map((row) => cells[row] ?? '');
  const codes = new Int32Array(rows.length);
  for (let i = 0, end = rows.length; i < end; i++) codes[i] = cells.codes[rows[i] as number] as number;
  return new CodedCells(codes, cells.words);
}

/** The text of each cell; none where there is no such column. */
export function textsOf(cells: Cells | undefined): readonly string[] {
  if (cells === undefined) return [];
  return cells instanceof CodedCells ? cells.texts : cells;
}
