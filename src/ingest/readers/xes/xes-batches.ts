import { WellspentError } from '../../../core/index.ts';
import { ColumnCells } from '../bytes/column-cells.ts';
import { Stretch } from '../bytes/stretch.ts';
import { casePrefix, isBatchFull, type RawBatch, type RowFault } from '../raw-table.ts';
import { tooManyColumns } from '../row-collector.ts';
import { TraceValues } from './trace-values.ts';

/** Characters that the values of one event or one case may hold together. */
const longestRow = 64_000_000;
/** Rows handed on at a time between traces, after the first. */
const laterRows = 2_048;
/** Rows of the trace that a batch usually ends with. */
const rowsBeyond = 128;
/** An array that grows leaves all that it was behind. */
const roomForLines = (): number[] => new Array<number>(laterRows + rowsBeyond);
/** The column of names of traces, which is the first. */
const nameAt = 0;

/**
 * Collects events column by column; attributes that appear later fill earlier rows with ''. A trace may be handed on
 * in parts: its name must then have come before its events, as the standard has it.
 */
export class XesBatches {
  readonly names: string[] = [];
  readonly #file: string;
  readonly #mostColumns: number;
  readonly #index = new Map<string, number>();
  readonly #columns: ColumnCells[] = [];
  #lines = roomForLines();
  #caseOnly = new Set<number>();
  #faults: RowFault[] = [];
  #characters = 0;
  #eventCharacters = 0;
  rows = 0;
  #traceStart = 0;
  readonly #trace = new TraceValues();
  #traceCharacters = 0;
  #isInTrace = false;
  #isFirst = true;
  /** True when a part of the open trace has been handed on. */
  #isParted = false;
  /** True when more was said of the open trace after that. */
  #isLate = false;
  /** True when the open trace got a name from us. */
  #wasNamed = false;
  traces = 0;
  events = 0;
  emptyTraces = 0;
  unnamedTraces = 0;
  nested = 0;
  /** Attributes whose key their event or trace had already. */
  repeated = 0;
  /** Elements in traces and events that hold no attribute of the standard. */
  unknown = 0;

  constructor(file: string, mostColumns: number) {
    this.#file = file;
    this.#mostColumns = mostColumns;
    // Present in every log, so that a log without steps or times has empty ones instead of a missing column.
    for (const name of [`${casePrefix}concept:name`, 'concept:name', 'time:timestamp']) this.columnOf(name);
  }

