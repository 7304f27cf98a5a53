import { pickNumbers } from '../../stores/index.ts';
import { type Cells, CodedCells, textsOf } from '../readers/cells.ts';
import { newReading, parseTime, type TimeReading, type TimeRules, timeFlags } from '../time/parse-time.ts';
import { mostCoded, type Numbers, withRoom } from './coded-numbers.ts';
import { type Counters, countFlags, type OffsetCounts, offsetsOf } from './counters.ts';
import { FirstMet } from './first-met.ts';
import { putPlaces, withPlaces } from './places.ts';
import { Room } from './room.ts';
import type { RowFaults } from './row-faults.ts';
import { trimmed } from './text-readings.ts';

/**
 * Times as microseconds since 1970: the instant and the clock on the wall; NaN where there is none. Where the two have
 * been one in all rows until now, as in UTC, coded times are the very same.
 */
export interface CastTimes {
  readonly instants: Numbers;
  readonly walls: Numbers;
  /** The later instant of wall clocks that happened twice, by row; empty in nearly every batch. */
  readonly later: ReadonlyMap<number, number>;
}

/** Times of a batch, which are filled in row by row. */
interface TimesToFill {
  readonly instants: Float64Array;
  readonly walls: Float64Array;
  readonly later: Map<number, number>;
}

/** What a text is that is no time: nothing, or a fault of its row. */
type NoTime = 'nothing' | 'fault';

/** What codes of texts that are no time stand for. */
const nothing = -1;
const faulty = -2;

const reading = newReading();

/**
 * Casts the cells of one column of times. Each different text of coded cells is read once, and they stay coded until
 * there are many: all coded times are places in two lists, of instants and of clocks on the wall, which only grow.
 */
export class TimeCaster {
  readonly #column: string;
  readonly #nulls: ReadonlySet<string>;
  #rules: TimeRules;
  readonly #counters: Counters;
  readonly #offsets: OffsetCounts;
  /** The texts that codes are of now, and where in the lists of times the first of them is. */
  readonly #texts = new FirstMet();
  #first = 0;
  /** The place in the lists of what each text says, its flags and the later instant where it happened twice. */
  #places = new Int32Array(0);
  #flags: number[] = [];
  readonly #later = new Map<number, number>();
  #instants = new Float64Array(0);
  #walls = new Float64Array(0);
  #isOneClock = true;
  /** True for good once there are too many times to be kept coded. */
  #areMany = false;
  /** True while all texts of the list are times with an offset and nothing else to be told of them. */
  #isPlain = true;
  readonly #room = new Room();
  readonly #wallRoom = new Room();

  constructor(column: string, nulls: ReadonlySet<string>, rules: TimeRules, counters: Counters) {
    this.#column = column;
    this.#nulls = nulls;
    this.#rules = rules;
    this.#counters = counters;
    this.#offsets = offsetsOf(counters, column);
  }

  /**
   * What it gives holds until the next cells are cast. `rulesOf` gives the rules of each row, where times of several
   * columns stand among each other.
   */
  cast(cells: Cells, faults: RowFaults, rulesOf?: (row: number) => TimeRules): CastTimes {
    if (cells instanceof CodedCells && !rulesOf) return this.#castCoded(cells, faults);
    const texts = textsOf(cells);
    const times = {
      instants: this.#room.doubles(texts.length).fill(Number.NaN),
      walls: this.#wallRoom.doubles(texts.length).fill(Number.NaN),
      later: new Map<number, number>(),
    };
    if (rulesOf) this.#castRuled(texts, rulesOf, times, faults);
    else this.#castPlain(texts, times, faults);
    return times;
  }

