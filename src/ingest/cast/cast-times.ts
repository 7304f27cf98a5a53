import { type Cells, CodedCells } from '../readers/cells.ts';
import { newReading, parseTime, type TimeReading, type TimeRules, timeFlags } from '../time/parse-time.ts';
import { type Counters, countFlags, type OffsetCounts, offsetsOf } from './counters.ts';
import { Room } from './room.ts';
import type { RowFaults } from './row-faults.ts';
import { trimmed } from './text-readings.ts';

/** Times as microseconds since 1970: the instant and the clock on the wall; NaN where there is none. */
export interface CastTimes {
  readonly instants: Float64Array;
  readonly walls: Float64Array;
  /** The later instant of wall clocks that happened twice, by row; empty in nearly every batch. */
  readonly later: ReadonlyMap<number, number>;
}

/** Times of a batch, which are filled in row by row. */
interface TimesToFill extends CastTimes {
  readonly later: Map<number, number>;
}

/** What a text is that is no time: nothing, or a fault of its row. */
type NoTime = 'nothing' | 'fault';

const reading = newReading();

/** Casts the cells of one column of times; each different text of coded cells is read once. */
export class TimeCaster {
  readonly #column: string;
  readonly #nulls: ReadonlySet<string>;
  readonly #rules: TimeRules;
  readonly #counters: Counters;
  readonly #offsets: OffsetCounts;
  /** The list of texts that codes are of now, and what each says. */
  #from: readonly string[] = [];
  #read: (Readonly<TimeReading> | NoTime)[] = [];
  readonly #instants = new Room();
  readonly #walls = new Room();

  constructor(column: string, nulls: ReadonlySet<string>, rules: TimeRules, counters: Counters) {
    this.#column = column;
    this.#nulls = nulls;
    this.#rules = rules;
    this.#counters = counters;
    this.#offsets = offsetsOf(counters, column);
  }

  /** What it gives holds until the next cells are cast. */
  cast(cells: Cells, faults: RowFaults): CastTimes {
    const size = cells instanceof CodedCells ? cells.codes.length : cells.length;
    const times = {
      instants: this.#instants.doubles(size).fill(Number.NaN),
      walls: this.#walls.doubles(size).fill(Number.NaN),
      later: new Map<number, number>(),
    };
    if (cells instanceof CodedCells) this.#castCoded(cells, times, faults);
    else this.#castPlain(cells, times, faults);
    return times;
  }

  // The loops have nothing behind them, so that each is compiled once.

  #castPlain(cells: readonly string[], times: TimesToFill, faults: RowFaults): void {
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i] as string;
      this.#take(this.#ofText(cell), cell, i, times, faults);
    }
  }

  #castCoded({ codes, words }: CodedCells, times: TimesToFill, faults: RowFaults): void {
    if (words !== this.#from) {
      this.#from = words;
      this.#read = [];
    }
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i] as number;
      this.#take(this.#ofWord(code), words[code] as string, i, times, faults);
    }
  }

  /** Puts what a cell says as the time of a row. */
  #take(
    read: Readonly<TimeReading> | NoTime,
    cell: string,
    row: number,
    { instants, walls, later }: TimesToFill,
    faults: RowFaults,
  ): void {
    if (typeof read === 'string') {
      if (read === 'fault') faults.set(row, this.#column, trimmed(cell), 'TIME_UNPARSABLE');
      return;
    }
    if (read.flags !== 0) {
      countFlags(this.#counters, read.flags, trimmed(cell));
      if (read.flags & timeFlags.sentinel) return;
      if (read.flags & timeFlags.ambiguous) later.set(row, read.later);
    }
    if (read.flags & timeFlags.naive) this.#offsets.naive += 1;
    else if ((read.flags & timeFlags.dateOnly) === 0) this.#offsets.aware += 1;
    instants[row] = read.instant;
    walls[row] = read.wall;
  }

  /** Reads a text; what it gives holds until the next is read. */
  #ofText(cell: string): Readonly<TimeReading> | NoTime {
    const text = trimmed(cell);
    if (text === '') return 'nothing';
    if (parseTime(text, this.#rules, reading)) return reading;
    return this.#nulls.has(text) ? 'nothing' : 'fault';
  }

  #ofWord(code: number): Readonly<TimeReading> | NoTime {
    const known = this.#read[code];
    if (known !== undefined) return known;
    const read = this.#ofText(this.#from[code] as string);
    const kept = typeof read === 'string' ? read : { ...read };
    this.#read[code] = kept;
    return kept;
  }
}
