import { addDays, type Calendar, isWorkingDay } from '../../core/index.ts';
import type { Zone } from '../../ingest/index.ts';

const second = 1_000_000;
const day = 86_400;

/** Hours of one day of the week; seconds after midnight on the wall. `until` may lie beyond midnight, on the next day. */
export interface WeeklySlot {
  /** 0 is Monday. */
  readonly weekday: number;
  readonly from: number;
  readonly until: number;
}

/** When somebody works: weekly hours, less bank holidays and absences (first and last day, both away). */
export interface WorkHours {
  readonly weekly: readonly WeeklySlot[];
  readonly holidays: Calendar;
  readonly absences: readonly { readonly from: string; readonly to: string }[];
}

/** Stretches off duty, in order, not touching; microseconds since 1970. */
export interface OffDuty {
  readonly from: Float64Array;
  readonly to: Float64Array;
}

function dateOf(micros: number): string {
  return new Date(Math.floor(micros / 1000)).toISOString().slice(0, 10);
}

function weekdayOf(seconds: number): number {
  return (((Math.floor(seconds / day) + 3) % 7) + 7) % 7;
}

/** The hours worked between two moments, as instants in order; hours that touch or overlap are one. */
function onDuty(
  hours: WorkHours,
  zone: Zone,
  first: number,
  last: number,
): readonly (readonly [number, number])[] {
  const stretches: (readonly [number, number])[] = [];
  const lastDay = addDays(dateOf(last), 2);
  // Holidays are the bank holidays alone: whether a weekend is worked, the weekly hours say.
  const isHoliday = (date: string, weekday: number) =>
    hours.holidays !== 'none' && weekday < 5 && !isWorkingDay(date, hours.holidays);
  for (let date = addDays(dateOf(first), -2); date <= lastDay; date = addDays(date, 1)) {
    const midnight = Date.parse(`${date}T00:00:00Z`) / 1000;
    const weekday = weekdayOf(midnight);
    if (isHoliday(date, weekday)) continue;
    if (hours.absences.some(({ from, to }) => from <= date && date <= to)) continue;
    for (const slot of hours.weekly) {
      if (slot.weekday !== weekday) continue;
      const instant = (wall: number) => (wall - zone.read(wall).offset) * second;
      stretches.push([instant(midnight + slot.from), instant(midnight + slot.until)]);
    }
  }
  stretches.sort(([a], [b]) => a - b);
  const joined: (readonly [number, number])[] = [];
  for (const [from, to] of stretches) {
    const before = joined.at(-1);
    if (before && from <= before[1]) joined[joined.length - 1] = [before[0], Math.max(before[1], to)];
    else joined.push([from, to]);
  }
  return joined;
}

/** The time off duty between two moments (microseconds since 1970), read in a zone with its clock changes. */
export function offDuty(hours: WorkHours, zone: Zone, first: number, last: number): OffDuty {
  const from: number[] = [];
  const to: number[] = [];
  let free = Number.NEGATIVE_INFINITY;
  for (const [begin, end] of onDuty(hours, zone, first, last)) {
    if (begin > free) {
      from.push(free);
      to.push(begin);
    }
    free = Math.max(free, end);
  }
  from.push(free);
  to.push(Number.POSITIVE_INFINITY);
  return { from: Float64Array.from(from), to: Float64Array.from(to) };
}

/** The first stretch that ends after a moment. */
function firstEndingAfter({ to }: OffDuty, moment: number): number {
  let low = 0;
  let high = to.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((to[middle] as number) <= moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Passes on the parts of a wait that lie off duty. */
export function offDutyWithin(
  off: OffDuty,
  from: number,
  to: number,
  take: (from: number, to: number) => void,
): void {
  for (let i = firstEndingAfter(off, from); i < off.from.length; i++) {
    if ((off.from[i] as number) >= to) return;
    take(Math.max(from, off.from[i] as number), Math.min(to, off.to[i] as number));
  }
}

/** When the last stretch off duty ended before a moment; -Infinity where none did. */
export function lastReturn(off: OffDuty, moment: number): number {
  const next = firstEndingAfter(off, moment);
  return next === 0 ? Number.NEGATIVE_INFINITY : (off.to[next - 1] as number);
}
