import { sql } from '../../../stores/index.ts';
import type { RowDetector } from '../detector.ts';
import { hit } from '../fragments.ts';
import { isWithdrawn } from '../outcome-words.ts';

/** Cases that end without a decision and may be counted as decided. */
export const withdrawnAsDecided: RowDetector = {
  kind: 'rows',
  id: 'withdrawn',
  title: 'Cases closed without a decision',
  rule: 'Closed cases whose outcome says withdrawn, cancelled, abandoned, lapsed, void or the like.',
  distorts: 'If they count as decisions, output is too high and decisions look faster than they are.',
  remedy: 'Show both counts: cases closed, and cases decided on their substance.',
  touches: ['decisions', 'volume'],
  level: 'know',
  counts: 'cases',
  needs: (shape) =>
    shape.filledCases.outcome === 0
      ? 'the outcome of each case'
      : shape.filledCases.closed === 0
        ? 'the date each case was closed'
        : null,
  hits: () =>
    sql`select ${hit({ pattern: sql`'closed without a decision'` })} from cases where closed is not null and ${isWithdrawn}`,
};
