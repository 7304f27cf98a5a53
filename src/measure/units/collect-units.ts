import { nextPeriod, type QueryRecord } from '../../core/index.ts';
import type { Facts } from '../../define/index.ts';
import { identifier, joinSql, keyword, type Row, runStep, type Sql, sql } from '../../stores/index.ts';
import type { Study } from '../study.ts';
import type { UnitPlan } from './unit-plan.ts';

/** Sums of a value over cases. */
export interface ValueSums {
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
}

/** Cases of one unit that are alike: same output and case mix, in one group of cases. */
export interface UnitRow {
  readonly unit: string;
  readonly output: number;
  /** What makes cases alike, the output with it. */
  readonly stratum: string;
  /** The random group of cases, or the period. */
  readonly group: string;
  /** Whether they were handled in a way of working; null where that was not asked. */
  readonly flag: boolean | null;
  readonly n: number;
  readonly values: readonly ValueSums[];
}

/** Cases that the figure in use counts, or that are outputs, by unit and ending. */
export interface CountedRow {
  readonly unit: string;
  readonly group: string;
  readonly ending: string;
  readonly isOutput: boolean;
  readonly isCounted: boolean;
  readonly n: number;
}

/** A value to be summed over cases: SQL that is null where it is not known. */
export interface CaseValue {
  readonly name: string;
  readonly sql: Sql;
}

/** Random groups of cases for the range of every figure (product rule). */
const caseGroups = 100;

/** 1, 0, or null where it cannot be known. */
export function flagSql(facts: Facts, share: string, of?: string): Sql {
  const covered = of === undefined ? sql`` : sql`when not ${facts.condition(of)} then null `;
  return sql`case ${covered}when ${facts.unknown(share)} then null when ${facts.condition(share)} then 1 else 0 end`;
}

function counted(facts: Facts, plan: UnitPlan, isOutput: Sql): Sql {
  return plan.section.counted === undefined ? isOutput : facts.condition(plan.section.counted);
}

function caseTime(study: Study, plan: UnitPlan): string {
  return study.plan.outputs[plan.outputs[0] ?? 0]?.at ?? 'closed';
}

/** Every case of the periods with its unit, output, group and what makes it alike to others. */
function casesSql(
  study: Study,
  facts: Facts,
  plan: UnitPlan,
  by: 'cases' | 'periods',
  values: readonly CaseValue[],
  flag: Sql | null,
): Sql {
  const { dialect } = study.workspace.warehouse;
  const at = facts.wall(caseTime(study, plan));
  const first = plan.starts[0] ?? '';
  const end = nextPeriod(study.plan.grain, plan.starts.at(-1) ?? '');
  const period = dialect.periodStart(study.plan.grain, at);
  const group =
    by === 'periods'
      ? dialect.toText(period)
      : dialect.toText(dialect.bucket(sql`${identifier('case_id')}`, caseGroups));
  const whens = plan.outputs.map((o) => {
    const where = study.plan.outputs[o]?.where;
    return sql`when ${where === undefined ? sql`1 = 1` : facts.condition(where)} then ${o}`;
  });
  const mix = (plan.section.case_mix ?? []).map(
    (column, i) =>
      sql`coalesce(${dialect.toText(sql`${identifier(column)}`)}, 'not known') as ${identifier(`mix_${i}`)}`,
  );
  const output = sql`case ${joinSql(whens, ' ')} end`;
  const columns = [
    sql`${dialect.toText(sql`${identifier(plan.section.column)}`)} as unit_name`,
    sql`${output} as output_place`,
    sql`${group} as case_group`,
    sql`case when ${counted(facts, plan, sql`${output} is not null`)} then 1 else 0 end as is_counted`,
    sql`coalesce(${identifier('ending')}, 'none') as case_ending`,
    sql`${flag ?? sql`0`} as case_flag`,
    ...mix,
    ...values.map(({ name, sql: value }) => sql`${value} as ${identifier(`value_${name}`)}`),
  ];
  return sql`select ${joinSql(columns, ', ')} from ${identifier(facts.table)}
    where ${at} is not null and ${period} >= ${dialect.dateValue(first)} and ${period} < ${dialect.dateValue(end)}`;
}

const membersIn = (plan: UnitPlan) =>
  joinSql(
    plan.members.map(({ unit }) => sql`${unit}`),
    ', ',
  );

function orderBy(places: number): Sql {
  return joinSql(
    Array.from({ length: places }, (_, i) => keyword(`${i + 1} nulls last`)),
    ', ',
  );
}

