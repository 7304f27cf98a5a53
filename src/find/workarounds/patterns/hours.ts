import { sql, type Warehouse } from '../../../stores/index.ts';
import type { PatternTest } from '../alert.ts';

/**
 * Work at hours at which the step is hardly ever done (pattern 17): hours of weekdays or of weekends that hold under a
 * hundredth of what the busiest hour holds, one event in twenty at most all together. Steps dated to the day are left out.
 */
export function outsideHours(warehouse: Warehouse): PatternTest {
  const { dialect } = warehouse;
  const day = dialect.toDate(sql`wall`);
  const seconds = dialect.secondsBetween(sql`cast(${day} as timestamp)`, sql`wall`);
  const weekday = sql`mod(mod(${dialect.daysBetween(sql`cast('1970-01-05' as date)`, sql`wall`)}, 7) + 7, 7)`;
  return {
    pattern: 'outside-hours',
    purpose:
      'Steps done at hours, of weekdays or weekends, that hold under a hundredth of the busiest hour of that step.',
    sql: sql`with e as (select case_no, step, team, floor(${seconds} / 3600) as hour, case when ${weekday} >= 5 then 1 else 0 end as weekend,
  case when ${seconds} = 0 then 1 else 0 end as midnight from pattern_steps where peer is not null),
dated as (select step from e group by step having avg(midnight) > 0.5),
h as (select step, hour, weekend, count(*) as n from e where step not in (select step from dated) group by step, hour, weekend),
s as (select step, sum(n) as n, max(n) as busiest from h group by step having sum(n) >= 100),
o as (select h.step as step, h.hour as hour, h.weekend as weekend, h.n as n from h join s on s.step = h.step where h.n * 100.0 < s.busiest),
few as (select o.step as step from o join s on s.step = o.step group by o.step, s.n having sum(o.n) * 20 <= s.n)
select e.case_no, e.step, cast(null as bigint) as other, e.team, cast(null as varchar) as attribute, 'unusual' as direction, false as tied, cast(null as double) as z
from e join o on o.step = e.step and o.hour = e.hour and o.weekend = e.weekend join few on few.step = e.step`,
  };
}
