import { identifier, type Sql, sql } from '../../../stores/index.ts';
import { type CheckedData, hasHappened } from '../checked-data.ts';
import type { DataShape } from '../data-shape.ts';
import { listOf } from '../fragments.ts';

function stopSteps({ charter }: CheckedData): readonly string[] {
  return (charter?.clocks ?? []).flatMap(({ stop }) => ('step' in stop ? stop.step : []));
}

/** What is missing to know when cases end; null when they are known to. */
export function needsCaseTimes(data: CheckedData, shape: DataShape): string | null {
  if (shape.cases === 0) return 'cases';
  if (shape.filledCases.opened === 0 && shape.filled.at === 0) return 'the date each case was opened';
  if (shape.filledCases.closed === 0 && stopSteps(data).length === 0)
    return 'the date each case was closed, or a clock of the charter that stops at a step';
  return null;
}

/**
 * A query of cases with the instant each began and ended: the recorded dates or, where the extract has none at
 * all, the first event and the last event of a step that stops a clock of the charter. What is dated later than the
 * last file was brought in has not happened: such a case has not begun, or is still open.
 */
export function caseTimes(data: CheckedData, shape: DataShape) {
  if (data.caseTimes) return data.caseTimes.from;
  const known = (time: Sql) => sql`case when ${hasHappened(data, time)} then ${time} end`;
  const began = known(shape.filledCases.opened > 0 ? sql`opened` : sql`first_at`);
  if (shape.filledCases.closed > 0)
    return sql`select case_id, ${began} as began, ${known(sql`closed`)} as ended from cases`;
  return sql`select c.case_id, ${began} as began, s.ended from cases as c
left join (select case_id, max(coalesce(finished, started)) as ended from events where step in ${listOf(stopSteps(data))}
    and ${hasHappened(data, sql`coalesce(finished, started)`)} group by case_id) as s on s.case_id = c.case_id`;
}

/** The same data with those instants worked out once, where that takes going through the events: many checks ask for them. */
export async function keepCaseTimes(data: CheckedData, shape: DataShape): Promise<CheckedData> {
  if (needsCaseTimes(data, shape) !== null || shape.filledCases.closed > 0) return data;
  const { warehouse } = data;
  const step = {
    name: 'case_times',
    purpose: 'When each case began, and when it last went through a step that stops a clock.',
    sql: warehouse.dialect.createTemporary('table', identifier('case_times'), caseTimes(data, shape)),
  };
  await warehouse.run(step.sql);
  const from = sql`select case_id, began, ended from case_times`;
  return { ...data, caseTimes: { from, query: warehouse.explain(step) } };
}
