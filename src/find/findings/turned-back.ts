import {
  countOf,
  formatInterval,
  formatValue,
  formatWithUnit,
  leastCases,
  listInWords,
  type QueryRecord,
} from '../../core/index.ts';
import type { Costs } from '../costs.ts';
import { type OutcomeMeasure, outcomeGap } from '../queries/outcome-gap.ts';
import { timesOf } from '../queries/times-of.ts';
import { casesCheckedInVain } from '../rework/check-facts.ts';
import { casesTurnedBackAt } from '../rework/rejection-loops.ts';
import type { CheckEvidence, TurnedEvidence } from '../rework/turned-evidence.ts';
import type { FindWorkspace } from '../workspace.ts';
import { type Finding, findingKey } from './finding.ts';
import { sameAsOutcome } from './same-as-outcome.ts';
import { totalInterval } from './total-interval.ts';

const most = 3;
const leastShare = 0.01;

/** Cases turned back at one step that came back, as findings: the three steps with most of them, each 1% of cases at least. */
async function loopFindings(
  { warehouse }: FindWorkspace,
  { byRejection }: TurnedEvidence,
  cases: number,
  { delayDay }: Costs,
  measure: OutcomeMeasure | null,
  log: QueryRecord[],
): Promise<readonly Finding[]> {
  const chosen = byRejection
    .filter((row) => row.cases >= leastCases && row.cases >= leastShare * cases)
    .slice(0, most);
  const findings: Finding[] = [];
  for (const [i, row] of chosen.entries()) {
    const affected = casesTurnedBackAt(row.rejected);
    const hours = row.minutes === null ? null : row.minutes / 60;
    const squared = row.minutesSquared === null ? null : row.minutesSquared / 3600;
    const same = sameAsOutcome(measure, [row.rejected]);
    findings.push({
      id: `rejection-loop-${i + 1}`,
      key: findingKey('rejection-loop', row.rejected),
      pattern: 'rejection-loop',
      title: `${countOf(row.cases, 'case')}, ${formatValue(row.cases / cases, 'share')} of all, were turned back at "${row.rejected}" and came back, ${countOf(row.loops, 'time')}.`,
      cases: row.cases,
      affected,
      share: row.cases / cases,
      days: row.days,
      daysInterval: totalInterval(row.days, row.daysSquared),
      hours,
      hoursInterval: totalInterval(hours, squared),
      pounds: row.pounds,
      poundsInterval: totalInterval(row.pounds, row.poundsSquared),
      delayPounds: delayDay === null ? null : row.days * delayDay,
      delayInterval:
        delayDay === null ? null : totalInterval(row.days * delayDay, row.daysSquared * delayDay ** 2),
      gap:
        measure && same === null
          ? await outcomeGap(
              warehouse,
              measure,
              `outcome_loop_${i + 1}`,
              { affected, times: timesOf([row.rejected]) },
              log,
            )
          : null,
      about: [row.rejected],
      sameAsOutcome: same,
      confidence:
        'Sound as a count. Whether it had to be turned back, and could have been right the first time, is for those who do the work.',
      evidence: 'find/rework',
      question: `Take twenty cases turned back at "${row.rejected}": what was missing, and could it have been asked for, or caught, before?`,
    });
  }
  return findings;
}

/** Checks done on cases that another check turns down, as a finding where another permitted order saves beyond chance. */
async function overprocessingFinding(
  { warehouse, loaded }: FindWorkspace,
  { checks, saving }: CheckEvidence,
  cases: number,
  measure: OutcomeMeasure | null,
  log: QueryRecord[],
): Promise<readonly Finding[]> {
  const vain = checks.reduce((sum, { inVain }) => sum + inVain.cases, 0);
  const saved = saving?.[saving.by];
  if (!saving || !saved || saved.interval.low <= 0 || vain < leastCases) return [];
  const order = listInWords(saving.order.map((place) => `"${checks[place]?.step}"`));
  return [
    {
      id: 'overprocessing-1',
      key: findingKey('overprocessing'),
      pattern: 'overprocessing',
      title: `${countOf(vain, 'case')} were checked before another check, which need not come later, turned them down: in the order ${order} the checks would take ${formatWithUnit(saved.value, saving.by)} less.`,
      cases: vain,
      affected: casesCheckedInVain,
      share: cases === 0 ? 0 : vain / cases,
      days: null,
      hours: saving.hours?.value ?? null,
      hoursInterval: saving.hours?.interval ?? null,
      pounds: saving.pounds?.value ?? null,
      poundsInterval: saving.pounds?.interval ?? null,
      delayPounds: null,
      gap: measure
        ? await outcomeGap(
            warehouse,
            measure,
            'outcome_overprocessing',
            { affected: casesCheckedInVain, times: timesOf(checks.map(({ step }) => step)) },
            log,
          )
        : null,
      // That its cases are checked and turned down is what the finding says.
      about: [...checks.map(({ step }) => step), ...(loaded.charter.steps?.rejection ?? [])],
      confidence: `The cases are sound as a count. The saving (${formatInterval(saved.interval, saving.by)}) takes checks to turn cases down independently of one another, which a log cannot show.`,
      evidence: 'find/rework',
      question: `What would have to be ready for the checks to run in the order ${order}? Try it on a few cases first.`,
    },
  ];
}

/** What cases turned back or down show, as findings. */
export async function turnedBackFindings(
  workspace: FindWorkspace,
  evidence: TurnedEvidence | null,
  cases: number,
  costs: Costs,
  measure: OutcomeMeasure | null,
  log: QueryRecord[],
): Promise<readonly Finding[]> {
  if (evidence === null) return [];
  return [
    ...(await loopFindings(workspace, evidence, cases, costs, measure, log)),
    ...(evidence.checks ? await overprocessingFinding(workspace, evidence.checks, cases, measure, log) : []),
  ];
}
