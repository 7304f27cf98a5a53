import { WellspentError } from '../../core/index.ts';
import { isBatchFull, type RawBatch, type RowFault } from './raw-table.ts';

/** The refusal of a file whose rows hold more kinds of values than a table may have columns. */
export function tooManyColumns(file: string, most: number): WellspentError {
  return new WellspentError(
    'TOO_MANY_COLUMNS',
    `${file} has more than ${most.toLocaleString('en-GB')} columns.`,
    { where: { file } },
  );
}

/** Gathers rows whose columns become known as they come; what a row does not say is empty. */
export class RowCollector {
  readonly names: string[] = [];
  readonly #file: string;
  readonly #mostColumns: number;
  readonly #taken = new Set<string>();
  readonly #index = new Map<string, number>();
  #columns: string[][] = [];
  #lines: number[] = [];
  #faults: RowFault[] = [];
  #caseOnly = new Set<number>();
  #repeats = new Set<number>();
  #characters = 0;
  #isFirst = true;
  #leftOut: ReadonlySet<number> = new Set();

  constructor(file: string, mostColumns: number) {
    this.#file = file;
    this.#mostColumns = mostColumns;
  }

  /** The column of an identity; its name is numbered if another column has it. */
  columnOf(identity: string, wanted: string): number {
    const known = this.#index.get(identity);
    if (known !== undefined) return known;
    if (this.names.length >= this.#mostColumns) throw tooManyColumns(this.#file, this.#mostColumns);
    const base = wanted.trim().normalize('NFC') || `column_${this.names.length + 1}`;
    let name = base;
    for (let n = 2; this.#taken.has(name); n++) name = `${base}_${n}`;
    this.#taken.add(name);
    const at = this.names.push(name) - 1;
    this.#index.set(identity, at);
    this.#columns.push([]);
    return at;
  }

  /** Keeps no values of some columns from the next batch on, since nobody reads them. */
  leaveOut(columns: ReadonlySet<string>): void {
    this.#leftOut = new Set(this.names.flatMap((name, at) => (columns.has(name) ? [at] : [])));
  }

  /** Sets a value of the row being gathered. */
  set(column: number, value: string): void {
    if (this.#leftOut.size > 0 && this.#leftOut.has(column)) return;
    const cells = this.#columns[column] as string[];
    while (cells.length < this.#lines.length) cells.push('');
    cells[this.#lines.length] = value;
    this.#characters += value.length;
  }

  endRow(line: number): void {
    this.#lines.push(line);
  }

  /** Ends a row that stands for a case without events. */
  endCase(line: number): void {
    this.#caseOnly.add(this.#lines.length);
    this.#lines.push(line);
  }

  /** Says that the row being gathered repeats the event of an earlier row for another case. */
  markRepeat(): void {
    this.#repeats.add(this.#lines.length);
  }

  setAside(fault: RowFault): void {
    this.#faults.push(fault);
  }

  get isFull(): boolean {
    const rows = this.#lines.length + this.#faults.length;
    return isBatchFull(rows, this.names.length, this.#characters, this.#isFirst);
  }

  take(): RawBatch {
    const rows = this.#lines.length;
    this.#columns.forEach((cells, at) => {
      if (!this.#leftOut.has(at)) while (cells.length < rows) cells.push('');
    });
    const batch: RawBatch = {
      rows,
      lines: this.#lines,
      columns: this.#columns,
      faults: this.#faults,
      caseOnly: this.#caseOnly,
      repeats: this.#repeats,
    };
    this.#columns = this.names.map(() => []);
    this.#lines = [];
    this.#faults = [];
    this.#caseOnly = new Set();
    this.#repeats = new Set();
    this.#characters = 0;
    this.#isFirst = false;
    return batch;
  }
}
