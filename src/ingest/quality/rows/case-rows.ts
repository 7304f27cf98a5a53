import type { Result } from '../../../core/index.ts';
import {
  type ColumnSpec,
  type FigureRows,
  identifier,
  leftOutRows,
  type RowClass,
  type RowTrail,
  type Sql,
  sql,
  usedRows,
} from '../../../stores/index.ts';
import { listOf } from '../fragments.ts';
import { caseTimes, needsCaseTimes } from '../reality/case-times.ts';
import type { Checked } from './checked.ts';

const helpers = new Set(['variant', 'first_at', 'last_at', 'first_step', 'last_step', 'events']);
const shown = ({ shape }: Checked): readonly ColumnSpec[] =>
  (shape.columns.cases ?? []).filter(({ name }) => !helpers.has(name) && !name.endsWith('_wall'));

const nothing: FigureRows = { noRows: 'What it needs is missing, so no row was counted.' };

function casesTrail(
  checked: Checked,
  from: Sql,
  classes: readonly RowClass[],
  own: Pick<RowTrail, 'gives'> & Partial<Pick<RowTrail, 'value'>>,
): FigureRows {
  return {
    trails: [
      {
        id: 'cases',
        title: 'Cases',
        table: 'cases',
        from,
        columns: shown(checked),
        order: [sql`case_id`],
        classes,
        ...own,
      },
    ],
  };
}

/** Every case with the instants at which it began and ended, and its age at the last date of the data. */
function timed({ data, shape }: Checked): Sql {
  const { dialect } = data.warehouse;
  const times = caseTimes(data, shape);
  const end = sql`(select max(greatest(coalesce(ended, began), began)) from (${times}) as e)`;
  return sql`(select c.*, t.began as began, t.ended as ended,
  ${dialect.secondsBetween(sql`t.began`, sql`coalesce(t.ended, d.last_day)`)} / 86400.0 as age_days
from cases as c left join (${times}) as t on t.case_id = c.case_id cross join (select ${end} as last_day) as d) as case_rows`;
}

const unbegun = leftOutRows('not-begun', 'Without a date on which it came in', sql`began is null`);

/** Cases that came in, went out or are still open. */
export function conservationRows(checked: Checked, figure: string): FigureRows {
  if (needsCaseTimes(checked.data, checked.shape) !== null) return nothing;
  const from = timed(checked);
  const count = (id: string) => ({ gives: { kind: 'count', of: [id] } }) as const;
  switch (figure) {
    case 'opened':
      return casesTrail(checked, from, [unbegun, usedRows('opened', 'Came in', null)], count('opened'));
    case 'closed':
      return casesTrail(
        checked,
        from,
        [
          usedRows('closed', 'Went out', sql`ended is not null`),
          leftOutRows('open', 'Has not gone out', null),
        ],
        count('closed'),
      );
    case 'open':
      return casesTrail(
        checked,
        from,
        [
          unbegun,
          usedRows('open', 'Came in, and has not gone out', sql`ended is null`),
          leftOutRows('closed', 'Went out', null),
        ],
        count('open'),
      );
    default:
      return casesTrail(
        checked,
        from,
        [
          usedRows(
            'not-begun',
            'Went out without a date on which it came in',
            sql`ended is not null and began is null`,
          ),
          usedRows('backwards', 'Went out before it came in', sql`began > ended`),
          leftOutRows('others', 'Adds up', null),
        ],
        { gives: null },
      );
  }
}

/** Cases whose time in the service is known: what arrivals, time taken and open work are told from. */
export function littlesLawRows(checked: Checked): FigureRows {
  if (needsCaseTimes(checked.data, checked.shape) !== null) return nothing;
  return casesTrail(
    checked,
    timed(checked),
    [
      unbegun,
      leftOutRows('backwards', 'Went out before it came in', sql`ended < began`),
      usedRows('counted', 'Counted in the quarters in which it was there', null),
    ],
    { gives: null },
  );
}

/** Open cases with their age, or closed ones with the time they took. */
export function openWorkRows(checked: Checked, figure: string): FigureRows {
  if (needsCaseTimes(checked.data, checked.shape) !== null) return nothing;
  const isClosed = figure === 'closed-median';
  const backwards = leftOutRows('backwards', 'Went out before it came in', sql`age_days < 0`);
  const rest = isClosed
    ? leftOutRows('open', 'Has not gone out', sql`ended is null`)
    : leftOutRows('closed', 'Went out', sql`ended is not null`);
  const value = { title: isClosed ? 'Days in the service' : 'Age in days', sql: sql`age_days` };
  if (figure === 'over-a-year')
    return casesTrail(
      checked,
      timed(checked),
      [
        unbegun,
        backwards,
        rest,
        usedRows('old', 'Open for a year or more', sql`age_days >= 365`),
        usedRows('counted', 'Open for less', null),
      ],
      { gives: { kind: 'share', part: ['old'], of: ['old', 'counted'] }, value },
    );
  const of = ['counted'];
  return casesTrail(
    checked,
    timed(checked),
    [unbegun, backwards, rest, usedRows('counted', isClosed ? 'Went out' : 'Open', null)],
    {
      value,
      gives:
        figure === 'open'
          ? { kind: 'count', of }
          : { kind: 'quantile', p: figure === 'p90-age' ? 0.9 : 0.5, of },
    },
  );
}

