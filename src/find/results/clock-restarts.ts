import { leastCases, type QueryRecord, type Result, wilson } from '../../core/index.ts';
import type { RestartFacts } from '../findings/clock-restart.ts';
import type { Finding } from '../findings/finding.ts';
import type { FindWorkspace } from '../workspace.ts';
import { makeResult, shareCall } from './make-result.ts';

/** Evidence on clocks that start again: how often, what they take, what goes with them. */
export function clockRestartsResult(
  workspace: FindWorkspace,
  found: readonly { readonly finding: Finding; readonly restart: RestartFacts }[],
  cases: number,
  queries: readonly QueryRecord[],
): Result {
  const [first] = found;
  const question = 'Which clocks start again, in which cases, and what does that hide?';
  const method = 'Restarts counted on finished cases; marks compared between restarted and other cases';
  if (!first) {
    return makeResult(workspace, {
      id: 'clock-restarts',
      question,
      method,
      queries,
      status: cases < leastCases ? 'cannot-tell' : 'sound',
      answer:
        cases < leastCases
          ? `Cannot tell: the log holds fewer than ${leastCases} cases.`
          : 'No clock of the charter starts again in ten finished cases or more.',
    });
  }
  const { restart } = first;
  const figure = (
    id: string,
    name: string,
    value: number | null,
    unit: 'share' | 'days' | 'hours' | 'pounds' | 'count',
  ) => ({
    id,
    name,
    value,
    unit,
    interval: null,
    period: null,
  });
  return makeResult(workspace, {
    id: 'clock-restarts',
    question,
    answer: `${first.finding.title}${restart.before === null ? '' : ` Of these cases ${restart.before}.`}`,
    status: 'caution',
    figures: [
      {
        ...figure('restart-share', 'Cases whose clock started again', restart.share, 'share'),
        interval: wilson(restart.cases, restart.finished),
      },
      figure('effort-share', 'Their share of all minutes of work', restart.minutesShare, 'share'),
      figure(
        'missed-share',
        'Their share of all cases that miss the outcome',
        restart.missedShareOfAll,
        'share',
      ),
      figure(
        'understated-days',
        'Median days by which recorded age is too short',
        restart.understatedMedianDays,
        'days',
      ),
      figure('preceded-share', 'Restarted cases with any of the marks below', restart.precededShare, 'share'),
      figure(
        'others-preceded-share',
        'Other cases with any of the marks below',
        restart.othersPrecededShare,
        'share',
      ),
    ],
    tables: [
      {
        id: 'restarts',
        title: 'Clocks that start again',
        columns: [
          { key: 'clock', title: 'Clock', type: 'text' },
          { key: 'cases', title: 'Cases', type: 'count' },
          { key: 'share', title: 'Share of finished cases', type: 'share' },
          { key: 'effort', title: 'Share of minutes of work', type: 'share' },
          { key: 'missed', title: 'Share of cases that miss the outcome', type: 'share' },
          { key: 'understated', title: 'Recorded age too short by, median days', type: 'days' },
          { key: 'hours', title: 'Hours of work', type: 'hours' },
          { key: 'pounds', title: 'Staff cost', type: 'pounds' },
        ],
        rows: found.map(({ restart: r }) => ({
          clock: r.clock.title,
          cases: r.cases,
          share: r.share,
          effort: r.minutesShare,
          missed: r.missedShareOfAll,
          understated: r.understatedMedianDays,
          hours: r.hours,
          pounds: r.pounds,
        })),
      },
      {
        id: 'goes-with',
        title: 'What goes with starting again',
        columns: [
          { key: 'mark', title: 'Mark', type: 'text' },
          { key: 'restarted', title: 'Of restarted cases', type: 'share' },
          { key: 'others', title: 'Of other cases', type: 'share' },
        ],
        rows: found.flatMap(({ restart: r }) =>
          r.precursors.map(({ label, restarted, others }) => ({ mark: label, restarted, others })),
        ),
        notes: [
          'Marks that at least a tenth more of the restarted cases carry, and twice the share of others. A step is held against other cases that had lasted as many days, since steps gather with time. "Goes with" is not "causes".',
        ],
      },
      {
        id: 'comes-after',
        title: 'What comes after it',
        columns: [
          { key: 'step', title: 'Step or contact', type: 'text' },
          { key: 'what', title: 'What it is', type: 'text' },
          { key: 'cases', title: 'Restarted cases', type: 'count' },
          { key: 'share', title: 'Share of them', type: 'share' },
          { key: 'hours', title: 'Hours of work', type: 'hours' },
          { key: 'pounds', title: 'Staff cost', type: 'pounds' },
        ],
        rows: found.flatMap(({ restart: r }) =>
          r.after.map(({ step, kind, cases: n, minutes, pounds }) => ({
            step,
            what: kind === 'step' ? 'Done before it, and again after it' : 'A contact after it',
            cases: n,
            share: n / r.cases,
            hours: minutes === null ? null : minutes / 60,
            pounds,
          })),
        ),
        notes: [
          'Of finished cases; what fewer than ten of them have is left out, and so are steps that repeat by design.',
        ],
      },
    ],
    caveats: ['Finished cases only: a case still open may yet start again.'],
    recompute: [shareCall(restart.cases, restart.finished)],
    next: [first.finding.question],
    method,
    queries,
    parameters: { leastCases },
  });
}
