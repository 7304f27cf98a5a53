import { identifier, sql } from '../../../stores/index.ts';
import type { RowDetector } from '../detector.ts';
import { hit } from '../fragments.ts';

const withinSeconds = 600;

/** One piece of work entered in two systems. */
export const doubleKeying: RowDetector = {
  kind: 'rows',
  id: 'double-keying',
  title: 'The same work entered in two systems',
  rule: 'The same step of the same case in two different systems within 10 minutes. The later row is counted.',
  distorts: 'Steps and hours are counted twice, and entering again looks like rework.',
  remedy:
    'Count it as one step and one lot of hours; ask what it would take not to enter it twice, since that time is a cost.',
  touches: ['volume', 'repeats', 'effort'],
  level: 'alarm',
  counts: 'rows',
  needs: (shape) => (shape.systems >= 2 ? null : 'the system of each step, from at least two systems'),
  hits: ({ warehouse: { dialect } }) => {
    const at = identifier('at');
    const system = identifier('system');
    const near = sql`${at} is not null and ${system} is not null
    and (next_wait <= ${withinSeconds} or ${dialect.secondsBetween(sql`prev_at`, sql`${at}`)} <= ${withinSeconds})`;
    return sql`select ${hit({
      seq: sql`later_seq`,
      pattern: sql`'two systems'`,
      step: sql`step`,
      team: sql`team`,
      extent: sql`apart`,
      subject: dialect.toText(sql`earlier_seq`),
    })}
from (select later.case_id, later.seq as later_seq, later.step, later.team, earlier.seq as earlier_seq,
    ${dialect.secondsBetween(sql`earlier.${at}`, sql`later.${at}`)} as apart,
    row_number() over (partition by later.case_id, later.seq order by earlier.${at} desc, earlier.seq desc) as nearest
  from (select case_id, seq, step, team, ${system}, ${at} from events where ${near}) as later
  join (select case_id, seq, step, ${system}, ${at} from events where ${near}) as earlier
    on later.case_id = earlier.case_id and later.step = earlier.step and later.${system} <> earlier.${system}
    and (earlier.${at} < later.${at} or (earlier.${at} = later.${at} and earlier.seq < later.seq))) as pairs
where nearest = 1 and apart <= ${withinSeconds}`;
  },
};
