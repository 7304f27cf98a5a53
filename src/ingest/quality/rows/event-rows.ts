import { type Calendar, isWorkingDay } from '../../../core/index.ts';
import {
  canonicalTables,
  type FigureRows,
  identifier,
  joinSql,
  leftOutRows,
  type RowClass,
  type RowTrail,
  sql,
  usedRows,
} from '../../../stores/index.ts';
import { hasHappened } from '../checked-data.ts';
import { pausingSteps } from '../defects/clock-pause.ts';
import { eventsByDay } from '../fields/coverage.ts';
import { listOf } from '../fragments.ts';
import type { Checked } from './checked.ts';

const at = sql`${identifier('at')}`;
const noTime = leftOutRows('no-time', 'Without a time', sql`${at} is null`);

/** Events without the person who did them: rows tell of the work, never of who works how. */
const shown = canonicalTables.events.filter(({ name }) =>
  [
    'case_id',
    'seq',
    'step',
    'at',
    'started',
    'finished',
    'logged',
    'team',
    'system',
    'channel',
    'kind',
  ].includes(name),
);

function eventsTrail(
  classes: readonly RowClass[],
  own: Pick<RowTrail, 'gives'> & Partial<Pick<RowTrail, 'value'>>,
): FigureRows {
  return {
    trails: [
      {
        id: 'events',
        title: 'Events',
        table: 'events',
        from: sql`${identifier('events')}`,
        columns: shown,
        order: [sql`case_id`, sql`seq`],
        classes,
        ...own,
      },
    ],
  };
}

/** How long after the fact events are logged. */
export function loggedRows(figure: string): FigureRows {
  const share = figure === 'logged-early';
  const classes = [
    noTime,
    leftOutRows('not-logged', 'Without a time of logging', sql`logged is null`),
    ...(share ? [usedRows('early', 'Logged before it finished', sql`logged < ${at}`)] : []),
    usedRows('counted', share ? 'Logged when it finished, or after' : 'Counted', null),
  ];
  return eventsTrail(classes, {
    gives: share ? { kind: 'share', part: ['early'], of: ['early', 'counted'] } : null,
  });
}

/** Events by whether they fall on a weekend, or on a working day of England and Wales. */
export async function dayRows({ data }: Checked, figure: string): Promise<FigureRows> {
  const { dialect } = data.warehouse;
  const noDay = [
    leftOutRows('no-time', 'Without a time', sql`at_wall is null`),
    leftOutRows(
      'later',
      'Dated after the day the last file was brought in',
      sql`not ${hasHappened(data, at)}`,
    ),
  ];
  if (figure === 'weekend') {
    const weekday = dialect.daysBetween(
      dialect.periodStart('week', sql`at_wall`),
      dialect.toDate(sql`at_wall`),
    );
    return eventsTrail(
      [
        ...noDay,
        usedRows('weekend', 'On a Saturday or Sunday', sql`${weekday} >= 5`),
        usedRows('weekday', 'On another day', null),
      ],
      { gives: { kind: 'share', part: ['weekend'], of: ['weekend', 'weekday'] } },
    );
  }
  const calendar: Calendar = 'england-and-wales';
  const others = (await eventsByDay(data, [])).flatMap(({ day }) =>
    isWorkingDay(day, calendar) ? [] : [day],
  );
  const listed = joinSql(
    others.map((day) => dialect.dateValue(day)),
    ', ',
  );
  const isOther = others.length === 0 ? sql`false` : sql`${dialect.toDate(sql`at_wall`)} in (${listed})`;
  return eventsTrail(
    [
      ...noDay,
      leftOutRows('other-days', 'On a weekend or a bank holiday', isOther),
      usedRows('counted', 'On a working day', null),
    ],
    { gives: null },
  );
}

/** Waits after steps at which a clock stands still, among all time between events. */
export function pausedRows({ data }: Checked): FigureRows {
  const steps = pausingSteps(data);
  return eventsTrail(
    [
      noTime,
      usedRows(
        'paused',
        'After a step at which the clock stands still',
        steps.length === 0 ? sql`false` : sql`step in ${listOf(steps)}`,
      ),
      usedRows('others', 'After another step', null),
    ],
    {
      gives: { kind: 'share-of-sum', part: ['paused'], of: ['paused', 'others'] },
      value: { title: 'Days to the next event', sql: sql`coalesce(next_wait, 0) / 86400.0` },
    },
  );
}
