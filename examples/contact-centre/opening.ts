import { addDays, isWorkingDay } from '../../src/core/index.ts';

/** Day 0 of wall minutes, as in the times of letters. */
const firstDay = '2024-01-01';
const open: readonly boolean[] = Array.from({ length: 1200 }, (_, i) => isWorkingDay(addDays(firstDay, i)));

/** The first day on which post comes and lines are open, from a day on, counted from the first day of wall minutes. */
export function nextOpenDay(from: number): number {
  let day = from;
  while (!(open[day] ?? true)) day += 1;
  return day;
}
