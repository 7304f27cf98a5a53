import type { Interval, QueryRecord } from '../../core/index.ts';
import {
  type Charter,
  type ConditionReads,
  conditionReads,
  deadlineOf,
  type Facts,
  hasMomentsOf,
  type QualityMeasure,
} from '../../define/index.ts';
import { shareDifferenceInterval } from '../../stats/index.ts';
import { identifier, joinSql, type Row, runStep, type Sql, sql, type Warehouse } from '../../stores/index.ts';

/** The outcome that findings are held against: the share of cases without a quality that the charter names. */
export interface OutcomeMeasure {
  readonly id: string;
  readonly title: string;
  /** True for a case that has the quality, and for a case of which it is known whether it has. */
  readonly good: Sql;
  readonly counted: Sql;
  /** What the condition rests on, so that a finding that counts the same is not held against itself. */
  readonly reads: ConditionReads;
  /**
   * Days from the first event of a case until its outcome was settled: its end, or its deadline where that was earlier.
   * Null where the condition reads no times: the outcome is then known when the case ends, not before.
   */
  readonly settledAfter: Sql | 'unknown' | null;
}

/** The cases of a finding, and when it came about in them. */
export interface Occurrence {
  /** A query of the ids of those cases. */
  readonly affected: Sql;
  /** A query of `case_id` and `at`, the earliest of which counts. Cases that it leaves out are of unknown time. */
  readonly times: Sql;
  /** The times are of those cases and of no others. */
  readonly isOfThemAlone?: boolean;
  /** The finding follows from time passing: it cannot be why an outcome about time is missed. */
  readonly followsTime?: boolean;
}

/**
 * How cases with a mark fare against the others on the outcome. Shares are of cases that miss it. Where the outcome is
 * about time, only cases in which the finding came before their outcome was settled are affected (a landmark, as
 * Anderson, Cain and Gelber, 1983); the rest of its cases count as others, and no share is told of fewer than ten.
 */
export interface OutcomeGap {
  readonly affected: number;
  readonly others: number;
  readonly affectedMissed: number;
  readonly othersMissed: number;
  readonly affectedShare: number | null;
  readonly othersShare: number | null;
  /** Difference of the two shares with its interval (Newcombe, 1998, method 10). */
  readonly difference: number | null;
  readonly interval: Interval | null;
  /**
   * Cases that would not have missed it had the affected fared as the others: not a claim of cause. 0 where the
   * interval of the difference does not leave out 0.
   */
  readonly excess: number | null;
  /** Cases of the finding that had already missed the outcome when it came: it cannot be why. */
  readonly missedBefore: number;
}

/** True for a case that is an output of those the measure speaks for; every case where no output is counted from cases. */
export function servedBy(charter: Charter, measure: QualityMeasure, facts: Facts): Sql {
  const conditions = charter.outputs
    .filter(
      (output) =>
        output.from === 'cases' && (measure.outputs === 'all' || measure.outputs.includes(output.id)),
    )
    .map((output) => (output.where ? facts.condition(output.where) : sql`true`));
  return conditions.length === 0 ? sql`true` : joinSql(conditions, ' or ');
}

function settledAfter(share: string, facts: Facts): OutcomeMeasure['settledAfter'] {
  if (!conditionReads(share).times) return null;
  const deadline = deadlineOf(share);
  if (!deadline || !hasMomentsOf(deadline, facts.columns)) return 'unknown';
  const since = (moment: string) =>
    moment === 'first_at' ? sql`0.0` : facts.number(`days_between(first_at, ${moment})`);
  const due = sql`${since(deadline.started)} + ${deadline.days}`;
  const stop = since(deadline.stopped);
  return sql`(case when ${stop} < ${due} then ${stop} else ${due} end)`;
}

