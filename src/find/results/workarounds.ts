import {
  countOf,
  formatInterval,
  formatValue,
  leastCases,
  type QueryRecord,
  type Result,
  type Table,
} from '../../core/index.ts';
import type { PatternReview } from '../../stores/index.ts';
import type { UnsizedWorkaround, WorkaroundFinding, WorkaroundFindings } from '../findings/workarounds.ts';
import type { Reviewed } from '../people/review-findings.ts';
import { sampleWords, scaleOf } from '../queries/case-sample.ts';
import type { OutcomeMeasure } from '../queries/outcome-gap.ts';
import { type PatternId, patterns } from '../workarounds/index.ts';
import type { FindWorkspace } from '../workspace.ts';
import { countedFirst } from './counted-first.ts';
import { makeResult } from './make-result.ts';
import { reviewsTable } from './reviews.ts';

const question = 'What may be done outside the way it is meant to be, and why?';
const method =
  'Twenty-four patterns of the SWORD catalogue (van der Waal and others, 2022; wording ours), each case held against comparable ones; chance findings held at 5% (Benjamini and Hochberg, 1995); and features held against other teams and groups. Alerts of at least five cases and three people are gathered into findings; nearly the same cases are told once.';

/** Possible workarounds with what those who do the work said of them. */
interface ReviewedWorkarounds extends Omit<WorkaroundFindings, 'findings'> {
  readonly findings: readonly Reviewed<WorkaroundFinding>[];
}

const ofCatalogue = (pattern: string): pattern is PatternId => pattern in patterns;

function rowOf(finding: Reviewed<WorkaroundFinding>) {
  const { gap } = finding;
  return {
    id: finding.id,
    review: finding.review,
    key: finding.key,
    sign: finding.sign,
    title: finding.title,
    looksLike: finding.looksLike,
    cases: finding.cases,
    ...(finding.casesInterval ? { casesInterval: formatInterval(finding.casesInterval, 'count') } : {}),
    share: finding.share,
    hours: finding.hours,
    hoursInterval: finding.hoursInterval ? formatInterval(finding.hoursInterval, 'hours') : null,
    pounds: finding.pounds,
    days: finding.days,
    difference: gap?.difference ?? null,
    interval: gap?.interval ? formatInterval(gap.interval, 'percentage-points') : null,
    question: finding.question,
    of: finding.of,
    verdict: finding.verdict,
  };
}

