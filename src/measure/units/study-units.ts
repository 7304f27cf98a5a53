import { leastCases, periodsInYear, type QueryRecord } from '../../core/index.ts';
import type { Facts } from '../../define/index.ts';
import {
  drawWeights,
  type RankedScores,
  rankSensitivity,
  ranksOf,
  shareOfPlace,
  smallestTurn,
  type TurningWeight,
  turningWeights,
} from '../../stats/index.ts';
import { type Sql, sql } from '../../stores/index.ts';
import type { Study } from '../study.ts';
import {
  type CaseValue,
  type CountedRow,
  collectCounted,
  collectQuantiles,
  collectUnitRows,
  flagSql,
  type UnitRow,
} from './collect-units.ts';
import { compareMix, compareUnits, type UnitMix, type UnitPair } from './compare-units.ts';
import { type PracticeFigures, type PracticeValue, studyPractices } from './practices.ts';
import { type ScoreRules, scoreUnits, type UnitScore } from './score-units.ts';
import { byGroup, strataOf, tallyRows, type UnitTally, without } from './tally-units.ts';
import { type CannotCompare, planUnits, type UnitPlan, usedBy } from './unit-plan.ts';
import { type Ranged, type Replicates, ranged } from './unit-ranges.ts';

/** How the order of units hangs on the weights of the parts. */
export interface UnitWeights {
  readonly titles: readonly string[];
  readonly scored: RankedScores;
  readonly sensitivity: ReturnType<typeof rankSensitivity>;
  /** For the unit in question, by part: weights beyond which it has another place. */
  readonly turns: readonly (readonly TurningWeight[])[];
  readonly smallest: ReturnType<typeof smallestTurn>;
  /** Share of evenly drawn weights under which the unit in question keeps its place, with its sampling range. */
  readonly keeps: Ranged;
  readonly draws: number;
}

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
  readonly waits: ReadonlyMap<string, { readonly n: number; readonly quantiles: readonly number[] }>;
  readonly shareLeftOut: number;
  readonly queries: readonly QueryRecord[];
}

const draws = 20_000;
/** Draws of weights for the sampling range of a share: common to all groups, so fewer do. */
const drawsForRange = 4000;
const fewestPeriods = 6;
const daysInYear = 365.25;

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
function valuesOf(facts: Facts, { parts, section }: UnitPlan) {
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

function rulesOf(
  study: Study,
  plan: UnitPlan,
  values: readonly CaseValue[],
  waits: UnitStudy['waits'],
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

function weightsOf(
  study: Study,
  plan: UnitPlan,
  replicates: Replicates<readonly UnitScore[]>,
  focus: number,
): UnitWeights | null {
  const weighed = plan.parts.filter(({ measure }) => measure.weight > 0);
  const weights = [
    ...weighed.map(({ measure }) => measure.weight),
    ...(plan.weightOfAlike > 0 ? [plan.weightOfAlike] : []),
  ];
  if (weights.length < 2) return null;
  const valuesOfAll = (scores: readonly UnitScore[]) => scores.map(({ values }) => values);
  const scored: RankedScores = { values: valuesOfAll(replicates.whole), weights };
  const sensitivity = rankSensitivity(scored, { seed: study.seed, draws });
  const place = sensitivity.ranks[focus] ?? 1;
  const drawn = drawWeights(
    weights.map(() => 1),
    'ranking weights',
    { seed: study.seed, draws: drawsForRange },
  );
  const share = (scores: readonly UnitScore[]) => shareOfPlace(valuesOfAll(scores), focus, place, drawn);
  const range = ranged({ ...replicates, periods: [] }, share);
  const keeps = sensitivity.shares[focus]?.[place - 1] ?? 0;
  const around = (end: number) => Math.min(1, Math.max(0, keeps + end - range.value));
  return {
    titles: [
      ...weighed.map(({ measure }) => measure.title),
      ...(plan.weightOfAlike > 0 ? ['Not known by unit, taken to be alike'] : []),
    ],
    scored,
    sensitivity,
    turns: turningWeights(scored, focus),
    smallest: smallestTurn(scored, focus),
    keeps: {
      ...range,
      value: keeps,
      interval: range.interval
        ? { ...range.interval, low: around(range.interval.low), high: around(range.interval.high) }
        : null,
    },
    draws,
  };
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
    weights: weightsOf(study, plan, replicates, focus),
    counted: cases.counted,
    practices: await studyPractices(study, facts, plan, asked, queries),
    waits,
    shareLeftOut: all > 0 ? 1 - used / all : 0,
    queries,
  };
}
