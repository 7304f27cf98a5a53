import { newReading, parseTime, type TimeRules, timeFlags } from '../time/parse-time.ts';
import { type Counters, countFlags } from './counters.ts';
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

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthAndYear =
  /^(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)[ -]+(\d{4}|\d{2})$/i;

/** The first day of a year, of a month (2024-04, April 2024) or of one as a spreadsheet shows it (Apr-24); else the text. */
function firstDay(text: string): string {
  if (/^\d{4}$/.test(text)) return `${text}-01-01`;
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return `${text}-01`;
  const [, name = '', year = ''] = monthAndYear.exec(text) ?? [];
  if (name === '') return text;
  const month = String(months.indexOf(name.slice(0, 3).toLowerCase()) + 1).padStart(2, '0');
  return `${year.length === 2 ? '20' : ''}${year}-${month}-01`;
}

/** First days of periods as ISO dates: a date, a month or a year. */
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
    if (!parseTime(firstDay(text), rules, reading) || reading.flags & timeFlags.sentinel) {
      faults.set(i, column, text, 'TIME_UNPARSABLE');
      return null;
    }
    countFlags(counters, reading.flags & ~timeFlags.naive, text);
    return new Date(reading.wall / 1000).toISOString().slice(0, 10);
  });
}
