import { type Dialect, joinSql, keyword, type Sql, sql } from '../../stores/index.ts';

/** A list of bound values for `in`; one that nothing is in when there are none. */
export function listOf(values: readonly (string | number)[]): Sql {
  if (values.length === 0) return sql`(null)`;
  return sql`(${joinSql(
    values.map((value) => sql`${value}`),
    ', ',
  )})`;
}

/** Seconds since midnight of a clock on the wall. */
export function secondOfDay(dialect: Dialect, wall: Sql): Sql {
  return dialect.secondsBetween(sql`cast(${dialect.periodStart('day', wall)} as timestamp)`, wall);
}

/** True when the lower-case text holds any of the words. The words are our own, never data. */
export function holdsAnyWord(text: Sql, words: readonly string[]): Sql {
  const tests = words.map((word) => sql`lower(${text}) like ${keyword(`'%${word.replaceAll("'", "''")}%'`)}`);
  return sql`(${joinSql(tests, ' or ')})`;
}

/** The columns of a hit; what is left out is null. */
export function hit(parts: {
  readonly seq?: Sql;
  readonly pattern: Sql;
  readonly step?: Sql;
  readonly team?: Sql;
  readonly extent?: Sql;
  readonly subject?: Sql;
  readonly case?: Sql;
}): Sql {
  const text = sql`cast(null as varchar)`;
  return sql`${parts.case ?? sql`case_id`} as case_id, ${parts.seq ?? sql`cast(null as bigint)`} as seq, ${parts.pattern} as pattern,
  ${parts.step ?? text} as step, ${parts.team ?? text} as team, ${parts.extent ?? sql`cast(null as double)`} as extent, ${parts.subject ?? text} as subject`;
}
