import { sql } from '../../../stores/index.ts';
import type { CheckedData } from '../checked-data.ts';
import type { DataShape } from '../data-shape.ts';
import { truncationDays } from '../data-shape.ts';
import type { RowDetector } from '../detector.ts';
import { hit, listOf } from '../fragments.ts';

/** An unusual first step points to a lost beginning when it begins cases this many times as often in the first days. */
const timesAsOften = 3;

/** Steps that begin cases in the extract's first days, and hardly ever later: the true beginning lies before the extract. */
function lostBeginnings({ starts, usualStarts }: DataShape): readonly string[] {
  const early = starts.reduce((sum, start) => sum + start.early, 0);
  const later = starts.reduce((sum, start) => sum + start.later, 0);
  return starts
    .filter((start) => !usualStarts.includes(start.step) && start.early > 0)
    .filter((start) => start.early / Math.max(1, early) >= (timesAsOften * start.later) / Math.max(1, later))
    .map(({ step }) => step);
}

/** Cases that had begun before the extract did. */
export const leftTruncation: RowDetector = {
  kind: 'rows',
  id: 'left-truncation',
  title: 'Cases whose beginning lies before the extract',
  rule: 'Cases in the first 30 days of the extract whose first step is not a usual one, and begins cases in those days at least 3 times as often as later.',
  distorts: 'Their time in the service is too short: waits in the first weeks are understated.',
  remedy:
    'Leave them out of time from start to end, and count them. Or extract by case: every event of each case.',
  touches: ['waits', 'age'],
  level: 'alarm',
  counts: 'cases',
  needs: ({ usualStarts, starts }) =>
    usualStarts.length === 0
      ? 'a usual first step: no step begins half of the cases'
      : starts.some(({ later }) => later > 0)
        ? null
        : 'an extract longer than 30 days',
  hits: ({ warehouse: { dialect } }, shape) => {
    const until = new Date(Date.parse(shape.first ?? '1970-01-01') + truncationDays * 86_400_000);
    return sql`select ${hit({ pattern: sql`'begins late'`, step: sql`first_step` })}
from cases where first_at < ${dialect.timestampValue(until.toISOString())} and first_step in ${listOf(lostBeginnings(shape))}`;
  },
};

/** Steps that the charter says end a case. */
function declaredEnds({ charter }: CheckedData): readonly string[] {
  return (charter?.clocks ?? []).flatMap(({ stop }) => ('step' in stop ? stop.step : []));
}

/** Cases not yet finished when the extract was made. */
export const rightTruncation: RowDetector = {
  kind: 'rows',
  id: 'right-truncation',
  title: 'Cases still open at the end of the extract',
  rule: 'Cases with no closing date, or, where none is given, without any of the last steps that the charter names.',
  distorts: 'Nothing, as long as they are not dropped: dropping them makes recent waits look too good.',
  remedy: 'Keep them as open cases. They are no fault of the data.',
  touches: [],
  level: 'know',
  counts: 'cases',
  needs: (shape, data) =>
    shape.filledCases.closed > 0 || (shape.events > 0 && declaredEnds(data).length > 0)
      ? null
      : 'the date each case was closed, or a clock of the charter that stops at a step',
  hits: (data, shape) =>
    shape.filledCases.closed > 0
      ? sql`select ${hit({ pattern: sql`'open'`, step: sql`last_step` })} from cases where closed is null`
      : sql`select ${hit({ pattern: sql`'open'`, step: sql`last_step` })} from cases
where (last_step is null or last_step not in ${listOf(declaredEnds(data))}) and not exists (select 1 from events where events.case_id = cases.case_id and events.step in ${listOf(declaredEnds(data))})`,
};