  columnOf(name: string): number {
    const known = this.#index.get(name);
    if (known !== undefined) return known;
    if (this.names.length >= this.#mostColumns) throw tooManyColumns(this.#file, this.#mostColumns);
    const at = this.names.push(name) - 1;
    this.#index.set(name, at);
    this.#columns.push(new ColumnCells());
    return at;
  }

  /** Keeps no cells of some columns from here on, since nobody reads them. */
  leaveOut(columns: ReadonlySet<string>): void {
    this.names.forEach((name, at) => {
      if (columns.has(name)) this.#columns[at]?.leaveOut();
    });
  }

  #tooLong(what: string): WellspentError {
    return new WellspentError('INPUT_TOO_LARGE', `${this.#file} holds ${what} that is larger than any row.`, {
      where: { file: this.#file },
    });
  }

  /** Sets a value of the open event; one that was set before stays, and is counted. */
  set(column: number, value: string): void {
    const cells = this.#columns[column] as ColumnCells;
    if (cells.filled > this.rows) {
      this.repeated += 1;
      return;
    }
    cells.addText(this.rows, value);
    this.#passValue(value.length);
  }

  /** The same for a value as it stands in the file. */
  setSpan(column: number, stretch: Stretch, start: number, end: number): void {
    const cells = this.#columns[column] as ColumnCells;
    if (cells.filled > this.rows) {
      this.repeated += 1;
      return;
    }
    cells.add(this.rows, stretch, start, end);
    this.#passValue(end - start);
  }

  #passValue(size: number): void {
    this.#eventCharacters += size;
    if (this.#eventCharacters > longestRow) throw this.#tooLong(`an event (${this.events + 1})`);
  }

  /** Sets a value of the open trace; one that was set before stays, and is counted. */
  setTrace(column: number, value: string): void {
    const own = new Stretch(Buffer.from(value));
    this.setTraceSpan(column, own, 0, own.bytes.length);
  }

  /** The same for a value as it stands in the file. */
  setTraceSpan(column: number, stretch: Stretch, start: number, end: number): void {
    if (this.#trace.has(column)) {
      if (this.#wasNamed && column === nameAt) this.#refuseLateName(stretch.slice(start, end));
      this.repeated += 1;
      return;
    }
    this.#isLate ||= this.#isParted;
    this.#trace.set(column, stretch, start, end);
    this.#traceCharacters += end - start;
    if (this.#traceCharacters > longestRow) throw this.#tooLong(`a trace (${this.traces})`);
  }

  #refuseLateName(value: string): never {
    throw new WellspentError(
      'TRACE_NAMED_LATE',
      `${this.#file} names trace ${this.traces} only after event ${this.events.toLocaleString('en-GB')}, thousands of events into it.`,
      {
        where: { file: this.#file },
        found: value.slice(0, 80),
        hint: 'Write the attributes of a trace before its events.',
      },
    );
  }

  endEvent(): void {
    this.events += 1;
    this.#lines[this.rows] = this.events;
    this.rows += 1;
    this.#characters += this.#eventCharacters;
    this.#eventCharacters = 0;
  }

  /** Sets an event aside that stands in no trace: nobody can say whose it is. */
  addWithoutTrace(): void {
    this.events += 1;
    this.#faults.push({ line: this.events, column: null, value: null, reason: 'CASE_ID_EMPTY' });
  }

  startTrace(): void {
    this.traces += 1;
    this.#trace.clear();
    this.#traceCharacters = 0;
    this.#traceStart = this.rows;
    this.#isInTrace = true;
    this.#isParted = false;
    this.#isLate = false;
    this.#wasNamed = false;
  }

  endTrace(): void {
    // What came after a part had gone is said once more of the case.
    if ((this.rows === this.#traceStart && !this.#isParted) || this.#isLate) {
      if (!this.#isParted) this.emptyTraces += 1;
      this.#caseOnly.add(this.rows);
      this.#lines[this.rows] = this.events;
      this.rows += 1;
    }
    this.#fillTrace();
    this.#characters += this.#traceCharacters;
    this.#isInTrace = false;
  }

  /** Gives the rows of the open trace what has been said of it. */
  #fillTrace(): void {
    if (this.#trace.isBlank(nameAt)) {
      this.unnamedTraces += 1;
      this.#wasNamed = true;
      const name = new Stretch(Buffer.from(`trace-${this.traces}`));
      this.#trace.set(nameAt, name, 0, name.bytes.length);
    }
    this.#trace.fill(this.#columns, this.#traceStart, this.rows);
  }

  get isFull(): boolean {
    // Later batches are smaller, so that their texts die young; the first is looked at to guess what columns are.
    const isEnough = this.#isFirst || this.#isInTrace ? false : this.rows >= laterRows;
    return isEnough || isBatchFull(this.rows, this.names.length, this.#characters, this.#isFirst);
  }

  take(): RawBatch {
    if (this.#isInTrace) {
      this.#fillTrace();
      this.#isParted = true;
    }
    this.#lines.length = this.rows;
    const batch: RawBatch = {
      rows: this.rows,
      lines: this.#lines,
      columns: this.#columns.map((cells) => cells.take(this.rows)),
      faults: this.#faults,
      caseOnly: this.#caseOnly,
    };
    this.#isFirst = false;
    this.#lines = roomForLines();
    this.#caseOnly = new Set();
    this.#faults = [];
    this.#characters = 0;
    this.rows = 0;
    this.#traceStart = 0;
    return batch;
  }
}
