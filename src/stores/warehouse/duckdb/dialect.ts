import type { Dialect, PeriodGrain } from '../dialect.ts';
import { joinSql, keyword, type Sql, sql } from '../sql.ts';

const truncations: Record<Exclude<PeriodGrain, 'financial-year'>, string> = {
  day: 'day',
  week: 'week',
  month: 'month',
  quarter: 'quarter',
  year: 'year',
};

function periodStart(grain: PeriodGrain, at: Sql): Sql {
  if (grain === 'financial-year') {
    return sql`cast(date_trunc('year', ${at} - interval 3 month) + interval 3 month as date)`;
  }
  return sql`cast(date_trunc(${keyword(`'${truncations[grain]}'`)}, ${at}) as date)`;
}

/** DuckDB's words for the dialect primitives. */
export const duckdbDialect: Dialect = {
  name: 'duckdb',
  quote: (name) => `"${name.replaceAll('"', '""')}"`,
  placeholder: (position) => `$${position}`,
  secondsBetween: (a, b) => sql`((epoch_us(${b}) - epoch_us(${a})) / 1000000.0)`,
  daysBetween: (a, b) => sql`(cast(${b} as date) - cast(${a} as date))`,
  periodStart,
  toDate: (at) => sql`cast(${at} as date)`,
  toDouble: (value) => sql`cast(${value} as double)`,
  toText: (value) => sql`cast(${value} as varchar)`,
  tryDouble: (value) => sql`try_cast(${value} as double)`,
  tryTimestamp: (value) => sql`try_cast(${value} as timestamp)`,
  timestampValue: (iso) => sql`cast(${iso.replace('T', ' ').replace('Z', '')} as timestamp)`,
  dateValue: (iso) => sql`cast(${iso} as date)`,
  addSeconds: (at, seconds) =>
    sql`(${at} + to_microseconds(cast(cast(${seconds} as double) * 1000000 as bigint)))`,
  quantile: (value, p) => sql`quantile_cont(cast(${value} as double), ${keyword(String(p))})`,
  quantiles: (value, ps) => sql`quantile_cont(cast(${value} as double), [${keyword(ps.join(', '))}])`,
  element: (list, place) => sql`${list}[${keyword(String(place))}]`,
  valueAtMax: (value, by) => sql`arg_max(${value}, ${by})`,
  valueAtMin: (value, by) => sql`arg_min(${value}, ${by})`,
  // An ordered string_agg takes some kilobytes a group and ten times as long; sorting a list does not.
  orderedJoin: (value, separator, orderBy) =>
    sql`array_to_string(list_transform(list_sort(list({'o': ${orderBy}, 'v': ${value}}) filter (where ${value} is not null)), lambda each: each.v), ${keyword(`'${separator.replaceAll("'", "''")}'`)})`,
  md5: (value) => sql`md5(${value})`,
  bucket: (value, buckets) =>
    sql`(cast(('0x' || substr(md5(${value}), 1, 7)) as bigint) % ${keyword(String(buckets))})`,
  quickHash: (values) => sql`cast(hash(${joinSql(values, ', ')}) >> 32 as uinteger)`,
  ln: (value) => sql`ln(${value})`,
  // Without an order lag and lead run over the rows as they come, which is as they are stored.
  storedOrder: () => sql`()`,
  createTemporary: (kind, name, body) => sql`create or replace temp ${keyword(kind)} ${name} as ${body}`,
};
