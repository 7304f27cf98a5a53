import { type Dialect, identifier, type Sql, sql } from '../stores/index.ts';

/** A moment as SQL: the instant in UTC, and the clock on the wall for calendar dates. */
export interface Moment {
  readonly at: Sql;
  readonly wall: Sql;
}

function isMidnight(dialect: Dialect, wall: Sql): Sql {
  return sql`${wall} = cast(${dialect.toDate(wall)} as timestamp)`;
}

/** Whole calendar days from one moment's date on the wall to another's, as a double. */
export function calendarDays(dialect: Dialect, from: Moment, to: Moment): Sql {
  return dialect.toDouble(dialect.daysBetween(dialect.toDate(from.wall), dialect.toDate(to.wall)));
}

/**
 * Elapsed days, as a double. Where both moments stand at midnight on the wall the data hold dates, not times:
 * the days are then whole, and a change to summer time does not take an hour off.
 */
export function elapsedDays(dialect: Dialect, from: Moment, to: Moment): Sql {
  const bothDates = sql`${isMidnight(dialect, from.wall)} and ${isMidnight(dialect, to.wall)}`;
  const elapsed = sql`${dialect.secondsBetween(from.at, to.at)} / 86400.0`;
  return sql`(case when ${bothDates} then ${calendarDays(dialect, from, to)} else ${elapsed} end)`;
}

/** The table of working days; its columns begin with a mark that no attribute's name can begin with. */
export const workingDayTable = { name: '_working_days', day: '_day', soFar: '_working_days_so_far' } as const;

/** Working days after one moment's date on the wall up to and including another's; null outside the table. */
export function workingDays(dialect: Dialect, from: Moment, to: Moment): Sql {
  const { name, day, soFar } = workingDayTable;
  const upTo = (wall: Sql) =>
    sql`(select ${identifier(soFar)} from ${identifier(name)} where ${identifier(day)} = ${dialect.toDate(wall)})`;
  return dialect.toDouble(sql`(${upTo(to.wall)} - ${upTo(from.wall)})`);
}