/** Cases in which a clock of the charter starts again, the one that does so in most. */
export function restartRows(checked: Checked, result: Result, figure: string): FigureRows {
  const { data } = checked;
  const sign = String(result.tables.find(({ id }) => id === 'restarts')?.rows[0]?.sign ?? '');
  const clock = data.charter?.clocks?.find(({ title }) => sign === `"${title}" starts again by its rule`);
  if (!clock)
    return {
      noRows:
        sign === ''
          ? 'No clock was seen to start again in ten cases or more.'
          : 'It is seen by opening dates and second systems together; the page of the faults says how many rows each touches.',
    };
  const lost = data.warehouse.dialect.secondsBetween(sql`c.first_at`, sql`e.${identifier('at')}`);
  const from = sql`(select k.*, r.lost / 86400.0 as lost_days from cases as k left join (
  select c.case_id, max(${lost}) as lost from events as e join cases as c on c.case_id = e.case_id
  where e.step in ${listOf(clock.restart ?? [])} and e.${identifier('at')} is not null group by c.case_id) as r on r.case_id = k.case_id) as case_rows`;
  const isShare = figure === 'restart-share';
  return casesTrail(
    checked,
    from,
    [
      usedRows('restarted', 'The clock starts again', sql`lost_days is not null`),
      isShare ? usedRows('others', 'It does not', null) : leftOutRows('others', 'It does not', null),
    ],
    isShare
      ? { gives: { kind: 'share', part: ['restarted'], of: ['restarted', 'others'] } }
      : {
          gives: { kind: 'quantile', p: 0.5, of: ['restarted'] },
          value: { title: 'Days old when it starts again', sql: sql`lost_days` },
        },
  );
}

/** Cases with steps that the person sees and steps behind the scenes, and the days between the two. */
export function frontAndBackRows(checked: Checked, figure: string): FigureRows {
  const { data, shape } = checked;
  const known = new Set(shape.steps.map(({ step }) => step));
  const front = (data.charter?.steps?.front ?? []).filter((step) => known.has(step));
  if (front.length === 0) return { noRows: 'The charter does not say which steps the person sees.' };
  const [a, b] = {
    'until-work': ['first_seen', 'first_behind'],
    'until-told': ['last_behind', 'last_seen'],
    after: ['last_seen', 'last_behind'],
  }[figure] ?? ['last_seen', 'last_behind'];
  const seen = sql`step in ${listOf(front)}`;
  const at = identifier('at');
  const days = data.warehouse.dialect.secondsBetween(
    sql`${identifier(a ?? '')}`,
    sql`${identifier(b ?? '')}`,
  );
  const from = sql`(select k.*, s.case_id is not null as has_events, ${days} / 86400.0 as gap_days from cases as k left join (
  select case_id, min(case when ${seen} then ${at} end) as first_seen, max(case when ${seen} then ${at} end) as last_seen,
    min(case when ${seen} then null else ${at} end) as first_behind, max(case when ${seen} then null else ${at} end) as last_behind
  from events where ${at} is not null group by case_id) as s on s.case_id = k.case_id) as case_rows`;
  const value = { title: 'Days between', sql: sql`gap_days` };
  if (figure === 'after')
    return casesTrail(
      checked,
      from,
      [
        usedRows('after', 'Work goes on after the last that the person hears', sql`gap_days >= 0`),
        usedRows('others', 'It does not, or there are no steps of both kinds', sql`coalesce(events, 0) > 0`),
        leftOutRows('no-events', 'Without an event', null),
      ],
      { gives: { kind: 'share', part: ['after'], of: ['after', 'others'] }, value },
    );
  return casesTrail(
    checked,
    from,
    [
      leftOutRows('no-both', 'Without steps of both kinds', sql`gap_days is null`),
      leftOutRows('before', 'The other way round', sql`gap_days < 0`),
      usedRows('counted', 'Counted', null),
    ],
    { gives: { kind: 'quantile', p: 0.5, of: ['counted'] }, value },
  );
}