/** Sums over cases of the outputs by unit, output, case mix and group. */
export async function collectUnitRows(
  study: Study,
  facts: Facts,
  plan: UnitPlan,
  what: { readonly name: string; readonly purpose: string; readonly by: 'cases' | 'periods' },
  values: readonly CaseValue[],
  flag: Sql | null,
  log: QueryRecord[],
): Promise<readonly UnitRow[]> {
  const { dialect } = study.workspace.warehouse;
  const mix = (plan.section.case_mix ?? []).map((_, i) => identifier(`mix_${i}`));
  const keys = ['unit_name', 'output_place', 'case_group', 'case_flag'].map(identifier);
  const grouped = joinSql(
    [...keys, ...mix].map((key) => sql`${key}`),
    ', ',
  );
  const sums = values.flatMap(({ name }) => {
    const value = identifier(`value_${name}`);
    return [
      sql`count(${value}) as ${identifier(`n_${name}`)}`,
      sql`${dialect.toDouble(sql`sum(${value})`)} as ${identifier(`sum_${name}`)}`,
      sql`${dialect.toDouble(sql`sum(${value} * ${value})`)} as ${identifier(`squares_${name}`)}`,
    ];
  });
  const rows = await runStep(
    study.workspace.warehouse,
    {
      name: what.name,
      purpose: what.purpose,
      sql: sql`select ${grouped}, ${joinSql([sql`count(*) as cases`, ...sums], ', ')}
from (${casesSql(study, facts, plan, what.by, values, flag)}) as c
where output_place is not null and case_flag is not null and unit_name in (${membersIn(plan)})
group by ${grouped} order by ${orderBy(keys.length + mix.length)}`,
    },
    log,
  );
  return rows.map((row) => toUnitRow(row, mix.length, values, flag !== null));
}

function toUnitRow(row: Row, mix: number, values: readonly CaseValue[], hasFlag: boolean): UnitRow {
  const alike = Array.from({ length: mix }, (_, i) => String(row[`mix_${i}`]));
  return {
    unit: String(row.unit_name),
    output: Number(row.output_place),
    stratum: [Number(row.output_place), ...alike].join(' / '),
    group: String(row.case_group),
    flag: hasFlag ? Number(row.case_flag) === 1 : null,
    n: Number(row.cases),
    values: values.map(({ name }) => ({
      n: Number(row[`n_${name}`]),
      sum: Number(row[`sum_${name}`] ?? 0),
      squares: Number(row[`squares_${name}`] ?? 0),
    })),
  };
}

/** What the figure in use counts, and what of it is an output, by unit, ending and group. */
export async function collectCounted(
  study: Study,
  facts: Facts,
  plan: UnitPlan,
  by: 'cases' | 'periods',
  log: QueryRecord[],
): Promise<readonly CountedRow[]> {
  const rows = await runStep(
    study.workspace.warehouse,
    {
      name: `units-counted-by-${by}`,
      purpose: 'Counts what the figure in use counts for each unit, and what of it is an output, by ending.',
      sql: sql`select unit_name, case_group, case_ending, case when output_place is null then 0 else 1 end as is_output,
  is_counted, count(*) as cases
from (${casesSql(study, facts, plan, by, [], null)}) as c
where unit_name in (${membersIn(plan)})
group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`,
    },
    log,
  );
  return rows.map((row) => ({
    unit: String(row.unit_name),
    group: String(row.case_group),
    ending: String(row.case_ending),
    isOutput: Number(row.is_output) === 1,
    isCounted: Number(row.is_counted) === 1,
    n: Number(row.cases),
  }));
}

/** Quantiles of a value by unit and output, or by unit where `output` is null; the key is "unit" or "unit / output". */
export async function collectQuantiles(
  study: Study,
  facts: Facts,
  plan: UnitPlan,
  value: Sql,
  log: QueryRecord[],
): Promise<ReadonlyMap<string, { readonly n: number; readonly quantiles: readonly number[] }>> {
  const { warehouse } = study.workspace;
  const own = sql`value_wait`;
  const wanted = [0.5, 0.8];
  const cases = casesSql(study, facts, plan, 'cases', [{ name: 'wait', sql: value }], null);
  const found = new Map<string, { readonly n: number; readonly quantiles: readonly number[] }>();
  const ask = async (name: string, keys: readonly string[], points: readonly number[], only: Sql) => {
    const quantiles = points.map(
      (p, i) => sql`${warehouse.dialect.quantile(own, p)} as ${identifier(`q_${i}`)}`,
    );
    const columns = keys.map((key) => sql`${identifier(key)}`);
    const group = columns.length > 0 ? sql` group by ${joinSql(columns, ', ')}` : sql``;
    return runStep(
      warehouse,
      {
        name,
        purpose: 'How long cases waited: the median and the wait that eight in ten do not exceed.',
        sql: sql`select ${joinSql([...columns, sql`count(${own}) as cases`, ...quantiles], ', ')}
from (${cases}) as c where output_place is not null and unit_name in (${membersIn(plan)}) and ${own} is not null${only}${group}`,
      },
      log,
    );
  };
  const keep = (key: string, row: Row, points: number) =>
    found.set(key, {
      n: Number(row.cases),
      quantiles: Array.from({ length: points }, (_, i) => Number(row[`q_${i}`])),
    });
  for (const row of await ask('units-wait-by-output', ['unit_name', 'output_place'], wanted, sql``))
    keep(`${row.unit_name} / ${row.output_place}`, row, wanted.length);
  for (const row of await ask('units-wait-of-output', ['output_place'], wanted, sql``))
    keep(` / ${row.output_place}`, row, wanted.length);
  for (const { unit } of plan.members) {
    const n = [...found]
      .filter(([key]) => key.startsWith(`${unit} / `))
      .reduce((sum, [, one]) => sum + one.n, 0);
    if (n === 0) continue;
    // Order statistics that bound the median, free of any distribution.
    const half = 0.5 * (1.95996398454 / Math.sqrt(n));
    const points = [...wanted, Math.max(0, 0.5 - half), Math.min(1, 0.5 + half)];
    for (const row of await ask('units-wait', [], points, sql` and unit_name = ${unit}`))
      keep(unit, row, points.length);
  }
  return found;
}
