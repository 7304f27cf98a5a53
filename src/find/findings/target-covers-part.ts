import { formatValue, leastCases, type QueryRecord } from '../../core/index.ts';
import type { Facts } from '../../define/index.ts';
import { type Row, runStep, type Sql, sql } from '../../stores/index.ts';
import { servedBy } from '../queries/outcome-gap.ts';
import type { FindWorkspace } from '../workspace.ts';
import { type Finding, findingKey } from './finding.ts';

/** A target as it is counted, beside the same measure for everyone. */
export interface TargetGap {
  readonly id: string;
  readonly title: string;
  readonly atLeast: number;
  readonly targetShare: number;
  readonly everyoneShare: number;
  readonly everyone: number;
  readonly covered: number;
  /** Cases that meet the target among those it counts, and that have the quality among all. */
  readonly counts: { readonly met: number; readonly counted: number; readonly good: number };
}

/** What a target counts, and what the measure it is compared with counts, as conditions on `case_facts`. */
export interface TargetConditions {
  /** Cases that the target counts, and of those the ones that meet it. */
  readonly covers: Sql;
  readonly met: Sql;
  /** Cases that are served and of which it is known, and of those the ones that have the quality. */
  readonly everyone: Sql;
  readonly good: Sql;
}

/** The conditions of a target by its id; null where it is compared with no measure on cases. */
export function conditionsOfTarget(
  { loaded: { charter } }: FindWorkspace,
  facts: Facts,
  id: string,
): TargetConditions | null {
  const target = charter.targets?.find((one) => one.id === id);
  const compare = charter.quality?.find((measure) => measure.id === target?.compare_with);
  if (!target?.share || !compare?.share || compare.from !== 'cases') return null;
  return {
    covers: sql`${target.of ? facts.condition(target.of) : sql`true`} and not ${facts.unknown(target.share)}`,
    met: facts.condition(target.share),
    everyone: sql`(${servedBy(charter, compare, facts)}) and ${compare.of ? facts.condition(compare.of) : sql`true`} and not ${facts.unknown(compare.share)}`,
    good: facts.condition(compare.share),
  };
}

/** Targets that can be compared with a measure for everyone, and how both read. */
export async function targetGaps(
  workspace: FindWorkspace,
  facts: Facts,
  log: QueryRecord[],
): Promise<readonly TargetGap[]> {
  const { charter } = workspace.loaded;
  const gaps: TargetGap[] = [];
  for (const target of charter.targets ?? []) {
    const compare = charter.quality?.find(({ id }) => id === target.compare_with);
    const conditions = conditionsOfTarget(workspace, facts, target.id);
    if (!conditions || !compare) continue;
    const { covers, met, everyone, good } = conditions;
    const [row] = await runStep<
      Row & { covered: number; met: number; everyone: number; good: number; within: number }
    >(
      workspace.warehouse,
      {
        name: `target_${target.id}`,
        purpose: `The target "${target.title}" as it is counted, and "${compare.title}" for everyone.`,
        sql: sql`select sum(case when covers then 1 else 0 end) as covered, sum(case when covers and met then 1 else 0 end) as met,
  sum(case when everyone then 1 else 0 end) as everyone, sum(case when everyone and good then 1 else 0 end) as good,
  sum(case when everyone and covers then 1 else 0 end) as within
from (select ${covers} as covers, ${met} as met, ${everyone} as everyone, ${good} as good from case_facts) as t`,
      },
      log,
    );
    if (!row || row.covered < leastCases || row.everyone < leastCases) continue;
    gaps.push({
      id: target.id,
      title: target.title,
      atLeast: target.at_least,
      targetShare: row.met / row.covered,
      everyoneShare: row.good / row.everyone,
      everyone: row.everyone,
      covered: row.within,
      counts: { met: row.met, counted: row.covered, good: row.good },
    });
  }
  return gaps;
}

/** A finding where the target reads better than the same measure for everyone by half a point or more, over the data's days. */
export function targetFinding(gap: TargetGap, period: string | null): Finding | null {
  if (gap.targetShare - gap.everyoneShare < 0.005) return null;
  const met = gap.targetShare >= gap.atLeast ? 'met' : 'missed';
  const left = gap.everyone - gap.covered;
  const covers =
    left > 0
      ? `it covers ${formatValue(gap.covered / gap.everyone, 'share')} of cases`
      : 'its clock is not the one that people wait by';
  return {
    id: `target-${gap.id}`,
    key: findingKey('target-covers-part', gap.id),
    pattern: 'target-covers-part',
    title:
      `The target "${gap.title}" reads ${formatValue(gap.targetShare, 'share')} (${met})${period === null ? '' : ` over ${period}`}, but ${covers}: ` +
      `for everyone, from start to end, it is ${formatValue(gap.everyoneShare, 'share')}.`,
    cases: left > 0 ? left : gap.everyone,
    share: (left > 0 ? left : gap.everyone) / gap.everyone,
    affected: null,
    days: null,
    hours: null,
    pounds: null,
    delayPounds: null,
    gap: null,
    confidence: 'Sound: both shares are counted from the same cases.',
    evidence: 'find/targets',
    question:
      'Publish the share for everyone beside the target, and ask what would change if that were the target.',
  };
}
