import type { QueryRecord } from '../../core/index.ts';
import { sql } from '../../stores/index.ts';
import type { Costs } from '../costs.ts';
import type { Edge } from '../queries/edges.ts';
import { type OutcomeMeasure, outcomeGap } from '../queries/outcome-gap.ts';
import { byTotalTime, waitsOn, waitTitle } from '../results/time.ts';
import type { FindWorkspace } from '../workspace.ts';
import type { Finding } from './finding.ts';

const most = 8;
const leastShare = 0.02;

/** The longest connections as findings: at most eight, each at least 2% of all elapsed time. */
export async function waitFindings(
  workspace: FindWorkspace,
  edges: readonly Edge[],
  cases: number,
  costs: Costs,
  measure: OutcomeMeasure | null,
  log: QueryRecord[],
): Promise<readonly Finding[]> {
  const whole = edges.reduce((sum, { total }) => sum + total, 0);
  const chosen = byTotalTime(edges)
    .filter(({ total }) => total >= leastShare * whole)
    .slice(0, most);
  const findings: Finding[] = [];
  for (const [i, edge] of chosen.entries()) {
    const passing = sql`select case_id from work_steps where step = ${edge.from} and next_step = ${edge.to}`;
    // A wait is held against its own length: nearly every case may pass the connection, most of them quickly.
    const longest = sql`${passing} and next_wait > cast(${edge.p90} as double)`;
    findings.push({
      id: `wait-${i + 1}`,
      pattern: 'wait',
      title: waitTitle(edge),
      cases: edge.cases,
      share: cases === 0 ? 0 : edge.cases / cases,
      days: edge.total / 86_400,
      hours: null,
      pounds: null,
      delayPounds: costs.delayDay === null ? null : (edge.total / 86_400) * costs.delayDay,
      // Nearly every case may pass both of two connections: they are still two waits.
      affected: null,
      gap: measure
        ? await outcomeGap(
            workspace.warehouse,
            { ...measure, counted: sql`${measure.counted} and case_id in (${passing})` },
            `outcome_wait_${i + 1}`,
            longest,
            log,
          )
        : null,
      confidence:
        'Sound as time on the calendar. What fills it, work or waiting, cannot be told from one time a step.',
      evidence: 'find/time',
      question:
        waitsOn(workspace, edge) === 'the applicant'
          ? `Could what is asked for at "${edge.from}" be asked earlier, or not at all?`
          : `Ask those who do "${edge.to}" what a case waits for after "${edge.from}".`,
    });
  }
  return findings;
}
