import type { Field } from '../mapping/fields.ts';
import { type NumberStyle, parseNumber } from '../numbers.ts';
import { newReading, parseTime, type TimeRules, timeFlags } from '../time/parse-time.ts';
import { type Counters, countFlags } from './counters.ts';
import type { RowFaults } from './row-faults.ts';
import { trimmed } from './text-readings.ts';

type Texts = (string | null)[];

export interface CastTimes {
  readonly instants: Float64Array;
  readonly walls: Float64Array;
  /** The later instant of wall clocks that happened twice, by row; empty in nearly every batch. */
  readonly later: ReadonlyMap<number, number>;
}

const reading = newReading();

/** Times as microseconds since 1970: the instant and the wall clock; NaN where there is none. */
export function castTimes(
  cells: readonly string[],
  column: string,
  nulls: ReadonlySet<string>,
  rules: TimeRules,
  counters: Counters,
  faults: RowFaults,
): CastTimes {
  const instants = new Float64Array(cells.length).fill(Number.NaN);
  const walls = new Float64Array(cells.length).fill(Number.NaN);
  const later = new Map<number, number>();
  for (let i = 0; i < cells.length; i++) {
    const text = trimmed(cells[i] as string);
    if (text === '') continue;
    if (!parseTime(text, rules, reading)) {
      if (!nulls.has(text)) faults.set(i, column, text, 'TIME_UNPARSABLE');
      continue;
    }
    const { flags } = reading;
    if (flags !== 0) {
      countFlags(counters, flags, text);
      if (flags & timeFlags.sentinel) continue;
      if (flags & timeFlags.ambiguous) later.set(i, reading.later);
    }
    instants[i] = reading.instant;
    walls[i] = reading.wall;
  }
  return { instants, walls, later };
}

/** Numbers; NaN where there is none. A number that cannot be sets its row aside. */
export function castNumbers(
  cells: readonly string[],
  column: string,
  nulls: ReadonlySet<string>,
  style: NumberStyle,
  { required, least }: Pick<Field, 'required' | 'least'>,
  faults: RowFaults,
): Float64Array {
  const out = new Float64Array(cells.length).fill(Number.NaN);
  for (let i = 0; i < cells.length; i++) {
    const text = trimmed(cells[i] as string);
    if (text === '' || nulls.has(text)) {
      if (required) faults.set(i, column, text, 'REQUIRED_EMPTY');
      continue;
    }
    const value = parseNumber(text, style);
    if (!Number.isFinite(value)) faults.set(i, column, text, 'NUMBER_UNPARSABLE');
    else if ((least !== undefined && value < 0) || (least === 'above zero' && value === 0))
      faults.set(i, column, text, 'NUMBER_IMPOSSIBLE');
    else out[i] = value;
  }
  return out;
}

const yes = new Set(['true', 'yes', 'y', '1', 't']);
const no = new Set(['false', 'no', 'n', '0', 'f']);

/** Yes and no in their usual spellings. */
export function castBooleans(
  cells: readonly string[],
  column: string,
  nulls: ReadonlySet<string>,
  faults: RowFaults,
): (boolean | null)[] {
  return cells.map((cell, i) => {
    const text = cell.trim();
    if (text === '' || nulls.has(text)) return null;
    const word = text.toLowerCase();
    if (yes.has(word)) return true;
    if (!no.has(word)) faults.set(i, column, text, 'REQUIRED_EMPTY');
    return false;
  });
}

/** First days of periods as ISO dates: a date, a month (2024-04) or a year. */
export function castPeriods(
  cells: readonly string[],
  column: string,
  rules: TimeRules,
  counters: Counters,
  faults: RowFaults,
): Texts {
  return cells.map((cell, i) => {
    const text = cell.trim();
    if (text === '') {
      faults.set(i, column, null, 'REQUIRED_EMPTY');
      return null;
    }
    const whole = /^\d{4}$/.test(text)
      ? `${text}-01-01`
      : /^\d{4}-(0[1-9]|1[0-2])$/.test(text)
        ? `${text}-01`
        : text;
    if (!parseTime(whole, rules, reading) || reading.flags & timeFlags.sentinel) {
      faults.set(i, column, text, 'TIME_UNPARSABLE');
      return null;
    }
    countFlags(counters, reading.flags & ~timeFlags.naive, text);
    return new Date(reading.wall / 1000).toISOString().slice(0, 10);
  });
}
