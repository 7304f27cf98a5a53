import { type ColumnSpec, identifier, sql, type Warehouse } from '../../../stores/index.ts';
import type { PatternSettings, PatternTest } from '../alert.ts';
import { besides } from '../contrast.ts';

const points = 0.1;

/**
 * A step that takes up far more of one team's work than of others' that do the same work (pattern 15): over three
 * standard deviations from the mean of those teams, and ten points over what all of them together spend on it.
 * Three deviations need eleven teams or more; with fewer, `contrast` compares cases instead.
 */
export function teamDoesOften({ deviations, leastExecutions }: PatternSettings): PatternTest {
  return {
    pattern: 'team-does-often',
    purpose: 'Steps that take up far more of the work of one team than of the teams that do the same work.',
    sql: sql`with own as (select peer, team, step, count(*) as n from pattern_steps where peer is not null and team in (${besides}) group by peer, team, step),
k as (select peer, team, sum(n) as k from own group by peer, team having sum(n) >= ${leastExecutions}),
steps as (select peer, step, sum(n) as n from own group by peer, step),
whole as (select peer, sum(k) as k from k group by peer),
grid as (select k.peer as peer, k.team as team, steps.step as step, coalesce(own.n, 0) * 1.0 / k.k as share, steps.n * 1.0 / whole.k as usual
  from k join steps on steps.peer = k.peer join whole on whole.peer = k.peer
  left join own on own.peer = k.peer and own.team = k.team and own.step = steps.step),
s as (select peer, step, avg(share) as m, stddev_samp(share) as sd from grid group by peer, step),
hit as (select g.peer as peer, g.team as team, g.step as step, (g.share - s.m) / s.sd as z from grid as g join s on s.peer = g.peer and s.step = g.step
  where s.sd > 0 and g.share - g.usual >= cast(${points} as double) and (g.share - s.m) / s.sd > cast(${deviations} as double))
select e.case_no, e.step, cast(null as bigint) as other, e.team, names.name as attribute, 'more' as direction, false as tied, cast(null as double) as z
from pattern_steps as e join hit on hit.peer = e.peer and hit.team = e.team and hit.step = e.step join pattern_team_names as names on names.number = e.team`,
  };
}

const lift = 3;
const leastRows = 30;
const leastUses = 5;

/**
 * A value that one team gives three times as often as the others at the same step (pattern 16), where at least two
 * others use it too, so that it is no mark of the team itself. The score is that of two proportions, pooled; chance
 * findings are taken out over all teams, values and steps.
 */
function teamUsesValue(warehouse: Warehouse, column: ColumnSpec): PatternTest {
  const value = warehouse.dialect.toText(sql`e.${identifier(column.name)}`);
  const counted = sql`with r as (select c.number as case_no, s.number as step, t.number as team, t.name as name, ${value} as v
  from pattern_events as e join pattern_cases as c on c.case_id = e.case_id join pattern_step_names as s on s.name = e.step
  join pattern_team_names as t on t.name = e.team where e.kind = 'step' and c.peer is not null and e.${identifier(column.name)} is not null),
f as (select step, team, v, count(*) as x from r group by step, team, v),
n as (select step, team, sum(x) as n from f group by step, team),
a as (select step, v, sum(x) as x, count(*) as teams from f group by step, v),
whole as (select step, sum(n) as n from n group by step),
c as (select f.step as step, f.team as team, f.v as v, f.x as x1, n.n as n1, a.x - f.x as x0, whole.n - n.n as n0
  from f join n on n.step = f.step and n.team = f.team join a on a.step = f.step and a.v = f.v join whole on whole.step = f.step
  where n.n >= ${leastRows} and whole.n - n.n >= ${leastRows} and a.teams >= 3)`;
  const pooled = sql`((x1 + x0) * 1.0 / (n1 + n0))`;
  return {
    pattern: 'team-uses-value',
    purpose: `Values of "${column.name}" that one team gives ${lift} times as often as other teams at the same step.`,
    tested: sql`${counted} select coalesce(sum(x1), 0) as n from c`,
    sql: sql`${counted}, hit as (select step, team, v, (x1 * 1.0 / n1 - x0 * 1.0 / n0) / sqrt(${pooled} * (1 - ${pooled}) * (1.0 / n1 + 1.0 / n0)) as z from c
  where x1 >= ${leastUses} and x0 >= ${leastUses} and x1 * 1.0 / n1 >= ${lift} * x0 / n0)
select r.case_no, r.step, cast(null as bigint) as other, r.team, ${column.name} || ': ' || r.v || ' in ' || r.name as attribute, 'more' as direction, false as tied, hit.z
from r join hit on hit.step = r.step and hit.team = r.team and hit.v = r.v`,
  };
}

/** One test a column of words. */
export function teamValues(warehouse: Warehouse, attributes: readonly ColumnSpec[]): readonly PatternTest[] {
  return attributes.filter(({ kind }) => kind === 'text').map((column) => teamUsesValue(warehouse, column));
}
