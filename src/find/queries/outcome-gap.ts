import type { Interval, QueryRecord } from '../../core/index.ts';
import {
  type Charter,
  type ConditionReads,
  conditionReads,
  type Facts,
  type QualityMeasure,
} from '../../define/index.ts';
import { shareDifferenceInterval } from '../../stats/index.ts';
import { joinSql, type Row, runStep, type Sql, sql, type Warehouse } from '../../stores/index.ts';

/** The outcome that findings are held against: the share of cases without a quality that the charter names. */
export interface OutcomeMeasure {
  readonly id: string;
  readonly title: string;
  /** True for a case that has the quality, and for a case of which it is known whether it has. */
  readonly good: Sql;
  readonly counted: Sql;
  /** What the condition rests on, so that a finding that counts the same is not held against itself. */
  readonly reads: ConditionReads;
}

/** How cases with a mark fare against the others on the outcome. Shares are of cases that miss it. */
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
    counted: sql`(${servedBy(charter, chosen, facts)}) and ${chosen.of ? facts.condition(chosen.of) : sql`true`} and not ${facts.unknown(chosen.share)}`,
  };
}

const least = 10;

/** Counts the outcome among cases whose ids `affected` selects, against all others. */
export async function outcomeGap(
  warehouse: Warehouse,
  measure: OutcomeMeasure,
  name: string,
  affected: Sql,
  log: QueryRecord[],
): Promise<OutcomeGap | null> {
  const rows = await runStep<Row & { mark: number; cases: number; missed: number }>(
    warehouse,
    {
      name,
      purpose: `Cases that miss "${measure.title}": those of this finding against all others.`,
      sql: gapSql(measure, affected),
    },
    log,
  );
  const of = (mark: number) => rows.find((row) => row.mark === mark) ?? { cases: 0, missed: 0 };
  const inside = of(1);
  const outside = of(0);
  if (inside.cases < least || outside.cases < least) return null;
  const affectedShare = inside.missed / inside.cases;
  const othersShare = outside.missed / outside.cases;
  const interval = shareDifferenceInterval(inside.missed, inside.cases, outside.missed, outside.cases);
  return {
    affected: inside.cases,
    others: outside.cases,
    affectedMissed: inside.missed,
    othersMissed: outside.missed,
    affectedShare,
    othersShare,
    difference: affectedShare - othersShare,
    interval,
    excess: interval.low > 0 ? (affectedShare - othersShare) * inside.cases : 0,
  };
}

function gapSql(measure: OutcomeMeasure, affected: Sql): Sql {
  return sql`select mark, count(*) as cases, sum(case when good then 0 else 1 end) as missed
from (
  select case when case_id in (${affected}) then 1 else 0 end as mark, ${measure.good} as good
  from case_facts where ${measure.counted}
) as marked group by mark order by mark`;
}
