import type { Charter } from '../define/index.ts';
import { joinSql, type Sql, sql } from '../stores/index.ts';

/** What the charter lets us say about the cost of work and of waiting. Expressions are over `work_steps`. */
export interface Costs {
  /** Minutes of work on a row: recorded, else the charter's minutes for the step; null where neither says. */
  readonly minutes: Sql;
  /** Pounds of staff time on a row; null where no rate is given. */
  readonly pounds: Sql;
  readonly hasRates: boolean;
  /** Pounds a day of waiting costs the person or the exchequer; null where the charter does not say. */
  readonly delayDay: number | null;
  /** Ids of the assumptions used. */
  readonly assumptions: readonly string[];
}

/** The value of an assumption today: its value, or the last of its dated values. */
export function assumedValue(charter: Charter, id: string): number | null {
  const found = charter.assumptions?.find((assumption) => assumption.id === id);
  if (found?.value !== undefined) return found.value;
  const dated = Object.entries(found?.by_period ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return dated.at(-1)?.[1] ?? null;
}

/** Reads costs from the charter as SQL over the rows of `work_steps`. */
export function costsOf(charter: Charter): Costs {
  const { minute = [], touch_minutes: touch = [], delay_day: delay } = charter.costs ?? {};
  const touchCases = touch.flatMap(({ step, assumption }) => {
    const value = assumedValue(charter, assumption);
    return value === null ? [] : [sql`when step = ${step} then cast(${value} as double)`];
  });
  const minutes =
    touchCases.length > 0
      ? sql`coalesce(minutes, case ${joinSql(touchCases, ' ')} end)`
      : sql`cast(minutes as double)`;
  const rates = minute.flatMap(({ team, assumption }) => {
    const value = assumedValue(charter, assumption);
    return value === null ? [] : [{ team, value }];
  });
  const others = rates.find(({ team }) => team === undefined)?.value ?? null;
  const byTeam = rates.flatMap(({ team, value }) =>
    team === undefined ? [] : [sql`when team = ${team} then cast(${value} as double)`],
  );
  const rate = sql`case ${joinSql([...byTeam, sql`when true then cast(${others} as double)`], ' ')} end`;
  return {
    minutes,
    pounds: rates.length > 0 ? sql`(${minutes}) * (${rate})` : sql`cast(null as double)`,
    hasRates: rates.length > 0,
    delayDay: delay === undefined ? null : assumedValue(charter, delay),
    assumptions: [
      ...minute.map((m) => m.assumption),
      ...touch.map((t) => t.assumption),
      ...(delay ? [delay] : []),
    ],
  };
}
