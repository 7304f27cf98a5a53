import { addDays, isWorkingDay } from '../../src/core/index.ts';

/**
 * Times here are *wall minutes*: minutes since midnight of the first day below on a clock on a wall in
 * London. *Work minutes* count only 08:00 to 18:00 on working days, so that steps fall when offices are open.
 */
const firstDay = '2024-01-01';
const days = 1461;
const opens = 480;
const length = 600;

const dates: readonly string[] = Array.from({ length: days }, (_, i) => addDays(firstDay, i));
const worked: readonly boolean[] = dates.map((date) => isWorkingDay(date));
const workingDays: readonly number[] = worked.flatMap((isWorked, day) => (isWorked ? [day] : []));
const workedBefore: readonly number[] = (() => {
  let count = 0;
  return worked.map((isWorked) => (isWorked ? count++ : count));
})();

function lastSunday(year: number, month: number): string {
  const last = new Date(Date.UTC(year, month, 0));
  return new Date(last.getTime() - last.getUTCDay() * 86_400_000).toISOString().slice(0, 10);
}

/** Minutes by which London is ahead of UTC on each day, from 06:00 (nothing here happens earlier in the day). */
const ahead: readonly number[] = dates.map((date) => {
  const year = Number(date.slice(0, 4));
  return date >= lastSunday(year, 3) && date < lastSunday(year, 10) ? 60 : 0;
});

function at<T>(list: readonly T[], index: number): T {
  const value = list[Math.min(Math.max(index, 0), list.length - 1)];
  if (value === undefined) throw new RangeError(`no entry ${index}`);
  return value;
}

/** Wall minutes of midnight on a date. */
export function wallOfDate(isoDate: string): number {
  return ((Date.parse(`${isoDate}T00:00:00Z`) - Date.parse(`${firstDay}T00:00:00Z`)) / 86_400_000) * 1440;
}

/** Work minutes that had passed at a wall time. */
export function workOf(wall: number): number {
  const day = Math.floor(wall / 1440);
  const inDay = at(worked, day) ? Math.min(Math.max(wall - day * 1440 - opens, 0), length) : 0;
  return at(workedBefore, day) * length + inDay;
}

/** The wall time at which a number of work minutes had passed. */
export function wallOf(work: number): number {
  const k = Math.floor(work / length);
  return at(workingDays, k) * 1440 + opens + (work - k * length);
}

/** The nearest time at which an office is open, so that moving into hours shifts times neither way on average. */
export function nearestOpen(wall: number): number {
  const next = wallOf(workOf(wall));
  if (next <= wall + 1) return wall;
  const previous = wallOf(Math.max(0, workOf(wall) - 1));
  return next - wall <= wall - previous ? next : previous;
}

/** A time between 12:00 and 17:30 on a working day, not later than the given one (or not earlier). */
export function collection(wall: number, side: 'before' | 'after', u: number): number {
  let day = Math.floor(wall / 1440);
  const minute = wall - day * 1440;
  const [from, to] = [720, 1050];
  if (at(worked, day)) {
    if (side === 'before' && minute >= from) return day * 1440 + from + u * (Math.min(minute, to) - from);
    if (side === 'after' && minute <= to) {
      const start = Math.max(minute, from);
      return day * 1440 + start + u * (to - start);
    }
  }
  do day += side === 'before' ? -1 : 1;
  while (!at(worked, day));
  return day * 1440 + from + u * (to - from);
}

/** Elapsed days between two wall times, the change of clocks allowed for. */
export function elapsedDays(from: number, to: number): number {
  const shift = at(ahead, Math.floor(to / 1440)) - at(ahead, Math.floor(from / 1440));
  return (toSecond(to) - toSecond(from) - shift * 60) / 86_400;
}

function toSecond(wall: number): number {
  return Math.round(wall * 60);
}

const two = (n: number) => (n < 10 ? `0${n}` : `${n}`);

/** ISO text with offset, to the second: 2024-07-01T09:30:00+01:00. */
export function isoOf(wall: number): string {
  const seconds = toSecond(wall);
  const day = Math.floor(seconds / 86_400);
  const inDay = seconds - day * 86_400;
  const time = `${two(Math.floor(inDay / 3600))}:${two(Math.floor(inDay / 60) % 60)}:${two(inDay % 60)}`;
  return `${at(dates, day)}T${time}${at(ahead, day) === 60 ? '+01:00' : '+00:00'}`;
}

/** The first day of the month that holds a wall time. */
export function monthOf(wall: number): string {
  return `${at(dates, Math.floor(wall / 1440)).slice(0, 7)}-01`;
}

/** Relative number of applications on a day of the year: a spring and early-summer peak, few at weekends. */
export function dayWeight(day: number, growthAYear: number): number {
  const date = new Date(Date.parse(`${firstDay}T00:00:00Z`) + day * 86_400_000);
  const ofYear = (date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000 / 365.25;
  const season = 1 + 0.25 * Math.cos(2 * Math.PI * (ofYear - 0.3));
  const weekend = date.getUTCDay() % 6 === 0 ? 0.55 : 1;
  return season * weekend * Math.exp((growthAYear * day) / 365.25);
}
