import { identifier, sql } from '../../../stores/index.ts';
import type { RowDetector } from '../detector.ts';
import { hit, listOf } from '../fragments.ts';

/** Different steps of a case stamped with one and the same time. */
export const identicalTimes: RowDetector = {
  kind: 'rows',
  id: 'identical-times',
  title: 'Different steps of a case at exactly the same time',
  rule: 'Two or more different steps of a case with equal start and finish. Steps that carry dates only are left out.',
  distorts:
    'The order of these steps is the order of the file, not of the work: maps, routes and waits between them mean little.',
  remedy: 'Ask whether the system stamps a screen when it is saved. Where you know the true order, say so.',
  touches: ['order', 'waits'],
  level: 'alarm',
  counts: 'cases',
  needs: (shape) => (shape.filled.at > 0 ? null : 'events with their times'),
  hits: (_data, shape) => {
    const at = identifier('at');
    const dated = shape.dayPrecision.length > 0 ? sql` and step not in ${listOf(shape.dayPrecision)}` : sql``;
    return sql`select ${hit({ pattern: sql`'same time'`, step: sql`step` })}
from (select case_id, ${at}, started, min(step) as step from events
  where ${at} is not null and (prev_at = ${at} or next_at = ${at})${dated}
  group by case_id, ${at}, started having count(distinct step) > 1) as tied`;
  },
};
