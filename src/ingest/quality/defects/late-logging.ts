import { identifier, sql } from '../../../stores/index.ts';
import type { RowDetector } from '../detector.ts';
import { hit } from '../fragments.ts';

const leastSeconds = 86_400;
/** Clocks of two systems may differ by this much without meaning anything. */
const toleranceSeconds = 1;

/** Work written down long after it happened, or before. */
export const lateLogging: RowDetector = {
  kind: 'rows',
  id: 'late-logging',
  title: 'Work written down late, or beforehand',
  rule: 'Rows logged more than a day after they finished, or before they finished.',
  distorts: 'The latest days look emptier than they were, and times typed in from memory are guesses.',
  remedy:
    'Leave the last days out of trends until they have filled up. That work is written down late is itself worth asking about.',
  touches: ['trend', 'time-of-day'],
  level: 'alarm',
  counts: 'rows',
  needs: (shape) => (shape.filled.logged > 0 ? null : 'when each row was logged'),
  hits: ({ warehouse: { dialect } }) => {
    const lag = dialect.secondsBetween(sql`${identifier('at')}`, sql`logged`);
    return sql`select ${hit({
      seq: sql`seq`,
      pattern: sql`case when lag > 0 then 'logged late' else 'logged beforehand' end`,
      step: sql`step`,
      team: sql`team`,
      extent: sql`lag`,
    })} from (select case_id, seq, step, team, ${lag} as lag from events where logged is not null and ${identifier('at')} is not null) as lags
where lag > ${leastSeconds} or lag < ${-toleranceSeconds}`;
  },
};
