import { type ColumnSpec, identifier, type Sql, sql, type Warehouse } from '../../../stores/index.ts';
import type { PatternTest } from '../alert.ts';

const own = (column: ColumnSpec): Sql => sql`${identifier(column.name)}`;

function rowsOf(column: ColumnSpec, value: Sql): Sql {
  return sql`select c.number as case_no, c.peer as peer, s.number as step, t.number as team, ${value} as v
from pattern_events as e join pattern_cases as c on c.case_id = e.case_id join pattern_step_names as s on s.name = e.step
left join pattern_team_names as t on t.name = e.team
where e.kind = 'step' and c.peer is not null and ${own(column)} is not null`;
}

/** An attribute that stays the same in at least nine of ten cases, changing within a case (pattern 10): the rows that differ from most of their case. */
function valueChanged(warehouse: Warehouse, column: ColumnSpec): PatternTest {
  return {
    pattern: 'value-changed',
    purpose: `Cases in which "${column.name}" changes, where it stays the same in nine of ten cases.`,
    sql: sql`with r as (${rowsOf(column, warehouse.dialect.toText(own(column)))}),
f as (select case_no, v, count(*) as n from r group by case_no, v),
k as (select case_no, count(*) as vs, sum(n) as n from f group by case_no having sum(n) > 1),
whole as (select count(*) as k, sum(case when vs > 1 then 1 else 0 end) as changed from k),
ranked as (select f.case_no as case_no, f.v as v, row_number() over (partition by f.case_no order by f.n desc, f.v) as place from f join k on k.case_no = f.case_no where k.vs > 1)
select r.case_no, r.step, cast(null as bigint) as other, r.team, ${column.name} as attribute, 'changed' as direction, false as tied, cast(null as double) as z
from r join ranked on ranked.case_no = r.case_no and ranked.place = 1 cross join whole
where r.v <> ranked.v and whole.k >= 30 and whole.changed * 10 <= whole.k`,
  };
}

/** A number far from those of its step (pattern 9): over three interquartile ranges outside the quartiles, on the scale of ln(1 + value). */
function outOfBounds(warehouse: Warehouse, column: ColumnSpec): PatternTest {
  const { dialect } = warehouse;
  const value = dialect.ln(sql`1 + cast(${own(column)} as double)`);
  return {
    pattern: 'value-out-of-bounds',
    purpose: `Values of "${column.name}" over three interquartile ranges outside the quartiles of their step, on a logarithmic scale.`,
    sql: sql`with r as (${rowsOf(column, value)} and ${own(column)} >= 0),
q as (select step, ${dialect.quantile(sql`v`, 0.25)} as low, ${dialect.quantile(sql`v`, 0.75)} as high from r group by step having count(*) >= 100)
select r.case_no, r.step, cast(null as bigint) as other, r.team, ${column.name} as attribute, case when v > high then 'more' else 'fewer' end as direction, false as tied, cast(null as double) as z
from r join q on q.step = r.step where high > low and (v > high + 3 * (high - low) or v < low - 3 * (high - low))`,
  };
}

/** Columns of events that patterns look into: what the extract carries beside the fields of every log, but no numbers of persons. */
export function attributeTests(
  warehouse: Warehouse,
  attributes: readonly ColumnSpec[],
): readonly PatternTest[] {
  return [
    ...attributes.map((column) => valueChanged(warehouse, column)),
    ...attributes.filter(({ kind }) => kind === 'number').map((column) => outOfBounds(warehouse, column)),
  ];
}
