import {
  type Column,
  countOf,
  formatValue,
  type ListCards,
  leastCases,
  listInWords,
  type QueryRecord,
  type Result,
  type Table,
} from '../../core/index.ts';
import type { PatternReview } from '../../stores/index.ts';
import type { Finding } from '../findings/finding.ts';
import type { Part } from '../findings/parts.ts';
import { placeOf, rankRule } from '../findings/rank.ts';
import { signs } from '../findings/signs.ts';
import type { Reviewed } from '../people/review-findings.ts';
import type { OutcomeMeasure } from '../queries/outcome-gap.ts';
import { patterns } from '../workarounds/index.ts';
import type { FindWorkspace } from '../workspace.ts';
import { countedFirst } from './counted-first.ts';
import { sizeCells, sizeColumns } from './finding-sizes.ts';
import { makeResult } from './make-result.ts';
import { confirmedOf, dismissedCaveat, reviewsTable } from './reviews.ts';
import { yearColumns, yearly } from './yearly.ts';

function outcomeText(finding: Finding): string | null {
  const { gap } = finding;
  if (finding.sameAsOutcome) return finding.sameAsOutcome;
  if (finding.outcomeNote) return finding.outcomeNote;
  if (!gap) return null;
  const late =
    gap.missedBefore < leastCases
      ? ''
      : `${countOf(gap.missedBefore, 'case')} had already missed it when this came: this cannot be why.`;
  if (gap.affectedShare === null || gap.othersShare === null) return late || null;
  const [these, others] =
    finding.pattern === 'wait' ? ['of the longest tenth ', 'the shorter waits'] : ['', 'other cases'];
  const fared = `${formatValue(gap.affectedShare, 'share')} ${these}miss it, against ${formatValue(gap.othersShare, 'share')} of ${others}`;
  return late === '' ? fared : `Of cases in which it came before: ${fared}. ${late}`;
}

/** What is said of findings, by id: what sets their cases apart, which others count the same work, and what is part of them. */
export interface BesideFindings {
  readonly apart: ReadonlyMap<string, string>;
  readonly twice: ReadonlyMap<string, string>;
  /** Which cases were searched for signs, in words; null where all were. */
  readonly drawn: string | null;
  readonly parts: readonly Part<Reviewed<Finding>>[];
}

/** What those who do the work said of findings: those kept away by it, and how often each pattern was confirmed. */
export interface FindingReviews {
  readonly dismissed: readonly Reviewed<Finding>[];
  readonly reviews: readonly PatternReview[];
}

/** The sign of a pattern, of findings or of the catalogue of possible workarounds; the pattern itself where it is neither. */
function signOf(pattern: string): string {
  const known: Readonly<Record<string, string>> = signs;
  const ofCatalogue: Readonly<Record<string, { readonly sign: string }>> = patterns;
  return known[pattern] ?? ofCatalogue[pattern]?.sign ?? pattern;
}

/** A leader reads the first three findings at once: how many, how much work and money, how sure, what to ask. */
const findingCards: ListCards = {
  open: 3,
  numbers: [
    ['yearCases', 'cases'],
    ['yearHours', 'hours', 'yearDays', 'days'],
    ['yearPounds', 'pounds'],
    ['yearDelay', 'delayPounds'],
  ],
  words: ['confidence', 'question'],
  line: ['yearPounds', 'pounds', 'yearHours', 'hours', 'yearDelay', 'yearDays', 'days'],
};

/** What a finding is and how many cases it is about, as every table of findings begins. */
const whatColumns: readonly Column[] = [
  { key: 'id', title: 'Finding', type: 'text', forMachines: true },
  { key: 'review', title: 'Review', type: 'text', forMachines: true },
  { key: 'key', title: 'Key', type: 'text', forMachines: true },
  { key: 'pattern', title: 'Pattern', type: 'text', forMachines: true },
  { key: 'of', title: 'Pattern of the catalogue', type: 'text', forMachines: true },
  { key: 'sign', title: 'Sign', type: 'text' },
  { key: 'title', title: 'What was found', type: 'text' },
  { key: 'cases', title: 'Cases', type: 'count' },
  { key: 'share', title: 'Share of cases', type: 'share' },
];

