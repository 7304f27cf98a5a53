import { identifier, joinSql, type Sql, sql } from '../../../stores/index.ts';
import type { PatternSettings, PatternTest } from '../alert.ts';

/** A next step that hardly ever follows (pattern 6): under 1% of what follows a step that occurs 100 times or more. */
export function unusualNeighbour({ rareShare, leastBefore }: PatternSettings): PatternTest {
  return {
    pattern: 'unusual-neighbour',
    purpose: `Pairs in which the second step follows the first less than ${100 * rareShare}% of the time.`,
    sql: sql`with p as (select peer, step, next_step, count(*) as n from pattern_steps where peer is not null and next_step is not null group by peer, step, next_step),
a as (select peer, step, sum(n) as n from p group by peer, step),
rare as (select p.peer as peer, p.step as step, p.next_step as next_step from p join a on a.peer = p.peer and a.step = p.step
  where a.n >= ${leastBefore} and p.n * 1.0 / a.n < cast(${rareShare} as double))
select t.case_no, t.step, t.next_step as other, t.team, cast(null as varchar) as attribute, 'unusual' as direction, t.next_wait = 0 as tied, cast(null as double) as z
from pattern_steps as t join rare as r on r.peer = t.peer and r.step = t.step and r.next_step = t.next_step`,
  };
}

/**
 * A next step out of its place (pattern 6, product rule): a pair that follows its first step and precedes its second
 * hardly ever, each step common. A step that is done in few cases and has a place of its own is no such pair: nearly
 * all of its times come after the same steps.
 */
export function outOfPlace({ rareShare, outOfPlaceShare, leastBefore }: PatternSettings): PatternTest {
  const most = sql`cast(${outOfPlaceShare} as double)`;
  return {
    pattern: 'unusual-neighbour',
    purpose: `Pairs that are less than ${100 * outOfPlaceShare}% of what follows the first step, and of what precedes the second.`,
    sql: sql`with p as (select peer, step, next_step, count(*) as n from pattern_steps where peer is not null and next_step is not null group by peer, step, next_step),
a as (select peer, step, sum(n) as n from p group by peer, step),
b as (select peer, next_step as step, sum(n) as n from p group by peer, next_step),
astray as (select p.peer as peer, p.step as step, p.next_step as next_step from p join a on a.peer = p.peer and a.step = p.step
  join b on b.peer = p.peer and b.step = p.next_step
  where a.n >= ${leastBefore} and b.n >= ${leastBefore} and p.n * 1.0 / a.n >= cast(${rareShare} as double) and p.n * 1.0 / a.n < ${most} and p.n * 1.0 / b.n < ${most} and p.step <> p.next_step)
select t.case_no, t.step, t.next_step as other, t.team, cast(null as varchar) as attribute, 'unusual' as direction, t.next_wait = 0 as tied, cast(null as double) as z
from pattern_steps as t join astray as r on r.peer = t.peer and r.step = t.step and r.next_step = t.next_step`,
  };
}

/** The same step again at once (pattern 8). A step that over half of all cases repeat so is a status, and is left out. */
export function directRepetition(): PatternTest {
  return {
    pattern: 'direct-repetition',
    purpose: 'Steps done again directly after themselves, where fewer than half of the cases do so.',
    sql: sql`with again as (select peer, case_no, step, next_wait, team from pattern_steps where peer is not null and next_step = step),
n as (select peer, count(*) as k from pattern_cases where peer is not null group by peer),
usual as (select again.peer as peer, step from again join n on n.peer = again.peer group by again.peer, step, k having count(distinct case_no) * 2 > k)
select case_no, again.step, again.step as other, again.team, cast(null as varchar) as attribute, 'more' as direction, next_wait = 0 as tied, cast(null as double) as z
from again left join usual as u on u.peer = again.peer and u.step = again.step where u.step is null`,
  };
}

/** The run of `size` steps that ends at a row, as numbers joined by commas; `back1` to `back3` are the steps before it. */
function run(size: number): Sql {
  const own = ['back3', 'back2', 'back1', 'step'].slice(4 - size);
  return joinSql(
    own.map((name) => sql`cast(${identifier(name)} as varchar)`),
    ` || ',' || `,
  );
}

/**
 * The same run of two to four steps, not all equal, twice or more in a case (pattern 2). The run is told as numbers of steps.
 * Only cases with a pair of steps that comes twice can hold one, and they alone are gone through.
 */
export function recurrentSequence(): PatternTest {
  const each = [2, 3, 4].map((size) => {
    const first = identifier(`back${size - 1}`);
    return sql`select case_no, ${first} as first_step, ${run(size)} as run from b where ${first} is not null`;
  });
  return {
    pattern: 'recurrent-sequence',
    purpose: 'Runs of two to four steps, not all equal, that a case goes through twice or more.',
    sql: sql`with again as (select distinct case_no from (select case_no from pattern_steps where peer is not null and next_step is not null
  group by case_no, step, next_step having count(*) > 1) as twice),
b as (select case_no, step, lag(step) over in_order as back1, lag(step, 2) over in_order as back2, lag(step, 3) over in_order as back3
  from pattern_steps where peer is not null and case_no in (select case_no from again) window in_order as (partition by case_no order by position)),
r as (${joinSql(each, ' union all ')})
select case_no, min(first_step) as step, cast(null as bigint) as other, cast(null as bigint) as team, run as attribute, 'more' as direction, false as tied, cast(null as double) as z
from r where replace(run || ',', cast(first_step as varchar) || ',', '') <> '' group by case_no, run having count(*) > 1`,
  };
}
