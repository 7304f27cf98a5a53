import { identifier, sql } from '../../../stores/index.ts';
import type { RowDetector } from '../detector.ts';
import { hit, listOf } from '../fragments.ts';

const leastSeconds = 3600;

/** A case's clock that starts again when the case is transferred. */
export const clockReset: RowDetector = {
  kind: 'rows',
  id: 'clock-reset',
  title: 'The clock starts again when a case is moved',
  rule: 'Cases whose recorded opening is more than an hour later than their first event, or that begin again in another system more than an hour after they began.',
  distorts: 'Age and time taken are understated, and a target on time looks better met than it is.',
  remedy: 'Count age from the first event. Report the days understated beside the target.',
  touches: ['age', 'waits'],
  level: 'alarm',
  counts: 'cases',
  needs: (shape) =>
    shape.events > 0 && (shape.filledCases.opened > 0 || shape.systems >= 2)
      ? null
      : 'events, with the date each case was opened or the system of each step',
  hits: ({ warehouse: { dialect } }, shape) => {
    const at = identifier('at');
    const system = identifier('system');
    const opening = sql`select ${hit({
      pattern: sql`'opened after the first event'`,
      step: sql`first_step`,
      extent: sql`late`,
    })} from (select case_id, first_step, ${dialect.secondsBetween(sql`first_at`, sql`opened`)} as late from cases) as openings
  where late > ${leastSeconds}`;
    const apart = dialect.secondsBetween(sql`c.first_at`, sql`e.${at}`);
    const again = sql`select ${hit({
      case: sql`case_id`,
      pattern: sql`'began again in another system'`,
      step: sql`step`,
      extent: sql`max(late)`,
    })} from (select e.case_id, e.step, ${apart} as late
    from events as e join cases as c on c.case_id = e.case_id
    join events as f on f.case_id = e.case_id and f.position = 1
    where e.step in ${listOf(shape.usualStarts)} and e.step = c.first_step and e.position > 1 and e.${system} <> f.${system}) as restarts
  where late > ${leastSeconds} group by case_id, step`;
    if (shape.filledCases.opened === 0) return again;
    if (shape.systems < 2) return opening;
    return sql`${opening} union all select again.* from (${again}) as again
where case_id not in (select case_id from (${opening}) as opened_late)`;
  },
};
