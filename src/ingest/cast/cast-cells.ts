import { newReading, parseTime, type TimeRules, timeFlags } from '../time/parse-time.ts';
import { type Counters, countFlags } from './counters.ts';
import { firstDayOf } from './periods.ts';
import type { RowFaults } from './row-faults.ts';

type Texts = (string | null)[];

const reading = newReading();

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

/** First days of periods as ISO dates: a date, a month, a quarter, a year or a financial year. */
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
    if (!parseTime(firstDayOf(text) ?? text, rules, reading) || reading.flags & timeFlags.sentinel) {
      faults.set(i, column, text, 'TIME_UNPARSABLE');
      return null;
    }
    countFlags(counters, reading.flags & ~timeFlags.naive, text);
    return new Date(reading.wall / 1000).toISOString().slice(0, 10);
  });
}
