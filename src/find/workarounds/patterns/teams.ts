import { sql } from '../../../stores/index.ts';
import type { PatternSettings, PatternTest } from '../alert.ts';

/**
 * A team that hardly ever does a step, doing it (pattern 13): under a tenth of the times and under a fifth of an even
 * share, where at most ten teams do the step. Of teams, never of people.
 */
export function unusualTeam(settings: PatternSettings): PatternTest {
  const { unusualTeamShare, mostTeams, leastExecutions } = settings;
  return {
    pattern: 'unusual-team',
    purpose: `Steps done by a team that does less than ${100 * unusualTeamShare}% of them and less than a fifth of an even share.`,
    sql: sql`with f as (select peer, step, team, count(*) as n from pattern_steps where peer is not null and team is not null group by peer, step, team),
t as (select peer, step, sum(n) as n, count(*) as teams from f group by peer, step),
rare as (select f.peer as peer, f.step as step, f.team as team from f join t on t.peer = f.peer and t.step = f.step
  where t.n >= ${leastExecutions} and t.teams between 2 and ${mostTeams}
  and f.n * 1.0 / t.n < cast(${unusualTeamShare} as double) and f.n * 1.0 / t.n < 0.2 / t.teams)
select e.case_no, e.step, cast(null as bigint) as other, e.team, cast(null as varchar) as attribute, 'unusual' as direction, false as tied, cast(null as double) as z
from pattern_steps as e join rare as r on r.peer = e.peer and r.step = e.step and r.team = e.team`,
  };
}

/** Unusually many or few people on one case (pattern 14). The case is flagged, never a person. */
export function numberOfWorkers({ deviations }: PatternSettings): PatternTest {
  return {
    pattern: 'number-of-workers',
    purpose: `Cases that more or fewer people worked on than on comparable cases, by over ${deviations} standard deviations.`,
    tested: sql`select count(*) as n from pattern_cases where peer is not null`,
    sql: sql`with f as (select case_no, peer, count(distinct worker) as c from pattern_steps where peer is not null group by case_no, peer having count(worker) > 0),
s as (select peer, avg(c) as m, stddev_samp(c) as sd from f group by peer having count(*) >= 30)
select f.case_no, cast(null as bigint) as step, cast(null as bigint) as other, cast(null as bigint) as team, cast(null as varchar) as attribute,
  case when f.c > s.m then 'more' else 'fewer' end as direction, false as tied, abs(f.c - s.m) / s.sd as z
from f join s on s.peer = f.peer where s.sd > 0 and abs(f.c - s.m) / s.sd > cast(${deviations} as double)`,
  };
}
