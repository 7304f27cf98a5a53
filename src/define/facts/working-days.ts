import { addDays, type Calendar, isWorkingDay } from '../../core/index.ts';
import type { ColumnSpec, QueryStep, Warehouse } from '../../stores/index.ts';
import { identifier, sql } from '../../stores/index.ts';
import { workingDayTable } from '../days.ts';

const first = '1995-01-01';
const last = '2099-12-31';
const { name, day, soFar } = workingDayTable;

/**
 * Loads the calendar of working days as a table, a row a day from 1995 to 2099 with the working days up to it.
 * The difference of two rows is the number of working days between them.
 */
export async function loadWorkingDays(warehouse: Warehouse, calendar: Calendar): Promise<QueryStep> {
  const columns: readonly ColumnSpec[] = [
    { name: day, kind: 'date' },
    { name: soFar, kind: 'integer' },
  ];
  const days: string[] = [];
  const counts: number[] = [];
  let count = 0;
  for (let date = first; date <= last; date = addDays(date, 1)) {
    if (isWorkingDay(date, calendar)) count += 1;
    days.push(date);
    counts.push(count);
  }
  await warehouse.createTable(name, columns);
  await warehouse.append(name, columns, [days, counts]);
  const whose =
    calendar === 'none' ? 'Saturdays and Sundays' : 'weekends and bank holidays of England and Wales';
  return {
    name: 'working_days',
    purpose: `Loaded, not queried: every day with the working days up to it, leaving out ${whose}.`,
    sql: sql`select ${identifier(day)}, ${identifier(soFar)} from ${identifier(name)}`,
  };
}
