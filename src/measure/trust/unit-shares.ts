import { periodStart } from '../../core/index.ts';
import type { Charter } from '../../define/index.ts';
import { identifier, type Row, runStep, sql } from '../../stores/index.ts';
import type { Study } from '../study.ts';

type Target = NonNullable<Charter['targets']>[number];

/** The share of one unit in one period, and the cases it rests on. */
export interface UnitShare {
  readonly unit: string;
  readonly period: string;
  readonly share: number;
  readonly n: number;
}

/** How units are read for a screen, with the neighbourhood declared in the charter. */
export interface UnitScreen {
  readonly title: string;
  readonly window: number;
  readonly bandwidth: number;
  readonly shares: readonly UnitShare[];
}

/** Half a point each side (product rule). */
export const standardWindow = 0.005;
/** Two points for the density (product rule). */
const standardBandwidth = 0.02;

async function fromQuality(
  study: Study,
  target: Target,
  column: string,
  measure: string,
): Promise<readonly Row[]> {
  const { warehouse, tables } = study.workspace;
  if (!tables.has('quality')) return [];
  const known = await warehouse.columns('quality');
  if (!known.some(({ name }) => name === column)) return [];
  const { dialect } = warehouse;
  return runStep(
    warehouse,
    {
      name: `units-of-${target.id}`,
      purpose: `Reads the share of each unit by period, for the target "${target.title}".`,
      sql: sql`select ${dialect.toText(sql`${identifier(column)}`)} as ${identifier('unit')}, ${identifier('period')},
          ${identifier('value')} as ${identifier('share')}, ${identifier('n')}
        from ${identifier('quality')}
        where ${identifier('measure')} = ${measure} and ${identifier('value')} is not null
          and ${identifier(column)} is not null and ${identifier('period')} is not null
        order by 2, 1`,
    },
    study.queries,
  );
}

async function fromCases(study: Study, target: Target, column: string): Promise<readonly Row[]> {
  const { facts, plan, workspace } = study;
  if (!facts || target.share === undefined || !facts.columns.some(({ name }) => name === column)) return [];
  const { dialect } = workspace.warehouse;
  const at = facts.wall(plan.outputs.find((output) => output.from === 'cases')?.at ?? 'closed');
  const period = dialect.periodStart(plan.grain, at);
  const unit = dialect.toText(sql`${identifier(column)}`);
  const covers = target.of === undefined ? sql`1 = 1` : facts.condition(target.of);
  return runStep(
    workspace.warehouse,
    {
      name: `units-of-${target.id}`,
      purpose: `Counts for each unit and period the cases that "${target.title}" covers and those that meet it.`,
      sql: sql`select ${unit} as ${identifier('unit')}, ${period} as ${identifier('period')},
          1.0 * sum(case when ${facts.condition(target.share)} then 1 else 0 end) / count(*) as ${identifier('share')},
          count(*) as ${identifier('n')}
        from ${identifier(facts.table)}
        where ${at} is not null and ${identifier(column)} is not null
          and ${covers} and not ${facts.unknown(target.share)}
        group by ${unit}, ${period}
        order by 2, 1`,
    },
    study.queries,
  );
}

/** The shares of a target's units in whole reporting periods; null where the charter names none. */
export async function unitShares(study: Study, target: Target): Promise<UnitScreen | null> {
  const { units } = target;
  if (units === undefined) return null;
  const rows =
    units.measure === undefined
      ? await fromCases(study, target, units.column)
      : await fromQuality(study, target, units.column, units.measure);
  const complete = new Set(study.complete);
  return {
    title: units.title ?? 'units',
    window: units.window ?? standardWindow,
    bandwidth: units.bandwidth ?? standardBandwidth,
    shares: rows
      .map((row) => ({
        unit: String(row.unit),
        period: String(row.period),
        share: Number(row.share),
        n: Number(row.n ?? 0),
      }))
      .filter(({ period }) => complete.has(periodStart(study.plan.grain, period))),
  };
}
