import { sql } from '../../../stores/index.ts';
import type { RowDetector } from '../detector.ts';
import { hit, listOf, secondOfDay } from '../fragments.ts';

const fromSecond = 7 * 3600;
const toSecond = 19 * 3600;
const leastRows = 10;
const timesEvenShare = 20;
const minutesADay = 1440;
/** A step that stands at midnight this often carries dates, however few its rows. */
const datesShare = 0.99;

/** Finishes stamped in bulk by a job that runs at night. */
export const overnightStamps: RowDetector = {
  kind: 'rows',
  id: 'overnight-stamps',
  title: 'Finishes stamped in bulk outside working hours',
  rule: 'One time of day to the second, outside 7am to 7pm, that holds at least 10 finishes of a step and over 20 times its even share a minute. Steps that carry dates only are left out.',
  distorts:
    'The true time within the day is unknown, so waits measured in hours and work by time of day are wrong.',
  remedy: 'Read these times as dates. Ask which job writes them and whether the true time is kept elsewhere.',
  touches: ['waits', 'time-of-day', 'order'],
  level: 'alarm',
  counts: 'rows',
  needs: (shape) => (shape.filled.finished > 0 ? null : 'the finish of steps'),
  hits: ({ warehouse: { dialect } }, shape) => {
    const second = secondOfDay(dialect, sql`finished_wall`);
    const timed = shape.dayPrecision.length > 0 ? sql` and step not in ${listOf(shape.dayPrecision)}` : sql``;
    const stamped = sql`select step, ${second} as second, count(*) as stamped from events
    where finished is not null${timed} group by step, ${second} having count(*) >= ${leastRows}`;
    return sql`select ${hit({ seq: sql`seq`, pattern: sql`'one time at night'`, step: sql`step`, team: sql`team`, extent: sql`second` })}
from (select e.case_id, e.seq, e.step, e.team, s.second
  from (select case_id, seq, step, team, ${second} as second from events where finished is not null) as e
  join (${stamped}) as s on s.step = e.step and s.second = e.second
  join (select step, count(finished) as finishes from events group by step) as n on n.step = e.step
  where (s.second < ${fromSecond} or s.second > ${toSecond}) and s.stamped > ${timesEvenShare} * ${dialect.toDouble(sql`n.finishes`)} / ${minutesADay}
    and not (s.second = 0 and s.stamped >= ${datesShare} * n.finishes)) as stamps`;
  },
};
