import { type Sql, sql } from '../../../stores/index.ts';
import type { PatternSettings, PatternTest } from '../alert.ts';

const nothing = sql`cast(null as bigint) as other, cast(null as bigint) as team, cast(null as varchar) as attribute`;

/** How often each step occurs in each case; mean and sample deviation over all comparable cases, zeros included. */
const counted: Sql = sql`n as (select peer, count(*) as k from pattern_cases where peer is not null group by peer),
f as (select case_no, peer, step, count(*) as c from pattern_steps where peer is not null group by case_no, peer, step),
s as (select f.peer as peer, step, k, sum(c) * 1.0 / k as m,
  sqrt((sum(c * c) - k * power(sum(c) * 1.0 / k, 2)) / (k - 1)) as sd
  from f join n on n.peer = f.peer group by f.peer, step, k)`;

/** A step more often, or less often, than in comparable cases (pattern 3). Absences count too. */
export function frequentOccurrence({ deviations }: PatternSettings): PatternTest {
  const limit = sql`cast(${deviations} as double)`;
  return {
    pattern: 'frequent-occurrence',
    purpose: `Steps that a case has more or less often than comparable cases, by over ${deviations} standard deviations.`,
    sql: sql`with ${counted}
select f.case_no, f.step, ${nothing}, case when f.c > s.m then 'more' else 'fewer' end as direction, false as tied,
  abs(f.c - s.m) / s.sd as z
from f join s on s.step = f.step and s.peer = f.peer
where s.sd > 0 and abs(f.c - s.m) / s.sd > ${limit} and not (f.c = 1 and s.m < 1)
union all
select x.number as case_no, s.step, ${nothing}, 'fewer' as direction, false as tied, s.m / s.sd as z
from s join pattern_cases as x on x.peer = s.peer left join f on f.case_no = x.number and f.step = s.step
where s.sd > 0 and s.m / s.sd > ${limit} and f.case_no is null`,
  };
}

const inCases: Sql = sql`n as (select peer, count(*) as k from pattern_cases where peer is not null group by peer),
f as (select distinct case_no, peer, step from pattern_steps where peer is not null),
s as (select f.peer as peer, step, k, count(*) * 1.0 / k as share from f join n on n.peer = f.peer group by f.peer, step, k)`;

/** A step that nearly all comparable closed cases have, left out (pattern 5). */
export function missingStep({ expectedShare }: PatternSettings): PatternTest {
  return {
    pattern: 'missing-step',
    purpose: `Closed cases without a step that at least ${100 * expectedShare}% of comparable closed cases have.`,
    sql: sql`with n as (select peer, count(*) as k from pattern_cases where peer is not null and closed group by peer),
f as (select distinct case_no, peer, step from pattern_steps where peer is not null and closed),
s as (select f.peer as peer, step, k, count(*) * 1.0 / k as share from f join n on n.peer = f.peer group by f.peer, step, k)
select x.number as case_no, s.step, ${nothing}, 'fewer' as direction, false as tied, cast(null as double) as z
from s join pattern_cases as x on x.peer = s.peer and x.closed left join f on f.case_no = x.number and f.step = s.step
where s.share >= cast(${expectedShare} as double) and s.share < 1 and f.case_no is null`,
  };
}

/** A step that hardly any comparable case has (pattern 1, without a list of forbidden steps). */
export function rareStep({ rareShare }: PatternSettings): PatternTest {
  return {
    pattern: 'rare-step',
    purpose: `Steps that fewer than ${100 * rareShare}% of comparable cases have.`,
    sql: sql`with ${inCases}
select f.case_no, f.step, ${nothing}, 'more' as direction, false as tied, cast(null as double) as z
from f join s on s.step = f.step and s.peer = f.peer where s.share < cast(${rareShare} as double)`,
  };
}

/** Two common steps that hardly ever occur in one case, both there (pattern 7): lift below 0.05, each in 5% of cases. */
export function exclusiveSteps(): PatternTest {
  return {
    pattern: 'exclusive-steps',
    purpose:
      'Cases with two steps that go together less than a twentieth as often as chance would have it, each in 5% of cases.',
    sql: sql`with ${inCases},
common as (select f.case_no, f.peer, f.step, s.share, s.k from f join s on s.step = f.step and s.peer = f.peer where s.share >= 0.05 and s.share < 0.95),
together as (select a.peer as peer, a.step as step, b.step as other, count(*) as c from common as a join common as b on b.case_no = a.case_no and b.step > a.step group by a.peer, a.step, b.step),
pair as (select together.peer as peer, together.step as step, together.other as other from together
  join s as x on x.peer = together.peer and x.step = together.step join s as y on y.peer = together.peer and y.step = together.other
  where together.c * 1.0 / x.k < 0.05 * x.share * y.share)
select a.case_no, a.step, b.step as other, cast(null as bigint) as team, cast(null as varchar) as attribute, 'unusual' as direction, false as tied, cast(null as double) as z
from pair join common as a on a.peer = pair.peer and a.step = pair.step join common as b on b.case_no = a.case_no and b.step = pair.other`,
  };
}
