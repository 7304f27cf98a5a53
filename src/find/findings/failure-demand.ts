import { countOf, formatValue, leastCases, type QueryRecord } from '../../core/index.ts';
import { sql } from '../../stores/index.ts';
import type { FailureFigures, WaitingContacts } from '../failure-demand/index.ts';
import { type OutcomeMeasure, outcomeGap } from '../queries/outcome-gap.ts';
import type { FindWorkspace } from '../workspace.ts';
import type { Finding } from './finding.ts';
import { totalInterval } from './total-interval.ts';

const most = 3;
const leastShare = 0.1;

/** Contacts brought by a hundred cases that wait a week after a step. */
export function forHundredCaseWeeks({ failure, days }: WaitingContacts): number {
  return days > 0 ? (700 * failure) / days : 0;
}

/** The same as a reader wants it: whole contacts from ten on. */
export function hundredCaseWeeksInWords(row: WaitingContacts): string {
  const brought = forHundredCaseWeeks(row);
  return brought >= 10 ? countOf(Math.round(brought), 'contact') : `${brought.toFixed(1)} contacts`;
}

/** Waits that bring failure demand, as findings: at most three, each a tenth of it at least. */
export async function failureDemandFindings(
  workspace: FindWorkspace,
  { waiting }: FailureFigures,
  cases: number,
  measure: OutcomeMeasure | null,
  log: QueryRecord[],
): Promise<readonly Finding[]> {
  const whole = waiting.reduce((sum, { failure }) => sum + failure, 0);
  const chosen = waiting
    .filter((row) => row.cases >= leastCases && row.failure >= leastShare * whole)
    .slice(0, most);
  const findings: Finding[] = [];
  for (const [i, row] of chosen.entries()) {
    const affected = sql`select case_id from contact_facts where waits_in = ${row.step} and kind not in ('value', 'unknown')`;
    findings.push({
      id: `failure-demand-${i + 1}`,
      pattern: 'failure-demand',
      title:
        `${formatValue(row.failure / whole, 'share')} of the contacts that a failure brings (${countOf(row.failure, 'contact')}) come while a case waits after "${row.step}": ` +
        `a hundred cases that wait a week there bring about ${hundredCaseWeeksInWords(row)}.`,
      cases: row.cases,
      affected,
      share: cases === 0 ? 0 : row.cases / cases,
      days: null,
      hours: row.minutes === null ? null : row.minutes / 60,
      hoursInterval: totalInterval(
        row.minutes === null ? null : row.minutes / 60,
        row.minutes_squared === null ? null : row.minutes_squared / 3600,
      ),
      pounds: row.pounds,
      poundsInterval: totalInterval(row.pounds, row.pounds_squared),
      delayPounds: null,
      gap: measure
        ? await outcomeGap(workspace.warehouse, measure, `outcome_contacts_${i + 1}`, affected, log)
        : null,
      confidence:
        'Sound as counts of contacts on cases. That less waiting brings fewer of them is likely, and a trial would show it.',
      evidence: 'find/failure-demand',
      question: `Listen to twenty of these contacts: what would have spared them at "${row.step}"?`,
    });
  }
  return findings;
}
