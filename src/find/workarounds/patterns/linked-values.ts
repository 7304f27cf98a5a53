import { type ColumnSpec, identifier, sql, type Warehouse } from '../../../stores/index.ts';
import type { PatternTest } from '../alert.ts';

const leastSupport = 100;
const confidence = 0.95;
/** A value that most rows have anyway follows from nothing. */
const mostShare = 0.8;

/**
 * A value that nearly always goes with another, without it (pattern 12): of at least 100 rows with one value 95% have
 * the same value of a second attribute, which fewer than four in five of all rows have; told are the rows that do not.
 */
function linked(warehouse: Warehouse, first: ColumnSpec, second: ColumnSpec): PatternTest {
  const { dialect } = warehouse;
  const x = dialect.toText(sql`e.${identifier(first.name)}`);
  const y = dialect.toText(sql`e.${identifier(second.name)}`);
  return {
    pattern: 'linked-values',
    purpose: `Rows where "${first.name}" has a value that nearly always goes with one value of "${second.name}", and here does not.`,
    sql: sql`with r as (select c.number as case_no, s.number as step, t.number as team, ${x} as x, ${y} as y
  from pattern_events as e join pattern_cases as c on c.case_id = e.case_id join pattern_step_names as s on s.name = e.step
  left join pattern_team_names as t on t.name = e.team
  where e.kind = 'step' and c.peer is not null and e.${identifier(first.name)} is not null and e.${identifier(second.name)} is not null),
f as (select x, y, count(*) as n from r group by x, y),
a as (select x, sum(n) as k from f group by x having sum(n) >= ${leastSupport}),
b as (select y, sum(n) as k from f group by y),
whole as (select count(*) as k from r),
rule as (select f.x as x, f.y as y from f join a on a.x = f.x join b on b.y = f.y cross join whole
  where f.n >= cast(${confidence} as double) * a.k and f.n < a.k and b.k < cast(${mostShare} as double) * whole.k)
select r.case_no, r.step, cast(null as bigint) as other, r.team, ${first.name} || ': ' || rule.x || ' without ' || ${second.name} || ': ' || rule.y as attribute,
  'unusual' as direction, false as tied, cast(null as double) as z
from r join rule on rule.x = r.x where r.y <> rule.y`,
  };
}

const mostColumns = 6;

/** Every ordered pair of the first six columns of words of the events. */
export function linkedValues(
  warehouse: Warehouse,
  attributes: readonly ColumnSpec[],
): readonly PatternTest[] {
  const words = attributes.filter(({ kind }) => kind === 'text').slice(0, mostColumns);
  return words.flatMap((first) =>
    words.filter((second) => second !== first).map((second) => linked(warehouse, first, second)),
  );
}
