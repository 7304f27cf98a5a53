import { type Cells, CodedCells } from '../readers/cells.ts';
import { newReading, parseTime, type TimeReading, type TimeRules, timeFlags } from '../time/parse-time.ts';
import { type Counters, countFlags } from './counters.ts';
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

/** What a text is that is no time: nothing, or a fault of its row. */
type NoTime = 'nothing' | 'fault';

const reading = newReading();

/** Casts the cells of one column of times; each different text of coded cells is read once. */
export class TimeCaster {
  readonly #column: string;
  readonly #nulls: ReadonlySet<string>;
  readonly #rules: TimeRules;
  readonly #counters: Counters;
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
  }

  /** What it gives holds until the next cells are cast. */
  cast(cells: Cells, faults: RowFaults): CastTimes {
    const isCoded = cells instanceof CodedCells;
    const size = isCoded ? cells.codes.length : cells.length;
    const instants = this.#instants.doubles(size).fill(Number.NaN);
    const walls = this.#walls.doubles(size).fill(Number.NaN);
    const later = new Map<number, number>();
    if (isCoded && cells.words !== this.#from) {
      this.#from = cells.words;
      this.#read = [];
    }
    for (let i = 0; i < size; i++) {
      const code = isCoded ? (cells.codes[i] as number) : -1;
      const cell = (isCoded ? cells.words[code] : cells[i]) as string;
      const read = code < 0 ? this.#ofText(cell) : this.#ofWord(code);
      if (read === 'nothing') continue;
      if (read === 'fault') {
        faults.set(i, this.#column, trimmed(cell), 'TIME_UNPARSABLE');
        continue;
      }
      const { flags } = read;
      if (flags !== 0) {
        countFlags(this.#counters, flags, trimmed(cell));
        if (flags & timeFlags.sentinel) continue;
        if (flags & timeFlags.ambiguous) later.set(i, read.later);
      }
      instants[i] = read.instant;
      walls[i] = read.wall;
    }
    return { instants, walls, later };
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
