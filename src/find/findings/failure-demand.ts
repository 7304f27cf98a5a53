import { countOf, formatValue, leastCases, type QueryRecord } from '../../core/index.ts';
import { identifier, joinSql, type Row, runStep, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import { type AgeBand, type FailureFigures, onsetOf, type WaitingContacts } from '../failure-demand/index.ts';
import { type OutcomeMeasure, outcomeGap } from '../queries/outcome-gap.ts';
import type { FindWorkspace } from '../workspace.ts';
import { type Finding, findingKey } from './finding.ts';
import { sameAsOutcome } from './same-as-outcome.ts';
import { totalInterval } from './total-interval.ts';

const most = 3;
const leastShare = 0.1;

/** Contacts brought by a hundred cases that wait a week after a step. */
export function forHundredCaseWeeks({ failure, days }: Pick<WaitingContacts, 'failure' | 'days'>): number {
  return days > 0 ? (700 * failure) / days : 0;
}

/** Whole contacts from ten on. */
function contactsInWords(brought: number): string {
  return brought >= 10 ? countOf(Math.round(brought), 'contact') : `${brought.toFixed(1)} contacts`;
}

/** What a week of waiting after a step brings, to be said after the step: from which age of the case on, where that is when they come. */
export function weekOfWaitingInWords(row: WaitingContacts, byAge: readonly AgeBand[]): string {
  const onset = onsetOf(byAge.filter(({ step }) => step === row.step));
  if (!onset)
    return `: a hundred cases that wait a week there bring about ${contactsInWords(forHundredCaseWeeks(row))}`;
  const share = onset.share > 0.9995 ? 'All' : formatValue(onset.share, 'share');
  return `. ${share} of them come once the case is ${countOf(onset.age, 'day')} old: from then on a hundred cases that wait a week bring about ${contactsInWords(onset.after)}, and ${onset.before.toFixed(1)} before`;
}

const leastSame = 0.9;

/**
 * The steps that the outcome counts and that are the very contacts of a finding: one record read twice. Told by case
 * and instant; empty where fewer than nine in ten of the contacts stand in the log as such a step.
 */
async function contactsAsSteps(
  warehouse: Warehouse,
  measure: OutcomeMeasure | null,
  name: string,
  contacts: Sql,
  log: QueryRecord[],
): Promise<readonly string[]> {
  const counted = [...(measure?.reads.counts ?? [])];
  if (counted.length === 0) return [];
  const listed = joinSql(
    counted.map((step) => sql`${step}`),
    ', ',
  );
  const rows = await runStep<Row & { step: string | null; contacts: number }>(
    warehouse,
    {
      name,
      purpose: 'Which of these contacts stand in the log as a step that the outcome counts.',
      sql: sql`select s.step as step, count(distinct c.number) as contacts from (${contacts}) as c
left join (select case_id, step, started, finished from events where step in (${listed})) as s
  on s.case_id = c.case_id and (s.started = c.${identifier('at')} or s.finished = c.${identifier('at')})
group by s.step order by count(distinct c.number) desc, s.step`,
    },
    log,
  );
  const whole = rows.reduce((sum, row) => sum + row.contacts, 0);
  const same = rows.filter(({ step }) => step !== null);
  const matched = same.reduce((sum, row) => sum + row.contacts, 0);
  return matched >= leastSame * whole ? same.flatMap(({ step }) => step ?? []) : [];
}

/**
 * Waits that bring failure demand, as findings: at most three, each a tenth at least of what comes while a case waits.
 * Their titles tell the share of all of it, as the table of its page does.
 */
export async function failureDemandFindings(
  workspace: FindWorkspace,
  { kinds, waiting, byAge }: FailureFigures,
  cases: number,
  measure: OutcomeMeasure | null,
  log: QueryRecord[],
): Promise<readonly Finding[]> {
  const whole = kinds
    .filter(({ kind }) => kind !== 'value' && kind !== 'unknown')
    .reduce((sum, { contacts }) => sum + contacts, 0);
  const inWaits = waiting.reduce((sum, { failure }) => sum + failure, 0);
  const chosen = waiting
    .filter((row) => row.cases >= leastCases && row.failure >= leastShare * inWaits)
    .slice(0, most);
  const findings: Finding[] = [];
  for (const [i, row] of chosen.entries()) {
    const contacts = sql`select number, case_id, ${identifier('at')} from contact_facts where waits_in = ${row.step} and kind not in ('value', 'unknown')`;
    const affected = sql`select case_id from (${contacts}) as failing`;
    const steps = await contactsAsSteps(
      workspace.warehouse,
      measure,
      `same_contacts_${i + 1}`,
      contacts,
      log,
    );
    const same = sameAsOutcome(measure, steps);
    findings.push({
      id: `failure-demand-${i + 1}`,
      key: findingKey('failure-demand', row.step),
      pattern: 'failure-demand',
      title:
        `${countOf(row.failure, 'contact')}, ${formatValue(row.failure / whole, 'share')} of those that a failure brings, come while a case waits after "${row.step}"` +
        `${weekOfWaitingInWords(row, byAge)}.`,
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
      gap:
        measure && same === null
          ? await outcomeGap(
              workspace.warehouse,
              measure,
              `outcome_contacts_${i + 1}`,
              // People call because they wait: a call is no cause of waiting.
              { affected, times: contacts, followsTime: true },
              log,
            )
          : null,
      about: [row.step],
      sameAsOutcome: same,
      confidence:
        'Sound as counts of contacts on cases. That less waiting brings fewer of them is likely, and a trial would show it.',
      evidence: 'find/failure-demand',
      question: `Listen to twenty of these contacts: what would have spared them at "${row.step}"?`,
    });
  }
  return findings;
}
