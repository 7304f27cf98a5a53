import {
  countOf,
  formatValue,
  leastCases,
  listInWords,
  type QueryRecord,
  type Result,
  wilson,
} from '../../core/index.ts';
import type { Costs } from '../costs.ts';
import { type NothingNew, stepsThatBringNews } from '../queries/repeats-with-nothing-new.ts';
import type { ReworkTotals, StepRework } from '../queries/rework.ts';
import type { TurnedEvidence } from '../rework/turned-evidence.ts';
import type { FindWorkspace } from '../workspace.ts';
import { checkPieces } from './check-order.ts';
import { makeResult, shareCall } from './make-result.ts';
import { loopPieces } from './rejection-loops.ts';

function nothingNewCells(row: NothingNew | undefined) {
  return {
    casesNothingNew: row?.cases ?? null,
    hoursNothingNew: row?.minutes == null ? null : row.minutes / 60,
    poundsNothingNew: row?.pounds ?? null,
  };
}

/** Everything that was counted of work done again. */
export interface WorkDoneAgain {
  readonly repeated: readonly StepRework[];
  /** Of those, with nothing new from outside since the time before: what findings are about. */
  readonly repeats: readonly NothingNew[];
  readonly totals: ReworkTotals;
  readonly turned: TurnedEvidence | null;
}

