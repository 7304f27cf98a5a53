import type { Facts } from '../../define/index.ts';
import { type Sql, sql } from '../../stores/index.ts';
import type { Study } from '../study.ts';
import { type CaseValue, flagSql } from './collect-units.ts';
import type { PracticeValue } from './practices.ts';
import type { ScoreRules } from './score-units.ts';
import type { UnitPlan } from './unit-plan.ts';

/** By unit, by unit and output, or by output: how many waited, and quantiles of their days. */
export type Waits = ReadonlyMap<string, { readonly n: number; readonly quantiles: readonly number[] }>;

const daysInYear = 365.25;

/** Cost of one of each output, for services that do not say what a case takes. */
function costsOf({ data, plan }: Study): readonly number[] {
  return plan.outputs.map((_, o) => {
    const last = data.costs.filter((row) => row.output === o).at(-1);
    if (!last) return 1;
    return last.quantity === null ? last.cost : last.quantity > 0 ? last.cost / last.quantity : 1;
  });
}

/** A number of a case where a condition covers it, else null. */
function numberSql(facts: Facts, value: string, of?: string): Sql {
  const number = facts.number(value);
  return of === undefined ? number : sql`case when ${facts.condition(of)} then ${number} end`;
}

/** The values summed over cases: the parts first, then what a case took, then health. */
export function valuesOf(facts: Facts, { parts, section }: UnitPlan) {
  const own = parts.map(
    ({ measure, isShare }, k): PracticeValue => ({
      name: `part_${k}`,
      title: measure.title,
      kind: isShare ? 'share' : 'mean',
      direction: measure.direction,
      sql:
        measure.share !== undefined
          ? flagSql(facts, measure.share, measure.of)
          : numberSql(facts, measure.mean ?? '', measure.of),
    }),
  );
  const effort = section.effort === undefined ? [] : [{ name: 'effort', sql: facts.number(section.effort) }];
  const { health } = section;
  const known = (value: Sql, other: Sql) => sql`case when ${other} is not null then ${value} end`;
  const healthValues: readonly CaseValue[] = !health
    ? []
    : [
        { name: 'survived', sql: flagSql(facts, health.survived) },
        { name: 'before', sql: known(facts.number(health.before), facts.number(health.after)) },
        { name: 'after', sql: known(facts.number(health.after), facts.number(health.before)) },
        { name: 'life', sql: facts.number(health.life_years) },
      ];
  return { parts: own, all: [...own, ...effort, ...healthValues] };
}

/** How the sums of those values are read. */
export function rulesOf(
  study: Study,
  plan: UnitPlan,
  values: readonly CaseValue[],
  waits: Waits,
): ScoreRules {
  const place = (name: string) => values.findIndex((value) => value.name === name);
  const years = (key: string) => (waits.get(key)?.quantiles[1] ?? Number.NaN) / daysInYear;
  return {
    parts: plan.parts.map(({ measure, isShare, asTheyCome }, k) => ({
      value: k,
      weight: measure.weight,
      direction: measure.direction,
      isShare,
      asTheyCome,
    })),
    weightOfAlike: plan.weightOfAlike,
    effort: plan.section.effort === undefined ? null : place('effort'),
    costs: costsOf(study),
    health: plan.section.health
      ? {
          survived: place('survived'),
          before: place('before'),
          after: place('after'),
          lifeYears: place('life'),
          wait: study.plan.outputs.map((_, o) => ({
            all: years(` / ${o}`),
            units: plan.members.map(({ unit }) => years(`${unit} / ${o}`)),
          })),
        }
      : null,
  };
}
