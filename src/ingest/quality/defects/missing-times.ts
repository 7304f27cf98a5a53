import { type Sql, sql } from '../../../stores/index.ts';
import type { RowDetector } from '../detector.ts';
import { hit, listOf } from '../fragments.ts';

/** A step is expected to carry a start or a finish when at least this share of its rows does. */
const usualShare = 0.5;

/** Steps that lack a start or a finish which the same step usually has. */
export const missingTimes: RowDetector = {
  kind: 'rows',
  id: 'missing-times',
  title: 'Steps without a start or without a finish',
  rule: 'Rows without a start, or without a finish, of a step where at least half of the rows have one.',
  distorts: 'Time worked on these rows is unknown, so hours are too low and waits may hold work.',
  remedy:
    'Treat a step without finish as open, and one without start as a moment. Ask why the system lets it be left empty.',
  touches: ['effort', 'waits'],
  level: 'alarm',
  counts: 'rows',
  needs: (shape) => (shape.filled.finished + shape.filled.started > 0 ? null : 'events with their times'),
  hits: (_data, { steps }) => {
    const usual = (time: 'started' | 'finished') =>
      listOf(steps.filter((step) => step[time] >= usualShare * step.rows).map(({ step }) => step));
    const unfinished = sql`finished is null and step in ${usual('finished')}`;
    const unstarted = sql`started is null and step in ${usual('started')}`;
    const rows = (condition: Sql) => sql`select ${hit({
      seq: sql`seq`,
      pattern: sql`case when finished is null then 'no finish' else 'no start' end`,
      step: sql`step`,
      team: sql`team`,
    })}
from events where kind = 'step' and ${condition}`;
    // Each on its own: where a time is nowhere missing, the files say so and are not read.
    return sql`${rows(unfinished)} union all ${rows(sql`${unstarted} and not (${unfinished})`)}`;
  },
};