/** Work done again: by step, with and without the steps that repeat by design; cases turned back; checks done in vain. */
export function reworkResult(
  workspace: FindWorkspace,
  { repeated: steps, repeats, totals, turned }: WorkDoneAgain,
  costs: Costs,
  queries: readonly QueryRecord[],
): Result {
  const byDesign = new Set(workspace.loaded.charter.steps?.legitimate_repeats ?? []);
  const shown = steps.filter(({ cases }) => cases >= leastCases);
  const counted = shown.filter(({ step }) => !byDesign.has(step));
  const share = totals.allCases === 0 ? null : totals.cases / totals.allCases;
  const pounds = counted.reduce((sum, step) => sum + (step.pounds ?? 0), 0);
  const known = costs.hasRates && counted.some((step) => step.pounds !== null);
  const [most] = counted;
  // Of a handful of cases nothing is said but that they are few.
  const isFew = totals.cases > 0 && totals.cases < leastCases;
  // Without a step at which something new may come, all repeats are with nothing new.
  const tellsNews = stepsThatBringNews(workspace.loaded.charter).length > 0;
  const nothingNew = new Map(
    repeats.filter(({ cases }) => cases >= leastCases).map((row) => [row.step, row] as const),
  );
  const poundsWithNothingNew = [...nothingNew.values()].reduce((sum, row) => sum + (row.pounds ?? 0), 0);
  const question =
    'How much of our work exists only because we failed the first time, and what does it cost?';
  const method =
    'Second and later times a case goes through a step; repeats by design set apart by the charter';
  const table = {
    id: 'rework-by-step',
    title: 'Steps done again, most cases first',
    columns: [
      { key: 'step', title: 'Step', type: 'text' },
      { key: 'byDesign', title: 'Repeats by design', type: 'text' },
      { key: 'cases', title: 'Cases', type: 'count' },
      { key: 'share', title: 'Share of cases', type: 'share' },
      { key: 'repeats', title: 'Times again', type: 'count' },
      { key: 'selfLoops', title: 'Straight after itself', type: 'count' },
      { key: 'hours', title: 'Hours of work again', type: 'hours' },
      { key: 'pounds', title: 'Staff cost', type: 'pounds' },
      { key: 'days', title: 'Days from first to last time', type: 'count' },
      ...(tellsNews
        ? ([
            { key: 'casesNothingNew', title: 'Cases with nothing new in between', type: 'count' },
            { key: 'hoursNothingNew', title: 'Hours with nothing new in between', type: 'hours' },
            { key: 'poundsNothingNew', title: 'Staff cost with nothing new in between', type: 'pounds' },
          ] as const)
        : []),
    ] as const,
    rows: shown.map((row) => ({
      step: row.step,
      byDesign: byDesign.has(row.step) ? 'yes' : 'no',
      cases: row.cases,
      share: totals.allCases === 0 ? null : row.cases / totals.allCases,
      repeats: row.repeats,
      selfLoops: row.selfLoops,
      hours: row.minutes === null ? null : row.minutes / 60,
      pounds: row.pounds,
      days: row.days,
      ...(tellsNews ? nothingNewCells(nothingNew.get(row.step)) : {}),
    })),
    notes: [
      ...(tellsNews
        ? [
            'Nothing new in between: no step at which the case waits for the applicant or a third party stands between the two times. Findings count these alone, in ten cases or more.',
          ]
        : []),
      `Steps repeated in fewer than ${leastCases} cases are left out of the table and kept in the totals.`,
    ],
  };
  if (share === null || totals.allCases < leastCases) {
    return makeResult(workspace, {
      id: 'rework',
      question,
      status: 'cannot-tell',
      method,
      queries,
      answer: 'Cannot tell: there are too few cases with steps.',
      next: ['Add an event log.'],
    });
  }
  const tail = known
    ? ` Doing it again took staff time worth ${formatValue(pounds, 'pounds')}${
        tellsNews && poundsWithNothingNew > 0
          ? `, of which ${formatValue(poundsWithNothingNew, 'pounds')} with nothing new from outside in between`
          : ''
      }.`
    : '';
  const none = totals.cases === 0;
  const pieces = [loopPieces(turned, totals.allCases, costs), checkPieces(turned)];
  return makeResult(workspace, {
    id: 'rework',
    question,
    answer: `${
      none
        ? 'No case went through a step twice, other than those that repeat by design.'
        : isFew
          ? `Fewer than ${leastCases} cases went through a step more than once.${tail}`
          : `${formatValue(share, 'share')} of cases (${countOf(totals.cases, 'case')}) went through a step more than once` +
            `${most ? `, most often "${most.step}"` : ''}.${tail}`
    }${pieces.map(({ sentence }) => sentence).join('')}`,
    status: 'caution',
    figures: [
      {
        id: 'cases-with-rework',
        name: 'Cases with a step done again',
        value: isFew ? null : share,
        unit: 'share',
        interval: isFew ? null : wilson(totals.cases, totals.allCases),
        period: null,
      },
      {
        id: 'repeats',
        name: 'Steps done again',
        value: isFew ? null : totals.repeats,
        unit: 'count',
        interval: null,
        period: null,
      },
      ...(known
        ? [
            {
              id: 'rework-pounds',
              name: 'Staff cost of steps done again',
              value: pounds,
              unit: 'pounds',
              interval: null,
              period: null,
            } as const,
          ]
        : []),
      ...pieces.flatMap(({ figures }) => figures),
    ],
    recompute: isFew ? [] : [shareCall(totals.cases, totals.allCases)],
    tables: [table, ...pieces.flatMap(({ tables }) => tables)],
    charts:
      counted.length > 1
        ? [
            {
              id: 'rework-bars',
              kind: 'bar' as const,
              title: `"${counted[0]?.step}" is done again in most cases`,
              description: 'Bars of the number of cases in which each step was done more than once.',
              table: table.id,
              xTitle: 'Cases',
              xUnit: 'count' as const,
              bars: counted
                .slice(0, 8)
                .map(({ step, cases }) => ({ label: step, parts: [{ name: 'Cases', value: cases }] })),
            },
          ]
        : [],
    caveats: [
      'A repeat is possible rework: some repeats are right. The charter can name those that happen by design.',
      ...(byDesign.size > 0
        ? [`Not counted in the answer, because they repeat by design: ${listInWords([...byDesign])}.`]
        : []),
      ...(known || counted.length === 0
        ? []
        : ['Cost cannot be told: neither the data nor the charter gives minutes and rates for these steps.']),
      ...pieces.flatMap(({ caveats }) => caveats),
      'Contacts that exist only because something failed are no rows of this table; they are counted on a page of their own.',
    ],
    next: most ? [`Ask why "${most.step}" is done again, and whether the first time could settle it.`] : [],
    method,
    queries,
    parameters: { leastCases },
  });
}
