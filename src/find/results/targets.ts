import { formatValue, type QueryRecord, type Result, wilson } from '../../core/index.ts';
import type { TargetGap } from '../findings/target-covers-part.ts';
import type { FindWorkspace } from '../workspace.ts';
import { makeResult, shareCall } from './make-result.ts';

/** Targets beside the same measure for everyone. */
export function targetsResult(
  workspace: FindWorkspace,
  gaps: readonly TargetGap[],
  period: string | null,
  queries: readonly QueryRecord[],
): Result {
  const widest = gaps.toSorted(
    (a, b) => b.targetShare - b.everyoneShare - (a.targetShare - a.everyoneShare),
  )[0];
  const question = 'Which targets read better than what people get?';
  const method =
    'The target by its own definition, beside the quality measure that asks the same of everyone';
  if (!widest) {
    return makeResult(workspace, {
      id: 'targets',
      question,
      method,
      queries,
      status: 'cannot-tell',
      answer: 'Cannot tell: no target in the charter is compared with a measure for everyone.',
      next: [
        'Name in the charter, under the target, "compare_with": the quality measure that counts everyone.',
      ],
    });
  }
  const { counts } = widest;
  const met = widest.targetShare >= widest.atLeast ? 'met' : 'missed';
  return makeResult(workspace, {
    id: 'targets',
    question,
    answer: `Over the whole extract${period === null ? '' : ` (${period})`} "${widest.title}" reads ${formatValue(widest.targetShare, 'share')} (${met}); for everyone it is ${formatValue(widest.everyoneShare, 'share')}.`,
    status: 'sound',
    figures: [
      {
        id: 'target-share',
        name: 'As the target counts',
        value: widest.targetShare,
        unit: 'share',
        interval: wilson(counts.met, counts.counted),
        period: null,
      },
      {
        id: 'everyone-share',
        name: 'For everyone',
        value: widest.everyoneShare,
        unit: 'share',
        interval: wilson(counts.good, widest.everyone),
        period: null,
      },
      {
        id: 'covered',
        name: 'Share of cases that the target covers',
        value: widest.covered / widest.everyone,
        unit: 'share',
        interval: null,
        period: null,
      },
    ],
    tables: [
      {
        id: 'targets',
        title: 'Targets beside the same measure for everyone',
        columns: [
          { key: 'target', title: 'Target', type: 'text' },
          { key: 'atLeast', title: 'Should be at least', type: 'share', ofNobody: true },
          { key: 'counted', title: 'As the target counts', type: 'share' },
          { key: 'everyone', title: 'For everyone', type: 'share' },
          { key: 'gap', title: 'Gap', type: 'percentage-points', derivedFrom: ['counted', 'everyone'] },
          { key: 'covered', title: 'Cases it covers', type: 'share' },
        ],
        rows: gaps.map((gap) => ({
          target: gap.title,
          atLeast: gap.atLeast,
          counted: gap.targetShare,
          everyone: gap.everyoneShare,
          gap: gap.targetShare - gap.everyoneShare,
          covered: gap.covered / gap.everyone,
        })),
      },
    ],
    recompute: [shareCall(counts.met, counts.counted), shareCall(counts.good, widest.everyone)],
    caveats: [
      'All periods of the data together: a figure for one year, as on the pages of measure, differs.',
    ],
    next: ['Publish both shares side by side.'],
    method,
    queries,
  });
}
