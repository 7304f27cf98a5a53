import {
  addDays,
  type Calendar,
  isWorkingDay,
  nextPeriod,
  periodsBetween,
  workingDaysBetween,
} from '../../../core/index.ts';
import { type Sql, sql } from '../../../stores/index.ts';
import type { CheckedData } from '../checked-data.ts';
import type { DataShape } from '../data-shape.ts';
import type { RowDetector } from '../detector.ts';
import { hit, listOf } from '../fragments.ts';

const leastFinishes = 5;
const withinSeconds = 600;
/** A burst holds this many times the finishes that ten minutes of a working day hold on average. */
const timesUsual = 5;
const slotsADay = 48;
/** Share of a step's finishes on last working days over an even share: with bursts, and without. */
const dayExcessWithBurst = 1.5;
const dayExcess = 3;
const workingDaysAMonth = 21;

function calendarOf({ charter }: CheckedData): Calendar {
  return charter?.calendar ?? 'england-and-wales';
}

/** The last working day of each month of the extract. */
function lastWorkingDays(data: CheckedData, { first, last }: DataShape): readonly string[] {
  if (first === null || last === null) return [];
  const calendar = calendarOf(data);
  return periodsBetween('month', first, last).map((month) => {
    let day = addDays(nextPeriod('month', month), -1);
    while (!isWorkingDay(day, calendar)) day = addDays(day, -1);
    return day;
  });
}

/** Cases closed together on the last working day of a month. */
export const monthEndBatches: RowDetector = {
  kind: 'rows',
  id: 'month-end-batches',
  title: 'Steps finished in batches at the end of the month',
  rule: 'On the last working day of a month: at least 5 finishes of a step within 10 minutes, 5 times what ten minutes usually hold, of a step with over 1.5 times its even share on such days. Or a step with over 3 times its even share on them.',
  distorts:
    'Daily and monthly counts follow the habit, not the work; the true finish is up to a month earlier.',
  remedy: 'Do not read day-by-day changes of these steps. Ask when the work was really done.',
  touches: ['trend', 'waits'],
  level: 'alarm',
  counts: 'rows',
  needs: (shape) =>
    shape.filled.finished === 0
      ? 'the finish of steps'
      : (shape.first ?? '').slice(0, 7) >= (shape.last ?? '').slice(0, 7)
        ? 'more than one month'
        : null,
  hits: (data, shape) => {
    const { dialect } = data.warehouse;
    const days = lastWorkingDays(data, shape).map((day) => dialect.dateValue(day));
    const workingDays = Math.max(
      1,
      workingDaysBetween(shape.first ?? '', shape.last ?? '', calendarOf(data)),
    );
    const onLastDay: Sql = sql`${dialect.toDate(sql`finished_wall`)} in (${days.reduce((all, day) => sql`${all}, ${day}`)})`;
    const second = dialect.secondsBetween(dialect.timestampValue('1970-01-01T00:00:00Z'), sql`finished_wall`);
    const timed = shape.dayPrecision.length > 0 ? sql` and step not in ${listOf(shape.dayPrecision)}` : sql``;
    return sql`select ${hit({
      seq: sql`seq`,
      pattern: sql`case when excess > ${dayExcess} and not coalesce(burst >= least, false) then 'piles up on the day' else 'within ten minutes' end`,
      step: sql`step`,
      team: sql`team`,
      extent: sql`excess`,
    })}
from (select d.*, t.excess, greatest(${leastFinishes}, ${timesUsual} * ${dialect.toDouble(sql`t.finishes`)} / ${workingDays * slotsADay}) as least,
    max(back) over (partition by d.step order by second range between current row and ${withinSeconds} following) as burst
  from (select case_id, seq, step, team, second, count(*) over (partition by step order by second range between ${withinSeconds} preceding and current row) as back
    from (select case_id, seq, step, team, ${second} as second from events where finished is not null and kind = 'step' and ${onLastDay}${timed}) as on_day) as d
  join (select step, count(*) as finishes,
      sum(case when ${onLastDay} then 1.0 else 0.0 end) / count(*) * ${workingDaysAMonth} as excess
    from events where finished is not null and kind = 'step' group by step having count(*) >= ${leastFinishes * workingDaysAMonth}) as t on t.step = d.step) as rated
where (burst >= least and excess > ${dayExcessWithBurst}) or excess > ${dayExcess}`;
  },
};
