import { type Cells, CodedCells } from '../cells.ts';
import { CellDictionary } from './cell-dictionary.ts';
import { Stretch } from './stretch.ts';

/** Different texts that one list holds, and bytes of them, before a new list is begun. */
const mostWords = 100_000;
const mostBytes = 4_000_000;
/** A longer text hardly comes again. */
const longestWord = 1_024;
/** With so many texts, and fewer rows to each than this, telling texts apart costs more than it saves. */
const manyWords = 20_000;
const fewRowsEach = 2;
/** The same of the first rows, where nearly each has a text of its own. */
const firstRows = 4_096;
const firstRowsEach = 1.02;

/** Rows that there is room for at first. */
const fewestRows = 64;

const nothing = new Stretch(Buffer.alloc(0));

/**
 * Gathers the cells of one column, batch by batch: coded while texts come again, else as they are. Rows are set in
 * order; those passed over are empty.
 */
export class ColumnCells {
  #dictionary: CellDictionary | null = null;
  #codes = new Int32Array(0);
  #texts: string[] = [];
  /** Rows that the texts of the dictionary were found in. */
  #rowsOfWords = 0;
  /** Rows of the batch that are set. */
  filled = 0;
  #isLeftOut = false;
  /** The place of the empty text in the list, which cells hold that are not set; -1 while none had to. */
  #blank = -1;

  constructor() {
    this.#dictionary = new CellDictionary();
  }

  /** Keeps no cells from here on, since nobody reads them. */
  leaveOut(): void {
    this.#isLeftOut = true;
    this.#giveUp(0);
    this.#texts = [];
  }

  /** Sets the cell of a row to what stands between two places. */
  add(row: number, stretch: Stretch, start: number, end: number): void {
    if (row > this.filled) this.fillEmpty(row);
    this.filled = row + 1;
    if (this.#isLeftOut) return;
    if (!this.#code(row, stretch, start, end)) this.#texts[row] = stretch.slice(start, end);
  }

  /** Sets the cell of a row to a text that does not stand in the file as it is meant. */
  addText(row: number, text: string): void {
    if (row > this.filled) this.fillEmpty(row);
    this.filled = row + 1;
    if (this.#isLeftOut) return;
    const own = new Stretch(Buffer.from(text));
    if (!this.#code(row, own, 0, own.bytes.length)) this.#texts[row] = text;
  }

  /** Leaves the cells of all rows up to one empty that are not set yet. */
  fillEmpty(to: number): void {
    if (to <= this.filled) return;
    if (this.#blank < 0 || to > this.#codes.length) this.#makeBlank(to);
    this.filled = to;
  }

  /** Makes the cells of rows up to one hold the empty text unless they are set to another. */
  #makeBlank(to: number): void {
    const blank = this.#dictionary ? this.#dictionary.codeOf(nothing, 0, 0) : -1;
    if (blank < 0) {
      this.fill(to, nothing, 0, 0);
      return;
    }
    if (this.#blank < 0) this.#codes.fill(blank, this.filled);
    this.#blank = blank;
    while (to > this.#codes.length) this.#grow();
  }

  /** Sets the cells of all rows up to one that are not set yet to what stands between two places. */
  fill(to: number, stretch: Stretch, start: number, end: number): void {
    if (this.filled >= to) return;
    const from = this.filled;
    this.filled = to;
    if (this.#isLeftOut) return;
    if (this.#code(from, stretch, start, end)) {
      while (to > this.#codes.length) this.#grow();
      const codes = this.#codes;
      const code = codes[from] as number;
      for (let row = from + 1; row < to; row++) codes[row] = code;
      return;
    }
    const own = stretch.bytes.toString('utf8', start, end);
    for (let row = from; row < to; row++) this.#texts[row] = own;
  }

  /** The text of a row of the batch. */
  textAt(row: number): string {
    return (this.#dictionary ? this.#dictionary.words[this.#codes[row] as number] : this.#texts[row]) ?? '';
  }

  /** Ends a batch: the cells of its rows. */
  take(rows: number): Cells {
    this.fillEmpty(rows);
    this.filled = 0;
    if (this.#isLeftOut) return [];
    if (!this.#dictionary) {
      const texts = this.#texts;
      texts.length = rows;
      this.#texts = [];
      return texts;
    }
    const { words } = this.#dictionary;
    // Batches may wait for one another, so each has its own; the room is used again.
    const cells = new CodedCells(this.#codes.slice(0, rows), words);
    if (this.#blank >= 0) this.#codes.fill(this.#blank, 0, rows);
    this.#rowsOfWords += rows;
    this.#renew();
    return cells;
  }

  /** Sets the cell of a row by the place of its text; false where cells are not coded, or no more from here on. */
  #code(row: number, stretch: Stretch, start: number, end: number): boolean {
    if (!this.#dictionary) return false;
    const code = end - start > longestWord ? -1 : this.#dictionary.codeOf(stretch, start, end);
    if (code < 0) {
      this.#giveUp(row);
      return false;
    }
    if (row >= this.#codes.length) this.#grow();
    this.#codes[row] = code;
    return true;
  }

  #grow(): void {
    const grown = new Int32Array(Math.max(fewestRows, 2 * this.#codes.length));
    grown.set(this.#codes);
    if (this.#blank >= 0) grown.fill(this.#blank, this.#codes.length);
    this.#codes = grown;
  }

  /** From here on the column's cells are texts, also those of this batch that were coded. */
  #giveUp(rows: number): void {
    const words = this.#dictionary?.words ?? [];
    this.#texts = Array.from(this.#codes.subarray(0, rows), (code) => words[code] as string);
    this.#codes = new Int32Array(0);
    this.#blank = -1;
    this.#dictionary = null;
  }

  /** Between batches: gives up where texts hardly come again, and begins a new list where one has grown long. */
  #renew(): void {
    if (!this.#dictionary) return;
    const { size, words } = this.#dictionary;
    const each = this.#rowsOfWords / Math.max(1, words.length);
    const isRare =
      (words.length > manyWords && each < fewRowsEach) ||
      (this.#rowsOfWords >= firstRows && words.length > firstRows / 2 && each < firstRowsEach);
    if (isRare) this.#giveUp(0);
    else if (words.length > mostWords || size > mostBytes) {
      this.#dictionary = new CellDictionary();
      this.#blank = -1;
      this.#rowsOfWords = 0;
    }
  }
}
