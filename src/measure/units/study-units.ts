import { leastCases, periodsInYear, type QueryRecord } from '../../core/index.ts';
import { ranksOf } from '../../stats/index.ts';
import type { Study } from '../study.ts';
import {
  type CountedRow,
  collectCounted,
  collectQuantiles,
  collectUnitRows,
  type UnitRow,
} from './collect-units.ts';
import { compareMix, compareUnits, type UnitMix, type UnitPair } from './compare-units.ts';
import { type PracticeFigures, type PracticeValue, studyPractices } from './practices.ts';
import { type ScoreRules, scoreUnits, type UnitScore } from './score-units.ts';
import { byGroup, strataOf, tallyRows, type UnitTally, without } from './tally-units.ts';
import { type CannotCompare, planUnits, type UnitPlan, usedBy } from './unit-plan.ts';
import type { Replicates } from './unit-ranges.ts';
import { rulesOf, valuesOf, type Waits } from './unit-values.ts';
import { type UnitWeights, weighUnits } from './unit-weights.ts';

/** What a service's units show of what is counted and what counts. */
export interface UnitStudy {
  readonly plan: UnitPlan;
  readonly replicates: Replicates<readonly UnitScore[]>;
  readonly ranks: {
    readonly counted: readonly number[];
    readonly plain: readonly number[];
    readonly weighed: readonly number[];
    readonly adjusted: readonly number[];
  };
  readonly pairs: readonly UnitPair[];
  readonly mix: readonly UnitMix[];
  /** The unit in question: the first of those that are ahead in what is counted and behind in what counts, else the first in use. */
  readonly focus: number;
  readonly weights: UnitWeights | null;
  readonly counted: readonly CountedRow[];
  readonly practices: readonly PracticeFigures[];
  /** By unit: how many waited, median wait in days with the order statistics that bound it, and the 80th percentile. */
  readonly waits: Waits;
  readonly shareLeftOut: number;
  readonly queries: readonly QueryRecord[];
}

const fewestPeriods = 6;

interface Collected {
  readonly rows: readonly UnitRow[];
  readonly counted: readonly CountedRow[];
}

/** The scores of all units from all cases, and without each group of cases. */
function scoresOf(
  study: Study,
  plan: UnitPlan,
  rules: ScoreRules,
  values: number,
  { cases, periods }: { readonly cases: Collected; readonly periods: Collected | null },
) {
  const units = plan.members.map(({ unit }) => unit);
  const pooled = strataOf(cases.rows, units);
  const strata = tallyRows(cases.rows, units, pooled, values);
  const countedOf = (rows: readonly CountedRow[]) =>
    units.map((unit) => rows.reduce((sum, row) => sum + (row.unit === unit && row.isCounted ? row.n : 0), 0));
  const used = plan.members.map(({ input }) => usedBy(study, input, plan.starts));
  const whole: UnitTally = { strata, counted: countedOf(cases.counted), used };
  const leaveOut = ({ rows, counted }: Collected, usedIn: (group: string) => readonly number[] | null) => {
    const groups = byGroup(rows);
    const counts = byGroup(counted);
    return [...groups].map(([group, own]) => {
      const less = countedOf(counts.get(group) ?? []);
      const lessUsed = usedIn(group);
      return scoreUnits(
        {
          strata: without(strata, tallyRows(own, units, pooled, values)),
          counted: whole.counted.map((n, u) => n - (less[u] ?? 0)),
          used: lessUsed ? used.map((amount, u) => amount - (lessUsed[u] ?? 0)) : used,
        },
        rules,
        lessUsed ? 1 : groups.size / (groups.size - 1),
      );
    });
  };
  const replicates: Replicates<readonly UnitScore[]> = {
    whole: scoreUnits(whole, rules),
    cases: leaveOut(cases, () => null),
    periods: periods
      ? leaveOut(periods, (group) =>
          plan.members.map(({ input }) => usedBy(study, input, [group.slice(0, 10)])),
        )
      : [],
  };
  return { replicates, strata };
}