const whatCells = (finding: Reviewed<Finding>) => ({
  id: finding.id,
  review: finding.review,
  key: finding.key,
  pattern: finding.pattern,
  of: finding.of ?? null,
  sign: finding.isElapsed ? 'Time between two steps' : signs[finding.pattern],
  title: finding.title,
  cases: finding.cases,
  share: finding.share,
});

/** "7 signs in nearly the same cases are told under the list: a possible workaround (6) and work done again (1)." */
function partsInWords(finding: Finding, parts: readonly Part<Finding>[]): string | null {
  const own = parts.filter(({ whole }) => whole.id === finding.id).map((part) => part.finding.pattern);
  if (own.length === 0) return null;
  const kinds = [...new Set(own)].map(
    (pattern) => `${signs[pattern].toLowerCase()} (${own.filter((one) => one === pattern).length})`,
  );
  const [are, other] = own.length === 1 ? ['is', 'other sign'] : ['are', 'other signs'];
  return `${own.length} ${other} in nearly the same cases ${are} told under the list: ${listInWords(kinds)}.`;
}

/** Signs in nearly the same cases as a finding of the list, which they are told under. */
function partsTable(ranked: readonly Finding[], parts: readonly Part<Reviewed<Finding>>[]): readonly Table[] {
  if (parts.length === 0) return [];
  return [
    {
      id: 'parts',
      title: 'Other signs in the same cases as a finding of the list',
      asList: { heading: 'title', above: 'sign', cards: { open: 0, numbers: [], words: [], line: [] } },
      columns: [
        { key: 'partOf', title: 'Part of finding', type: 'count', ofNobody: true },
        ...whatColumns,
        { key: 'question', title: 'What would confirm it', type: 'text' },
      ],
      rows: parts.map(({ finding, whole }) => ({
        partOf: ranked.findIndex(({ id }) => id === whole.id) + 1,
        ...whatCells(finding),
        question: finding.question,
      })),
      notes: [
        'Nine in ten of the cases of each, or more, are cases of that finding: to look into that one is to look into these. Their hours and pounds are among its own.',
      ],
    },
  ];
}

/** Findings that those who do the work dismissed, so that a verdict can be seen and changed. */
function dismissedTable(dismissed: readonly Reviewed<Finding>[]): readonly Table[] {
  if (dismissed.length === 0) return [];
  return [
    {
      id: 'dismissed',
      title: 'Left out of the list: no problem, as those who do the work say',
      columns: [
        ...whatColumns,
        { key: 'verdict', title: 'Said by those who do the work', type: 'text' },
        { key: 'question', title: 'What would confirm it', type: 'text' },
      ],
      rows: dismissed.map((finding) => ({
        ...whatCells(finding),
        verdict: finding.verdict,
        question: finding.question,
      })),
    },
  ];
}

