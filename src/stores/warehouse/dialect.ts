import type { Identifier, Sql } from './sql.ts';

/** The length of a period; a financial year starts on 1 April. */
export type PeriodGrain = 'day' | 'week' | 'month' | 'quarter' | 'financial-year' | 'year';

/** What differs between engines. Analytics are written once over these and plain SQL. */
export interface Dialect {
  readonly name: string;
  quote(name: string): string;
  placeholder(position: number): string;
  /** Seconds from a to b as a double, microseconds kept. */
  secondsBetween(a: Sql, b: Sql): Sql;
  /** Whole calendar days from date a to date b. */
  daysBetween(a: Sql, b: Sql): Sql;
  /** The first day of the period that holds a timestamp, as a date. A financial year starts on 1 April, a week on Monday. */
  periodStart(grain: PeriodGrain, at: Sql): Sql;
  toDate(at: Sql): Sql;
  toDouble(value: Sql): Sql;
  toText(value: Sql): Sql;
  /** A cast that gives null where the text is no number. */
  tryDouble(value: Sql): Sql;
  tryTimestamp(value: Sql): Sql;
  /** A timestamp from ISO text bound as a value. */
  timestampValue(iso: string): Sql;
  dateValue(iso: string): Sql;
  /** a shifted by a number of seconds. */
  addSeconds(at: Sql, seconds: Sql): Sql;
  /** Exact quantile by linear interpolation between order statistics (type 7), ignoring nulls. */
  quantile(value: Sql, p: number): Sql;
  /** Several such quantiles as a list, for which an engine holds the values once; and the element of a list, from 1. */
  quantiles(value: Sql, ps: readonly number[]): Sql;
  element(list: Sql, place: number): Sql;
  /** The value of one column in the row where another is largest, or smallest. */
  valueAtMax(value: Sql, by: Sql): Sql;
  valueAtMin(value: Sql, by: Sql): Sql;
  /** Joins texts of a group in an order. Only inside one case or one period, never over all cases. */
  orderedJoin(value: Sql, separator: string, orderBy: Sql): Sql;
  md5(value: Sql): Sql;
  /** A hash of text as an integer from 0 to buckets - 1, the same on every engine (from md5). */
  bucket(value: Sql, buckets: number): Sql;
  /**
   * A short hash of several values as an integer, the engine's own and quick. Rows that are alike have the same one, and a
   * few that are not: it narrows what an exact test then looks at, and nothing may rest on it alone.
   */
  quickHash(values: readonly Sql[]): Sql;
  ln(value: Sql): Sql;
  /**
   * The window of `lag` and `lead` over rows that come from a table stored by group and, within it, by an order.
   * An engine that reads such a table as it is stored need not sort again, and then neighbours may be of another group:
   * compare the group of both.
   */
  storedOrder(group: Sql, order: Sql): Sql;
  /** `create or replace` of a temporary table or view of that kind; a view's body may hold no bound values. */
  createTemporary(kind: 'table' | 'view', name: Identifier, body: Sql): Sql;
}
