import { shownColumns } from '../../define/index.ts';
import {
  canonicalTables,
  type FigureRows,
  identifier,
  leftOutRows,
  type RowClass,
  type RowTrail,
  type Sql,
  sql,
  usedRows,
} from '../../stores/index.ts';
import { happenedBy } from '../queries/work-steps.ts';
import type { Tracing } from './tracing.ts';

const at = sql`${identifier('at')}`;

/** One trail, as the rows of a figure. */
export const only = (trail: RowTrail): FigureRows => ({ trails: [trail] });

/** Why no row stands behind a figure. */
export const noRows = (why: string): FigureRows => ({ noRows: why });

type Own = Pick<RowTrail, 'gives'> & Partial<Pick<RowTrail, 'from' | 'title' | 'value'>>;

/** True of a case with a step of the work that has a time. */
export const hasSteps = sql`case_id in (select case_id from work_steps where position = 1)`;

/** Every case, in classes. */
export function casesTrail({ facts }: Tracing, classes: readonly RowClass[], own: Own): RowTrail {
  return {
    id: 'cases',
    title: 'Cases',
    table: 'cases',
    from: sql`${identifier(facts.table)}`,
    columns: shownColumns(facts),
    order: [sql`case_id`],
    classes,
    ...own,
  };
}

/** Cases that a query names, among all cases with steps. */
export function affectedTrail(
  tracing: Tracing,
  affected: Sql,
  own: Partial<Pick<RowTrail, 'gives'>> & { readonly named: string },
): RowTrail {
  return casesTrail(
    tracing,
    [
      usedRows('these', own.named, sql`case_id in (${affected})`),
      leftOutRows('others', 'Other cases with steps', hasSteps),
      leftOutRows('no-steps', 'Without a step that has a time', null),
    ],
    { gives: own.gives === undefined ? { kind: 'count', of: ['these'] } : own.gives },
  );
}

/** A trail that counts, as one that gives the share of those rows among all that have what is counted. */
export function shareOf(trail: RowTrail): RowTrail {
  if (trail.gives?.kind !== 'count') return trail;
  const part = trail.gives.of;
  const apart = new Set(['no-steps', 'not-finished', 'not-served']);
  return {
    ...trail,
    classes: trail.classes.map((one) => (apart.has(one.id) ? one : { ...one, used: true })),
    gives: { kind: 'share', part, of: trail.classes.flatMap(({ id }) => (apart.has(id) ? [] : [id])) },
  };
}

/** Events without the person who did them: rows tell of the work, never of who works how. */
const shownEvents = canonicalTables.events.filter(({ name }) =>
  [
    'case_id',
    'seq',
    'step',
    'at',
    'started',
    'finished',
    'team',
    'system',
    'channel',
    'kind',
    'minutes',
  ].includes(name),
);

/** Events that cannot have happened when the last file was brought in, as a class of rows. */
export function laterRows({ workspace: { knownUntil = null } }: Tracing): readonly RowClass[] {
  if (knownUntil === null) return [];
  const later = sql`${at} is not null and not ${happenedBy(knownUntil)}`;
  return [leftOutRows('later', 'Dated after the day the last file was brought in', later)];
}

/** Every event, those that are no work with a time left out first; `more` adds columns that the classes ask about. */
export function eventsTrail(
  tracing: Tracing,
  classes: readonly RowClass[],
  own: Omit<Own, 'from'>,
  more: Sql = sql``,
): RowTrail {
  const rows = tracing.isAllWork
    ? sql`select e.*, case when ${at} is not null then position end as work_position,
  case when ${at} is not null then next_step end as work_next, case when ${at} is not null then next_wait end as work_wait from events as e`
    : sql`select e.*, w.position as work_position, w.next_step as work_next, w.next_wait as work_wait
  from events as e left join work_steps as w on w.case_id = e.case_id and w.seq = e.seq`;
  return {
    id: 'events',
    title: 'Events',
    table: 'events',
    from: sql`(select work.*${more} from (${rows}) as work) as event_rows`,
    columns: shownEvents,
    order: [sql`case_id`, sql`seq`],
    classes: [
      leftOutRows('no-time', 'Without a time', sql`${at} is null`),
      ...laterRows(tracing),
      leftOutRows(
        'not-work',
        'A contact or a change of status, and no step of the work',
        sql`work_position is null`,
      ),
      ...classes,
    ],
    ...own,
  };
}
