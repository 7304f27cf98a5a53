import { addDays } from './period.ts';

/** Calendars of days off. `none` counts every day but Saturday and Sunday as worked. */
export type Calendar = 'england-and-wales' | 'none';

/** Bank holidays that no rule gives: proclaimed once, or moved (England and Wales, from 1995). */
const proclaimed: Readonly<
  Record<number, { readonly added: readonly string[]; readonly dropped: readonly string[] }>
> = {
  1995: { added: ['1995-05-08'], dropped: ['1995-05-01'] },
  1999: { added: ['1999-12-31'], dropped: [] },
  2002: { added: ['2002-06-03', '2002-06-04'], dropped: ['2002-05-27'] },
  2011: { added: ['2011-04-29'], dropped: [] },
  2012: { added: ['2012-06-04', '2012-06-05'], dropped: ['2012-05-28'] },
  2020: { added: ['2020-05-08'], dropped: ['2020-05-04'] },
  2022: { added: ['2022-06-02', '2022-06-03', '2022-09-19'], dropped: ['2022-05-30'] },
  2023: { added: ['2023-05-08'], dropped: [] },
};

function weekday(isoDate: string): number {
  return new Date(`${isoDate}T00:00:00Z`).getUTCDay();
}

function isoOf(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

/** Easter Sunday by the anonymous Gregorian computus (Meeus, 1991, chapter 8). */
function easterSunday(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const g = Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return isoOf(year, Math.floor(n / 31), (n % 31) + 1);
}

function firstMonday(year: number, month: number): string {
  const first = isoOf(year, month, 1);
  return addDays(first, (8 - weekday(first)) % 7);
}

function lastMonday(year: number, month: number): string {
  const last = addDays(isoOf(year, month + 1, 1), -1);
  return addDays(last, -((weekday(last) + 6) % 7));
}

/** The next day that is not a weekend and not taken: where a holiday on a weekend moves to. */
function substitute(isoDate: string, taken: readonly string[]): string {
  let day = isoDate;
  while (weekday(day) === 0 || weekday(day) === 6 || taken.includes(day)) day = addDays(day, 1);
  return day;
}

const cache = new Map<number, readonly string[]>();

/** Bank holidays of England and Wales in a year from 1995, with substitute days and those proclaimed once, in order. */
export function bankHolidays(year: number): readonly string[] {
  const known = cache.get(year);
  if (known) return known;
  const easter = easterSunday(year);
  const christmas = isoOf(year, 12, 25);
  const boxing = isoOf(year, 12, 26);
  const worked = (day: string) => weekday(day) !== 0 && weekday(day) !== 6;
  const fixed = [christmas, boxing].filter(worked);
  for (const day of [christmas, boxing]) if (!worked(day)) fixed.push(substitute(day, fixed));
  const { added, dropped } = proclaimed[year] ?? { added: [], dropped: [] };
  const days = [
    substitute(isoOf(year, 1, 1), []),
    addDays(easter, -2),
    addDays(easter, 1),
    firstMonday(year, 5),
    lastMonday(year, 5),
    lastMonday(year, 8),
    ...fixed,
  ]
    .filter((day) => !dropped.includes(day))
    .concat(added)
    .sort();
  cache.set(year, days);
  return days;
}

/** True on a day that is neither at a weekend nor a bank holiday of the calendar. */
export function isWorkingDay(isoDate: string, calendar: Calendar = 'england-and-wales'): boolean {
  const day = weekday(isoDate);
  if (day === 0 || day === 6) return false;
  return calendar === 'none' || !bankHolidays(Number(isoDate.slice(0, 4))).includes(isoDate);
}

/** Working days after `from` up to and including `to`; 0 when `to` is not later. */
export function workingDaysBetween(
  from: string,
  to: string,
  calendar: Calendar = 'england-and-wales',
): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1))
    if (isWorkingDay(day, calendar)) count += 1;
  return count;
}

/** The date a number of working days after another; the date itself for 0. */
export function addWorkingDays(from: string, days: number, calendar: Calendar = 'england-and-wales'): string {
  let day = from;
  for (let left = days; left > 0; ) {
    day = addDays(day, 1);
    if (isWorkingDay(day, calendar)) left -= 1;
  }
  return day;
}