  // The loop has nothing behind it, so that it is compiled once.
  #castPlain(cells: readonly string[], times: TimesToFill, faults: RowFaults): void {
    for (let i = 0, end = cells.length; i < end; i++) this.#take(cells[i] as string, i, times, faults);
  }

  #castRuled(
    cells: readonly string[],
    rulesOf: (row: number) => TimeRules,
    times: TimesToFill,
    faults: RowFaults,
  ): void {
    for (let i = 0, end = cells.length; i < end; i++) {
      this.#rules = rulesOf(i);
      this.#take(cells[i] as string, i, times, faults);
    }
  }

  /** Puts what a cell says as the time of a row. */
  #take(cell: string, row: number, { instants, walls, later }: TimesToFill, faults: RowFaults): void {
    const read = this.#read(cell);
    if (typeof read === 'string') {
      if (read === 'fault') this.#setAside(row, cell, faults);
      return;
    }
    if (this.#count(read.flags, cell) === 'no date') return;
    if (read.flags & timeFlags.ambiguous) later.set(row, read.later);
    instants[row] = read.instant;
    walls[row] = read.wall;
  }

  /** Reads a text; what it gives holds until the next is read. */
  #read(cell: string): Readonly<TimeReading> | NoTime {
    const text = trimmed(cell);
    if (text === '') return 'nothing';
    if (parseTime(text, this.#rules, reading)) return reading;
    return this.#nulls.has(text) ? 'nothing' : 'fault';
  }

  /** Takes what was found of a time into account. */
  #count(flags: number, cell: string): 'no date' | 'time' {
    if (flags !== 0) {
      countFlags(this.#counters, flags, trimmed(cell));
      if (flags & timeFlags.sentinel) return 'no date';
    }
    if (flags & timeFlags.naive) this.#offsets.naive += 1;
    else if ((flags & timeFlags.dateOnly) === 0) this.#offsets.aware += 1;
    return 'time';
  }

  #setAside(row: number, cell: string, faults: RowFaults): void {
    faults.set(row, this.#column, trimmed(cell), 'TIME_UNPARSABLE');
  }

  #castCoded({ codes, words }: CodedCells, faults: RowFaults): CastTimes {
    this.#follow(words);
    const fresh = this.#texts.among(codes);
    if (fresh.length > 0) this.#readEach(fresh);
    const out = this.#room.codes(codes.length);
    putPlaces(codes, this.#places, out);
    const later = new Map<number, number>();
    if (this.#isPlain) this.#offsets.aware += codes.length;
    else this.#countEach(codes, out, later, faults);
    const ofList = (numbers: Float64Array, isPlain: boolean, room: Room): Numbers =>
      isPlain ? pickNumbers(out, numbers, room.doubles(out.length)) : { codes: out, numbers };
    // An instant that may yet become the later one is changed where it stands.
    const instants = ofList(this.#instants, this.#areMany || later.size > 0, this.#room);
    const areOne = this.#isOneClock && later.size === 0;
    const walls = areOne ? instants : ofList(this.#walls, this.#areMany, this.#wallRoom);
    return { instants, walls, later };
  }

  /** Takes into account what was found of the times of all rows, and sets aside rows with a fault. */
  #countEach(codes: Int32Array, out: Int32Array, later: Map<number, number>, faults: RowFaults): void {
    for (let row = 0, end = codes.length; row < end; row++) {
      const code = codes[row] as number;
      if (out[row] === faulty) {
        this.#setAside(row, this.#texts.words[code] as string, faults);
        out[row] = nothing;
      }
      const flags = this.#flags[code] as number;
      if (out[row] === nothing && flags === 0) continue;
      this.#count(flags, this.#texts.words[code] as string);
      if (flags & timeFlags.ambiguous) later.set(row, this.#later.get(code) as number);
    }
  }

  #follow(words: readonly string[]): void {
    const before = this.#texts.words.length;
    if (this.#texts.follow(words)) {
      this.#first = this.#areMany ? 0 : this.#first + before;
      this.#flags = [];
      this.#later.clear();
      this.#isPlain = true;
    }
    this.#areMany ||= this.#first + words.length > mostCoded;
    this.#places = withPlaces(this.#places, words.length);
    this.#instants = withRoom(this.#instants, this.#first + words.length);
    this.#walls = withRoom(this.#walls, this.#first + words.length);
  }

  #readEach(codes: Int32Array): void {
    for (let i = 0, end = codes.length; i < end; i++) this.#readWord(codes[i] as number);
  }

  #readWord(code: number): void {
    const read = this.#read(this.#texts.words[code] as string);
    const flags = typeof read === 'string' ? 0 : read.flags;
    this.#flags[code] = flags;
    if (flags !== 0 || typeof read === 'string') this.#isPlain = false;
    if (typeof read === 'string') this.#places[code] = read === 'fault' ? faulty : nothing;
    else if (flags & timeFlags.sentinel) this.#places[code] = nothing;
    else {
      const place = this.#first + code;
      this.#places[code] = place;
      this.#instants[place] = read.instant;
      this.#walls[place] = read.wall;
      if (read.instant !== read.wall) this.#isOneClock = false;
      if (flags & timeFlags.ambiguous) this.#later.set(code, read.later);
    }
  }
}
