import type { QueryRecord } from '../core/index.ts';
import { nextPeriod } from '../core/index.ts';
import type { Facts } from '../define/index.ts';
import { identifier, joinSql, runStep, type Sql, sql } from '../stores/index.ts';
import type { MeasurePlan } from './plan.ts';
import type { MeasureWorkspace } from './workspace.ts';

/** A condition over cases, counted by period. */
export interface CheckRow {
  readonly period: string;
  /** Cases it could cover, cases it covers, those with the quality, those for which a missing value hides it. */
  readonly all: number;
  readonly covered: number;
  readonly has: number;
  readonly unknown: number;
}

/** What came of a case after it was counted or not: everything that came in is somewhere. */
export interface CaseAccount {
  readonly all: number;
  readonly counted: number;
  readonly notYet: number;
  readonly otherwise: number;
}

/** A group's cases and, by measure, how many it covers and the sum of its value. */
export interface GroupRow {
  readonly group: string;
  readonly cases: number;
  readonly stats: readonly { readonly n: number; readonly sum: number }[];
}

/** The time that places a case in a period where no output says another. */
export function caseTime(plan: MeasurePlan): string {
  return plan.outputs.find((output) => output.from === 'cases')?.at ?? 'closed';
}

/** Cases of the outputs (places in the list) that come from cases. */
export function anyOf(plan: MeasurePlan, facts: Facts, outputs: readonly number[]): Sql {
  const wheres = outputs.flatMap((o) => {
    const output = plan.outputs[o];
    return output?.from === 'cases' ? [output.where] : [];
  });
  if (wheres.length === 0 || wheres.includes(undefined)) return sql`1 = 1`;
  const conditions = wheres.map((where) => facts.condition(where ?? ''));
  return sql`(${joinSql(conditions, ' or ')})`;
}

/** Counts a floor or target by period: `outputs` narrows the cases it could cover, `of` those it does. */
export async function countCheck(
  workspace: MeasureWorkspace,
  plan: MeasurePlan,
  facts: Facts,
  check: {
    readonly id: string;
    readonly title: string;
    readonly share: string;
    readonly of?: string | undefined;
  },
  outputs: readonly number[] | null,
  log: QueryRecord[],
): Promise<readonly CheckRow[]> {
  const at = facts.wall(caseTime(plan));
  const period = workspace.warehouse.dialect.periodStart(plan.grain, at);
  const covers = check.of === undefined ? sql`1 = 1` : facts.condition(check.of);
  const narrowed = outputs === null ? sql`` : sql` and ${anyOf(plan, facts, outputs)}`;
  const count = (condition: Sql) => sql`sum(case when ${condition} then 1 else 0 end)`;
  const rows = await runStep(
    workspace.warehouse,
    {
      name: `check-${check.id}`,
      purpose: `Counts by period the cases that "${check.title}" covers and those that meet it.`,
      sql: sql`select ${period} as ${identifier('period')}, count(*) as ${identifier('all_cases')},
          ${count(sql`${covers} and not ${facts.unknown(check.share)}`)} as ${identifier('covered')},
          ${count(sql`${covers} and ${facts.condition(check.share)}`)} as ${identifier('has')},
          ${count(sql`${covers} and ${facts.unknown(check.share)}`)} as ${identifier('unknown')}
        from ${identifier(facts.table)}
        where ${at} is not null${narrowed}
        group by ${period}
        order by 1`,
    },
    log,
  );
  return rows.map((row) => ({
    period: String(row.period),
    all: Number(row.all_cases),
    covered: Number(row.covered),
    has: Number(row.has),
    unknown: Number(row.unknown),
  }));
}

/** Counts of a check over some periods. */
export function sumChecks(rows: readonly CheckRow[], starts: readonly string[]): Omit<CheckRow, 'period'> {
  const wanted = new Set(starts);
  const own = rows.filter((row) => wanted.has(row.period));
  const add = (of: (row: CheckRow) => number) => own.reduce((sum, row) => sum + of(row), 0);
  return {
    all: add((row) => row.all),
    covered: add((row) => row.covered),
    has: add((row) => row.has),
    unknown: add((row) => row.unknown),
  };
}

