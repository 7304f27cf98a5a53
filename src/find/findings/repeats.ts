import { countOf, formatValue, leastCases, type QueryRecord } from '../../core/index.ts';
import { sql } from '../../stores/index.ts';
import { type OutcomeMeasure, outcomeGap } from '../queries/outcome-gap.ts';
import type { StepRework } from '../queries/rework.ts';
import type { FindWorkspace } from '../workspace.ts';
import { type Finding, findingKey } from './finding.ts';
import { sameAsOutcome } from './same-as-outcome.ts';
import { totalInterval } from './total-interval.ts';

const most = 5;

/** Steps done again that do not repeat by design, as findings: the five with most cases. */
export async function repeatFindings(
  workspace: FindWorkspace,
  steps: readonly StepRework[],
  cases: number,
  measure: OutcomeMeasure | null,
  log: QueryRecord[],
): Promise<readonly Finding[]> {
  const byDesign = new Set(workspace.loaded.charter.steps?.legitimate_repeats ?? []);
  const chosen = steps.filter((row) => row.cases >= leastCases && !byDesign.has(row.step)).slice(0, most);
  const findings: Finding[] = [];
  for (const [i, row] of chosen.entries()) {
    const affected = sql`select case_id from work_steps where step = ${row.step} group by case_id having count(*) > 1`;
    const same = sameAsOutcome(measure, [row.step]);
    const gap =
      measure && same === null
        ? await outcomeGap(workspace.warehouse, measure, `outcome_repeat_${i + 1}`, affected, log)
        : null;
    const share = cases === 0 ? 0 : row.cases / cases;
    findings.push({
      id: `rework-${i + 1}`,
      key: findingKey('rework', row.step),
      pattern: 'rework',
      title: `"${row.step}" is done again in ${countOf(row.cases, 'case')}, ${formatValue(share, 'share')} of all.`,
      cases: row.cases,
      affected,
      share,
      days: row.days,
      hours: row.minutes === null ? null : row.minutes / 60,
      hoursInterval: totalInterval(
        row.minutes === null ? null : row.minutes / 60,
        row.minutesSquared === null ? null : row.minutesSquared / 3600,
      ),
      pounds: row.pounds,
      poundsInterval: totalInterval(row.pounds, row.poundsSquared),
      delayPounds: null,
      gap,
      about: [row.step],
      sameAsOutcome: same,
      confidence:
        'Possible rework: the count is sound, and whether the repeat was needed is for those who do the work.',
      evidence: 'find/rework',
      question: `What brings a case back to "${row.step}"? Name it in the charter if it repeats by design.`,
    });
  }
  return findings;
}