/** The ranked list of findings: what to look into first, with the evidence and what would confirm each. */
export function findingsResult(
  workspace: FindWorkspace,
  ranked: readonly Reviewed<Finding>[],
  { dismissed, reviews }: FindingReviews,
  cases: number,
  measure: OutcomeMeasure | null,
  years: number | null,
  { apart, twice, drawn, parts }: BesideFindings,
  queries: readonly QueryRecord[],
): Result {
  const [first] = ranked;
  const question = 'What holds the service back, and what should we look into first?';
  const method =
    'Signs from the log, sized and put in order by what removing each would be worth at least, as the note under the list says. Findings about nearly the same cases (overlap of 0.8 or more) are shown once. An order to look in, not an appraisal.';
  if (!first) {
    return makeResult(workspace, {
      id: 'findings',
      question,
      tables: [...dismissedTable(dismissed), ...reviewsTable(reviews, signOf)],
      caveats: dismissedCaveat(dismissed),
      answer:
        cases < leastCases
          ? `Cannot tell: fewer than ${leastCases} cases have steps with a time, and nothing is said of so few.`
          : 'Nothing stands out: no wait, repeat or clock in the log is large enough to look into.',
      status: cases < leastCases ? 'cannot-tell' : 'caution',
      next: [
        cases < leastCases
          ? 'Add an extract that covers more cases.'
          : 'We looked for waits, repeats, clocks, targets and what is unusual: ask those who do the work what that misses.',
      ],
      method,
      queries,
    });
  }
  return makeResult(workspace, {
    id: 'findings',
    question,
    answer: countedFirst(ranked.length, 'finding', first.title),
    status: 'caution',
    figures: [
      {
        id: 'findings',
        name: 'Findings',
        value: ranked.length,
        unit: 'count',
        interval: null,
        period: null,
        ofNobody: true,
      },
      {
        id: 'first-cases',
        name: 'Cases in the first finding',
        value: first.cases,
        unit: 'count',
        interval: null,
        period: null,
      },
      {
        id: 'first-share',
        name: 'Their share of all cases',
        value: first.share,
        unit: 'share',
        interval: null,
        period: null,
      },
    ],
    tables: [
      {
        id: 'findings',
        title: 'Findings, in the order to look into them',
        asList: { heading: 'title', above: 'sign', cards: findingCards },
        columns: [
          ...whatColumns,
          ...sizeColumns(measure),
          ...yearColumns(years, measure !== null),
          { key: 'notCounted', title: 'Not counted', type: 'text' },
          { key: 'twice', title: 'Counted elsewhere too', type: 'text' },
          { key: 'apart', title: 'What sets these cases apart', type: 'text' },
          { key: 'after', title: 'What comes of it', type: 'text' },
          { key: 'parts', title: 'Seen in other ways too', type: 'text' },
          { key: 'place', title: 'Why it stands here', type: 'text' },
          { key: 'confidence', title: 'How sure', type: 'text' },
          { key: 'evidence', title: 'Evidence', type: 'text' },
          { key: 'verdict', title: 'Said by those who do the work', type: 'text' },
          { key: 'confirmed', title: 'Confirmed of those reviewed of this kind', type: 'text' },
          { key: 'question', title: 'What would confirm it', type: 'text' },
        ],
        rows: ranked.map((finding) => ({
          ...whatCells(finding),
          ...sizeCells(finding),
          outcome: outcomeText(finding),
          ...yearly(finding, years),
          notCounted: finding.notCounted ?? null,
          twice: twice.get(finding.id) ?? null,
          apart: finding.before ?? apart.get(finding.id) ?? null,
          after: finding.after ?? null,
          parts: partsInWords(finding, parts),
          place: placeOf(finding).words,
          confidence: finding.confidence,
          evidence: finding.evidence,
          verdict: finding.verdict,
          confirmed: confirmedOf(reviews, finding.of ?? finding.pattern),
          question: finding.question,
        })),
        notes: [`How they are put in order. ${rankRule}`],
      },
      ...partsTable(ranked, parts),
      ...dismissedTable(dismissed),
      ...reviewsTable(reviews, signOf),
    ],
    charts: [],
    caveats: [
      ...dismissedCaveat(dismissed),
      ...(drawn === null
        ? []
        : [
            `The log is large: possible workarounds, what sets cases apart and what findings have in common were looked for in ${drawn}. What rests on that sample says so, or is told as "about"; all other numbers are of every case.`,
          ]),
      'A finding goes with its outcome; that it causes it needs a comparison, best of all a trial.',
      ...(years === null
        ? ['The data cover less than three months, too little to say what a finding comes to in a year.']
        : []),
      'Days, staff cost and cost of delay are three figures, never added. Findings can overlap: a case may be in several.',
      ...(measure
        ? []
        : ['The charter names no quality on cases, so findings are ordered by cost and days alone.']),
    ],
    next: [first.question],
    method,
    queries,
  });
}
