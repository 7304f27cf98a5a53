import type { QueryRecord } from '../core/index.ts';
import type { Facts } from '../define/index.ts';
import { identifier, joinSql, keyword, runStep, type Sql, sql } from '../stores/index.ts';
import type { Cell, Stat } from './cells.ts';
import type { MeasurePlan, PlannedMeasure } from './plan.ts';
import type { MeasureWorkspace } from './workspace.ts';

const column = (kind: 'share' | 'mean', k: number) => identifier(`${kind}_${k}`);

/**
 * 1 where a case has the quality, 0 where it could have it, null where the measure does not cover it or a
 * missing value leaves it unknown: neither a success nor a failure is made up.
 */
function flag(facts: Facts, of: string | undefined, share: string): Sql {
  const has = sql`when ${facts.unknown(share)} then null when ${facts.condition(share)} then 1 else 0`;
  return of === undefined
    ? sql`case ${has} end`
    : sql`case when not ${facts.condition(of)} then null ${has} end`;
}

function mean(facts: Facts, of: string | undefined, value: string): Sql {
  const number = facts.number(value);
  return of === undefined ? number : sql`case when ${facts.condition(of)} then ${number} end`;
}

function casesOf(
  plan: MeasurePlan,
  facts: Facts,
  o: number,
  measures: readonly PlannedMeasure[],
  more: readonly Sql[] = [],
): Sql {
  const output = plan.outputs[o];
  const at = facts.wall(output?.at ?? 'closed');
  const columns = measures.map(({ index, measure }) =>
    measure.share !== undefined
      ? sql`${flag(facts, measure.of, measure.share)} as ${column('share', index)}`
      : sql`${mean(facts, measure.of, measure.mean ?? '')} as ${column('mean', index)}`,
  );
  const where = output?.where === undefined ? sql`` : sql` and ${facts.condition(output.where)}`;
  return sql`select ${joinSql([sql`${at} as counted_at`, ...more, ...columns], ', ')}
    from ${identifier(facts.table)}
    where ${at} is not null${where}`;
}

/** The quality measures over cases that speak for an output. */
function measuresOf(plan: MeasurePlan, o: number): readonly PlannedMeasure[] {
  return plan.measures.filter(
    ({ measure, outputs }) =>
      measure.from === 'cases' &&
      outputs.includes(o) &&
      (measure.share !== undefined || measure.mean !== undefined),
  );
}

/** An output from cases with the rows that it counts: when, what else is asked for, and a flag for each share. */
export interface CountedOutput {
  readonly place: number;
  readonly id: string;
  readonly title: string;
  readonly rows: Sql;
  /** Places of the measures that are shares, in the order of their flags. */
  readonly shares: readonly number[];
}

/** Every output from cases with its rows, before they are counted; `more` is a column beside the flags. */
export function countedOutputs(plan: MeasurePlan, facts: Facts, more: Sql): readonly CountedOutput[] {
  return plan.outputs.flatMap(({ from, id, title }, place) => {
    if (from !== 'cases') return [];
    const measures = measuresOf(plan, place);
    const shares = measures.filter(({ measure }) => measure.share !== undefined).map(({ index }) => index);
    return [{ place, id, title, rows: casesOf(plan, facts, place, measures, [more]), shares }];
  });
}

/**
 * The cases of each output that the charter takes from cases, counted by period, block and quality pattern:
 * one query an output. Case facts must be prepared.
 */
export async function collectCases(
  workspace: MeasureWorkspace,
  plan: MeasurePlan,
  facts: Facts,
  log: QueryRecord[],
): Promise<readonly Cell[]> {
  const { warehouse } = workspace;
  const cells: Cell[] = [];
  for (const [o, output] of plan.outputs.entries()) {
    if (output.from !== 'cases') continue;
    const measures = measuresOf(plan, o);
    const shares = measures.filter(({ measure }) => measure.share !== undefined);
    const means = measures.filter(({ measure }) => measure.share === undefined);
    const at = identifier('counted_at');
    const keys: readonly Sql[] = [
      sql`${warehouse.dialect.periodStart(plan.grain, sql`${at}`)}`,
      sql`${warehouse.dialect.periodStart(plan.blockGrain, sql`${at}`)}`,
      ...shares.map(({ index }) => sql`${column('share', index)}`),
    ];
    const sums = means.flatMap(({ index }) => {
      const value = column('mean', index);
      return [
        sql`count(${value}) as ${identifier(`n_${index}`)}`,
        sql`sum(${value}) as ${identifier(`sum_${index}`)}`,
        sql`sum(${value} * ${value}) as ${identifier(`squares_${index}`)}`,
      ];
    });
    const named = [
      sql`${keys[0] ?? sql``} as ${identifier('period')}`,
      sql`${keys[1] ?? sql``} as ${identifier('block')}`,
      ...keys.slice(2),
      sql`count(*) as ${identifier('n')}`,
      ...sums,
    ];
    const order = joinSql(
      keys.map((_, i) => keyword(`${i + 1} nulls last`)),
      ', ',
    );
    const rows = await runStep(
      warehouse,
      {
        name: `cases-of-${output.id}`,
        purpose: `Counts the cases of "${output.title}" by period and quality; each case counts once.`,
        sql: sql`select ${joinSql(named, ', ')}
          from (${casesOf(plan, facts, o, measures)}) counted
          group by ${joinSql(keys, ', ')}
          order by ${order}`,
      },
      log,
    );
    for (const row of rows) {
      const n = Number(row.n);
      const stats: (Stat | null)[] = plan.measures.map(() => null);
      for (const { index } of shares) {
        const value = row[`share_${index}`];
        stats[index] =
          value === null || value === undefined
            ? null
            : { n, sum: n * Number(value), squares: n * Number(value) };
      }
      for (const { index } of means) {
        const covered = Number(row[`n_${index}`]);
        stats[index] =
          covered === 0
            ? null
            : { n: covered, sum: Number(row[`sum_${index}`]), squares: Number(row[`squares_${index}`]) };
      }
      cells.push({
        output: o,
        period: String(row.period),
        block: String(row.block),
        kind: 'cases',
        count: n,
        stats,
      });
    }
  }
  return cells;
}