/** Accounts for every case: counted in an output, not there yet, or ended otherwise. */
export async function accountForCases(
  workspace: MeasureWorkspace,
  plan: MeasurePlan,
  facts: Facts,
  log: QueryRecord[],
): Promise<CaseAccount> {
  const counted = joinSql(
    plan.outputs.flatMap((output, o) =>
      output.from === 'cases'
        ? [sql`(${facts.wall(output.at ?? 'closed')} is not null and ${anyOf(plan, facts, [o])})`]
        : [],
    ),
    ' or ',
  );
  const rows = await runStep(
    workspace.warehouse,
    {
      name: 'account-for-cases',
      purpose: 'Accounts for every case: counted in an output, not there yet, or ended otherwise.',
      sql: sql`select count(*) as ${identifier('all_cases')},
          sum(case when ${counted} then 1 else 0 end) as ${identifier('counted')},
          sum(case when not (${counted}) and ${facts.ends.at} is null then 1 else 0 end)
            as ${identifier('not_yet')}
        from ${identifier(facts.table)}`,
    },
    log,
  );
  const all = Number(rows[0]?.all_cases ?? 0);
  const countedCases = Number(rows[0]?.counted ?? 0);
  const notYet = Number(rows[0]?.not_yet ?? 0);
  return { all, counted: countedCases, notYet, otherwise: all - countedCases - notYet };
}

/** The days that the cases of outputs span, for telling whole periods from parts. */
export async function spanOfCases(
  workspace: MeasureWorkspace,
  plan: MeasurePlan,
  facts: Facts,
  log: QueryRecord[],
): Promise<{ readonly first: string | null; readonly last: string | null }> {
  const { dialect } = workspace.warehouse;
  const times = [
    ...new Set(plan.outputs.flatMap((output) => (output.from === 'cases' ? [output.at ?? 'closed'] : []))),
  ];
  const parts = times.map(
    (
      time,
    ) => sql`select min(${facts.wall(time)}) as ${identifier('low')}, max(${facts.wall(time)}) as ${identifier('high')}
      from ${identifier(facts.table)}`,
  );
  const rows = await runStep(
    workspace.warehouse,
    {
      name: 'span-of-cases',
      purpose: 'First and last day on which a case was counted.',
      sql: sql`select ${dialect.toText(dialect.toDate(sql`min(${identifier('low')})`))} as ${identifier('first_day')},
          ${dialect.toText(dialect.toDate(sql`max(${identifier('high')})`))} as ${identifier('last_day')}
        from (${joinSql(parts, ' union all ')}) spans`,
    },
    log,
  );
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return { first: text(rows[0]?.first_day), last: text(rows[0]?.last_day) };
}

/** The group of cases whose group is not recorded. */
export const notRecordedGroup = 'not recorded';

/** The case-level measures of each group over some periods. */
export async function countGroups(
  workspace: MeasureWorkspace,
  plan: MeasurePlan,
  facts: Facts,
  column: { readonly id: string; readonly title: string; readonly column: string },
  starts: readonly string[],
  log: QueryRecord[],
): Promise<readonly GroupRow[]> {
  const { dialect } = workspace.warehouse;
  const at = facts.wall(caseTime(plan));
  const measures = plan.measures.filter(({ measure }) => measure.from === 'cases');
  const sums = measures.flatMap(({ index, measure, outputs }) => {
    const covers = sql`${anyOf(plan, facts, outputs)}${measure.of === undefined ? sql`` : sql` and ${facts.condition(measure.of)}`}`;
    const value =
      measure.share !== undefined
        ? sql`case when ${covers} and not ${facts.unknown(measure.share)} then case when ${facts.condition(measure.share)} then 1.0 else 0.0 end end`
        : sql`case when ${covers} then ${facts.number(measure.mean ?? '')} end`;
    return [
      sql`count(${value}) as ${identifier(`n_${index}`)}`,
      sql`sum(${value}) as ${identifier(`sum_${index}`)}`,
    ];
  });
  const name = dialect.toText(sql`${identifier(column.column)}`);
  const outputs = plan.outputs.map((_, o) => o);
  const rows = await runStep(
    workspace.warehouse,
    {
      name: `by-${column.id}`,
      purpose: `Splits the measures by "${column.title}" over the latest periods.`,
      sql: sql`select ${joinSql([sql`${name} as ${identifier('member')}`, sql`count(*) as ${identifier('cases')}`, ...sums], ', ')}
        from ${identifier(facts.table)}
        where ${at} >= ${dialect.timestampValue(`${starts[0]}T00:00:00Z`)}
          and ${at} < ${dialect.timestampValue(`${nextPeriod(plan.grain, starts.at(-1) ?? '')}T00:00:00Z`)}
          and ${anyOf(plan, facts, outputs)}
        group by ${name}
        order by 1 nulls last`,
    },
    log,
  );
  return rows.map((row) => ({
    group: row.member === null ? notRecordedGroup : String(row.member),
    cases: Number(row.cases),
    stats: plan.measures.map((_, k) => ({
      n: Number(row[`n_${k}`] ?? 0),
      sum: Number(row[`sum_${k}`] ?? 0),
    })),
  }));
}