/** The unit that misleads most: ahead in what is counted and furthest behind in what counts; else the first in use. */
function focusOf(pairs: readonly UnitPair[], scores: readonly UnitScore[]): number {
  const reversed = pairs.filter(({ isReversed }) => isReversed);
  const times = scores.map((_, u) => reversed.filter(({ first }) => first === u).length);
  const most = Math.max(...times);
  if (most > 0) return times.indexOf(most);
  return ranksOf(scores.map(({ countedRate }) => countedRate)).indexOf(1);
}

/**
 * Units compared: what is counted, what of it is output, who comes to each, what comes of it, and how far the order hangs
 * on the weights. Null where the charter names none.
 */
export async function studyUnits(study: Study): Promise<UnitStudy | CannotCompare | null> {
  const { facts } = study;
  const plan = planUnits(study, facts, periodsInYear(study.plan.grain));
  if (plan === null || 'why' in plan) return plan;
  if (!facts) return null;
  const queries: QueryRecord[] = [];
  const values = valuesOf(facts, plan);
  const collect = async (by: 'cases' | 'periods'): Promise<Collected> => ({
    rows: await collectUnitRows(
      study,
      facts,
      plan,
      {
        name: `units-by-${by}`,
        purpose: `Sums over the cases of each unit that are alike, by ${by === 'cases' ? 'random group of cases' : 'period'}.`,
        by,
      },
      values.all,
      null,
      queries,
    ),
    counted: await collectCounted(study, facts, plan, by, queries),
  });
  const cases = await collect('cases');
  const small = plan.members.filter(
    ({ unit }) => cases.rows.reduce((sum, row) => sum + (row.unit === unit ? row.n : 0), 0) < leastCases,
  );
  if (small.length > 0)
    return {
      why: `fewer than ${leastCases} cases are known of ${small.map(({ title }) => title).join(', ')}`,
      next: 'Leave out of the comparison what is too small, or wait for more cases.',
    };
  const periods = plan.starts.length >= fewestPeriods ? await collect('periods') : null;
  const waits = plan.section.health
    ? await collectQuantiles(study, facts, plan, facts.number(plan.section.health.wait_days), queries)
    : new Map();
  const rules = rulesOf(study, plan, values.all, waits);
  const { replicates, strata } = scoresOf(study, plan, rules, values.all.length, { cases, periods });
  const { whole } = replicates;
  if (whole.some(({ score }) => !Number.isFinite(score)))
    return {
      why: 'a quality measure with weight is not known of every unit, or no cases of the units are alike',
      next: 'Name under "case_mix" fewer columns, or record the measure in every unit.',
    };
  const pairs = compareUnits(replicates);
  const focus = focusOf(pairs, whole);
  const effort = values.all.find(({ name }) => name === 'effort');
  const asked: readonly PracticeValue[] = [
    ...(effort
      ? [
          {
            ...effort,
            title: facts.english(plan.section.effort ?? ''),
            kind: 'effort' as const,
            direction: 'lower' as const,
          },
        ]
      : []),
    ...values.parts.filter((_, k) => (plan.parts[k]?.measure.weight ?? 0) > 0 && !plan.parts[k]?.asTheyCome),
  ];
  const all = strata.flatMap(({ cases: own }) => own).reduce((sum, n) => sum + n, 0);
  const used = strata
    .filter(({ cases: own }) => own.every((n) => n > 0))
    .flatMap(({ cases: own }) => own)
    .reduce((sum, n) => sum + n, 0);
  const ranks = (of: (score: UnitScore) => number) => ranksOf(whole.map(of));
  return {
    plan,
    replicates,
    ranks: {
      counted: ranks(({ countedRate }) => countedRate),
      plain: ranks(({ rate }) => rate),
      weighed: ranks(({ weighedRate }) => weighedRate),
      adjusted: ranks(({ score }) => score),
    },
    pairs,
    mix: compareMix(replicates),
    focus,
    weights: weighUnits(study, plan, replicates, focus),
    counted: cases.counted,
    practices: await studyPractices(study, facts, plan, asked, queries),
    waits,
    shareLeftOut: all > 0 ? 1 - used / all : 0,
    queries,
  };
}