/** Every finding that the list leaves out, so that none is lost; those of five to nine cases apart, without a number. */
function restTables(rest: readonly UnsizedWorkaround[], isSampled: boolean): readonly Table[] {
  const pattern = { key: 'of', title: 'Pattern', type: 'text', forMachines: true } as const;
  const sign = { key: 'sign', title: 'Sign', type: 'text' } as const;
  const large = rest.filter(({ cases }) => cases !== null);
  const small = rest.filter(({ cases }) => cases === null);
  const tables: readonly Table[] = [
    {
      id: 'rest',
      title: 'The rest: beyond the twenty with most cases',
      folded: true,
      columns: [
        pattern,
        sign,
        { key: 'title', title: 'What was found', type: 'text' },
        { key: 'cases', title: 'Cases', type: 'count' },
        { key: 'share', title: 'Share of cases', type: 'share', forMachines: true },
        { key: 'question', title: 'What would confirm it', type: 'text' },
      ],
      rows: large.map(({ of, sign, title, cases, share, question }) => ({
        of,
        sign,
        title,
        cases,
        share,
        question,
      })),
      notes: ['None of these is sized or held against the outcome.'],
    },
    {
      id: 'small',
      title: isSampled
        ? 'Signs in five to nine of the cases looked at each, without their number'
        : 'Signs in five to nine cases each, without their number',
      folded: true,
      columns: [pattern, sign, { key: 'title', title: 'Where', type: 'text' }],
      rows: small.map(({ of, sign, title }) => ({ of, sign, title })),
      notes: [
        'Of so few cases only the steps are told. Ask those who do this work whether they know of such cases.',
      ],
    },
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

/** What may be a workaround, with what it goes with, what it looks like and what to ask. */
export function workaroundsResult(
  workspace: FindWorkspace,
  { findings, rest, alerts, sample }: ReviewedWorkarounds,
  reviews: readonly PatternReview[],
  cases: number,
  measure: OutcomeMeasure | null,
  queries: readonly QueryRecord[],
): Result {
  const base = { id: 'workarounds', question, method, queries } as const;
  if (cases < 30)
    return makeResult(workspace, {
      ...base,
      status: 'cannot-tell',
      answer: 'Cannot tell: fewer than 30 cases have steps, too few to say what is usual.',
      next: ['Add an extract that covers more cases.'],
    });
  const [first] = findings.filter(({ dismissed }) => !dismissed);
  const drawn = sampleWords(sample);
  const looked =
    'We looked for the unusual; habits need a comparison or the word of someone who does the work.';
  return makeResult(workspace, {
    ...base,
    status: 'caution',
    answer: first
      ? countedFirst(findings.length, 'possible workaround', first.title)
      : 'Nothing unusual stands out among comparable cases.',
    tables: [
      ...(findings.length > 0
        ? [
            {
              id: 'workarounds',
              title: 'Possible workarounds, in the order to look into them',
              asList: {
                heading: 'title',
                above: 'sign',
                cards: {
                  open: 3,
                  numbers: [['cases'], ['hours'], ['pounds'], ['difference']],
                  words: ['looksLike', 'question'],
                  line: ['pounds', 'hours', 'cases'],
                },
              },
              columns: [
                { key: 'id', title: 'Finding', type: 'text', forMachines: true } as const,
                { key: 'review', title: 'Review', type: 'text', forMachines: true } as const,
                { key: 'key', title: 'Key', type: 'text', forMachines: true } as const,
                { key: 'of', title: 'Pattern', type: 'text', forMachines: true } as const,
                { key: 'sign', title: 'Sign', type: 'text' } as const,
                { key: 'title', title: 'What was found', type: 'text' } as const,
                { key: 'looksLike', title: 'Often a sign of', type: 'text' } as const,
                ...(drawn === null
                  ? [{ key: 'cases', title: 'Cases', type: 'count' } as const]
                  : [
                      {
                        key: 'cases',
                        intervalIn: 'casesInterval',
                        title: 'Cases, about',
                        type: 'count',
                      } as const,
                      {
                        key: 'casesInterval',
                        title: `95% interval of the cases, from ${drawn}`,
                        type: 'text',
                      } as const,
                    ]),
                { key: 'share', title: 'Share of cases', type: 'share' } as const,
                {
                  key: 'hours',
                  intervalIn: 'hoursInterval',
                  title: 'Hours beyond comparable cases',
                  type: 'hours',
                } as const,
                { key: 'hoursInterval', title: '95% interval of the hours', type: 'text' } as const,
                { key: 'pounds', title: 'Staff cost beyond comparable cases', type: 'pounds' } as const,
                { key: 'days', title: 'Days beyond comparable cases', type: 'count' } as const,
                {
                  key: 'difference',
                  intervalIn: 'interval',
                  title: measure ? `Difference in missing "${measure.title}"` : 'Difference in outcome',
                  type: 'percentage-points',
                } as const,
                { key: 'interval', title: '95% interval of the difference', type: 'text' } as const,
                { key: 'verdict', title: 'Said by those who do the work', type: 'text' } as const,
                { key: 'question', title: 'What would confirm it', type: 'text' } as const,
              ],
              rows: findings.map(rowOf),
            },
          ]
        : []),
      ...restTables(rest, drawn !== null),
      ...reviewsTable(
        reviews.filter(({ pattern }) => ofCatalogue(pattern)),
        (pattern) => (ofCatalogue(pattern) ? patterns[pattern].sign : pattern),
      ),
      {
        id: 'alerts',
        title: 'How often each pattern raised an alert',
        folded: true,
        columns: [
          { key: 'pattern', title: 'Pattern', type: 'text' } as const,
          { key: 'raised', title: 'Alerts', type: 'count' } as const,
          { key: 'kept', title: 'Alerts left when chance is taken out', type: 'count' } as const,
        ],
        rows: alerts.map(({ pattern, raised, kept }) => ({ pattern: patterns[pattern].sign, raised, kept })),
        notes: [
          'An alert is not a finding: a finding gathers alerts of at least five cases and three people.',
        ],
      },
    ],
    caveats: [
      ...(drawn === null
        ? []
        : [
            `The log is large, so signs were looked for in ${drawn}: ${formatValue(sample.cases, 'count')} of ${countOf(sample.of, 'case')}. Cases, hours, days and costs of findings are scaled up to all cases, and the intervals include the drawing; the number of alerts is of the cases looked at. A sign in fewer than about ${formatValue(Math.ceil(5 * scaleOf(sample)), 'count')} cases is likely to be missed, and cases that may be one, kept below a limit, are not looked for.`,
          ]),
      looked,
      'A possible workaround may be a legitimate exception or a fault of the data: only those who do the work can say. No person is ever named.',
      ...(rest.length > 0
        ? [
            `${findings.length === 0 ? 'No finding is of enough cases to be sized' : `The ${countOf(findings.length, 'finding')} with most cases above ${findings.length === 1 ? 'is' : 'are'} sized`}; ${formatValue(rest.length, 'count')}${findings.length === 0 ? '' : ' more'} ${rest.length === 1 ? 'stands' : 'stand'} below, those of fewer than ${leastCases} cases${drawn === null ? '' : ' seen'} without a number.`,
          ]
        : []),
    ],
    next: [first?.question ?? 'Ask those who do the work what they do that the system does not show.'],
  });
}
