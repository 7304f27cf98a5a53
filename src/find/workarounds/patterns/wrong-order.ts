import { identifier, sql } from '../../../stores/index.ts';
import type { PatternSettings, PatternTest } from '../alert.ts';

const at = identifier('at');

/**
 * Two steps in the order that hardly any comparable case has them in, by their first times (pattern 4, without a model
 * of how it should be): fewer than 1% of at least 100 cases with both. `step` comes first where it hardly ever does.
 */
export function wrongOrder({ rareShare, leastBefore }: PatternSettings): PatternTest {
  const rare = sql`cast(${rareShare} as double)`;
  return {
    pattern: 'wrong-order',
    purpose: `Cases in which a step comes before another that it precedes in fewer than ${100 * rareShare}% of at least ${leastBefore} comparable cases with both.`,
    sql: sql`with f as (select case_no, peer, step, min(position) as first_place, min(${at}) as first_at from pattern_steps where peer is not null group by case_no, peer, step),
p as (select a.case_no as case_no, a.peer as peer, a.step as step, b.step as other, case when a.first_place < b.first_place then 1 else 0 end as ahead, a.first_at = b.first_at as tied
  from f as a join f as b on b.case_no = a.case_no and b.step > a.step),
n as (select peer, step, other, count(*) as k, sum(ahead) as ahead from p group by peer, step, other having count(*) >= ${leastBefore}),
rare as (select peer, step, other, case when ahead < ${rare} * k then 1 else 0 end as ahead from n where ahead < ${rare} * k or k - ahead < ${rare} * k)
select p.case_no, case when p.ahead = 1 then p.step else p.other end as step, case when p.ahead = 1 then p.other else p.step end as other,
  cast(null as bigint) as team, cast(null as varchar) as attribute, 'unusual' as direction, p.tied, cast(null as double) as z
from p join rare as r on r.peer = p.peer and r.step = p.step and r.other = p.other and r.ahead = p.ahead`,
  };
}