/** The quality measure on cases that targets are compared with, else the first share on cases; null without one. */
export function outcomeMeasure(charter: Charter, facts: Facts): OutcomeMeasure | null {
  const shares = (charter.quality ?? []).filter((q) => q.from === 'cases' && q.share !== undefined);
  const compared = new Set((charter.targets ?? []).map((target) => target.compare_with));
  const chosen = shares.find((q) => compared.has(q.id)) ?? shares.find((q) => q.weight > 0) ?? shares[0];
  if (!chosen?.share) return null;
  return {
    id: chosen.id,
    title: chosen.title,
    good: facts.condition(chosen.share),
    reads: conditionReads(chosen.share),
    settledAfter: settledAfter(chosen.share, facts),
    counted: sql`(${servedBy(charter, chosen, facts)}) and ${chosen.of ? facts.condition(chosen.of) : sql`true`} and not ${facts.unknown(chosen.share)}`,
  };
}

const least = 10;

/** Counts the outcome among the cases of a finding, against all others. */
export async function outcomeGap(
  warehouse: Warehouse,
  measure: OutcomeMeasure,
  name: string,
  occurrence: Occurrence,
  log: QueryRecord[],
): Promise<OutcomeGap | null> {
  const rows = await runStep<Row & { mark: Mark; cases: number; missed: number }>(
    warehouse,
    {
      name,
      purpose: `Cases that miss "${measure.title}": those of this finding against all others.`,
      sql: gapSql(warehouse, measure, occurrence),
    },
    log,
  );
  const of = (...marks: readonly Mark[]) =>
    rows
      .filter(({ mark }) => marks.includes(mark))
      .reduce((sum, row) => ({ cases: sum.cases + row.cases, missed: sum.missed + row.missed }), {
        cases: 0,
        missed: 0,
      });
  const inside = of('affected');
  const outside = of('other', 'after');
  const missedBefore = of('after').missed;
  const counts = {
    affected: inside.cases,
    others: outside.cases,
    affectedMissed: inside.missed,
    othersMissed: outside.missed,
    missedBefore,
  };
  const isBarred =
    measure.settledAfter !== null && (measure.settledAfter === 'unknown' || occurrence.followsTime === true);
  if (inside.cases + of('after').cases < least || outside.cases < least) return null;
  if (isBarred || inside.cases < least)
    return {
      ...counts,
      ...{ affectedShare: null, othersShare: null, difference: null, interval: null, excess: null },
    };
  const affectedShare = inside.missed / inside.cases;
  const othersShare = outside.missed / outside.cases;
  const interval = shareDifferenceInterval(inside.missed, inside.cases, outside.missed, outside.cases);
  return {
    ...counts,
    affectedShare,
    othersShare,
    difference: affectedShare - othersShare,
    interval,
    excess: interval.low > 0 ? (affectedShare - othersShare) * inside.cases : 0,
  };
}

/** A case of the finding; one in which it came after the outcome was settled; any other. */
type Mark = 'affected' | 'after' | 'other';

function gapSql(
  { dialect }: Warehouse,
  measure: OutcomeMeasure,
  { affected, times, isOfThemAlone = false }: Occurrence,
): Sql {
  const { settledAfter } = measure;
  if (settledAfter === null || settledAfter === 'unknown')
    return counted(
      sql`select case when case_id in (${affected}) then 'affected' else 'other' end as mark, ${measure.good} as good
  from case_facts where ${measure.counted}`,
    );
  const cameAfter = sql`${dialect.secondsBetween(sql`first_at`, sql`came_at`)} / 86400.0`;
  return counted(sql`select case when came_at is null then 'other' when ${cameAfter} < ${settledAfter} then 'affected' else 'after' end as mark,
    ${measure.good} as good
  from case_facts left join (select case_id as came_case, min(${identifier('at')}) as came_at from (${times}) as t
    ${isOfThemAlone ? sql`` : sql`where case_id in (${affected}) `}group by case_id) as came on came_case = case_id
  where ${measure.counted}`);
}

function counted(marked: Sql): Sql {
  return sql`select mark, count(*) as cases, sum(case when good then 0 else 1 end) as missed
from (
  ${marked}
) as marked group by mark order by mark`;
}
