import { sql } from '../../../stores/index.ts';
import type { RowDetector } from '../detector.ts';
import { hit, listOf } from '../fragments.ts';

/** Cases whose history was overwritten: only the last state is left. */
export const onlyFinalState: RowDetector = {
  kind: 'rows',
  id: 'only-final-state',
  title: 'Only the last state of a case is left',
  rule: 'Closed cases with a single event (or one delivered twice) that is not a usual first step (one that at least half of all cases begin with, or that the charter names).',
  distorts: 'These cases seem to take no time and no steps, so waits and routes are too good.',
  remedy:
    'Leave them out of flow and count them. Ask whether the history was switched on for this field, and from when.',
  touches: ['waits', 'order', 'repeats'],
  level: 'alarm',
  counts: 'cases',
  needs: (shape) =>
    shape.filledCases.closed === 0
      ? 'the date each case was closed'
      : shape.usualStarts.length === 0
        ? 'a usual first step: no step begins half of the cases'
        : null,
  hits: (_data, shape) => sql`select ${hit({ pattern: sql`'one event'`, step: sql`first_step` })}
from cases where first_at = last_at and first_step = last_step and closed is not null and first_step is not null and first_step not in ${listOf(shape.usualStarts)}`,
};
