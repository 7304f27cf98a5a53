import { countOf, formatValue, leastCases, type QueryRecord } from '../../core/index.ts';
import { type Sql, sql } from '../../stores/index.ts';
import type { Costs } from '../costs.ts';
import { type OutcomeMeasure, outcomeGap } from '../queries/outcome-gap.ts';
import {
  type NothingNew,
  repeatsWithNothingNew,
  stepsThatBringNews,
  timesWithNothingNew,
} from '../queries/repeats-with-nothing-new.ts';
import type { StepRework } from '../queries/rework.ts';
import { timesRepeated } from '../queries/times-of.ts';
import type { FindWorkspace } from '../workspace.ts';
import { type Finding, findingKey } from './finding.ts';
import { sameAsOutcome } from './same-as-outcome.ts';
import { totalInterval } from './total-interval.ts';

const most = 5;

/** What is said of the cases in which a step is done again once something new had come. */
function afterNews({ casesAfterNews }: NothingNew): string | null {
  return casesAfterNews < leastCases
    ? null
    : `${countOf(casesAfterNews, 'case')} in which it is done again only after a wait for the applicant or a third party, since something new may have come.`;
}

/**
 * Steps done again that do not repeat by design, in ten cases or more. Where the charter says at which steps a case
 * waits for the applicant or a third party, a repeat after such a step is told apart and not counted.
 */
export async function repeatsThatMayBeRework(
  { warehouse, loaded }: FindWorkspace,
  steps: readonly StepRework[],
  costs: Costs,
  log: QueryRecord[],
): Promise<readonly NothingNew[]> {
  const byDesign = new Set(loaded.charter.steps?.legitimate_repeats ?? []);
  const large = steps.filter((row) => row.cases >= leastCases && !byDesign.has(row.step));
  const news = stepsThatBringNews(loaded.charter);
  return news.length === 0
    ? large.map((row) => ({ ...row, casesAfterNews: 0 }))
    : repeatsWithNothingNew(
        warehouse,
        large.map(({ step }) => step),
        news,
        costs,
        log,
      );
}

/** Those steps as findings: the five with most cases. Needs `step_repeats`. */
export async function repeatFindings(
  workspace: FindWorkspace,
  rows: readonly NothingNew[],
  cases: number,
  measure: OutcomeMeasure | null,
  log: QueryRecord[],
): Promise<readonly Finding[]> {
  const { warehouse, loaded } = workspace;
  const news = stepsThatBringNews(loaded.charter);
  const findings: Finding[] = [];
  for (const [i, row] of rows
    .filter((each) => each.cases >= leastCases)
    .slice(0, most)
    .entries()) {
    const times: Sql = news.length === 0 ? timesRepeated(row.step) : timesWithNothingNew(row.step, news);
    const affected = sql`select case_id from (${times}) as again`;
    const same = sameAsOutcome(measure, [row.step]);
    const gap =
      measure && same === null
        ? await outcomeGap(
            warehouse,
            measure,
            `outcome_repeat_${i + 1}`,
            { affected, times, isOfThemAlone: true },
            log,
          )
        : null;
    const share = cases === 0 ? 0 : row.cases / cases;
    const apart = row.casesAfterNews < leastCases ? '' : ', with nothing new from outside in between';
    findings.push({
      id: `rework-${i + 1}`,
      key: findingKey('rework', row.step),
      pattern: 'rework',
      title: `"${row.step}" is done again in ${countOf(row.cases, 'case')}, ${formatValue(share, 'share')} of all${apart}.`,
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
      notCounted: afterNews(row),
      confidence:
        'Possible rework: the count is sound, and whether the repeat was needed is for those who do the work.',
      evidence: 'find/rework',
      question: `What brings a case back to "${row.step}"? Name it in the charter if it repeats by design.`,
    });
  }
  return findings;
}
