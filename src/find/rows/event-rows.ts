import { leastCases } from '../../core/index.ts';
import {
  type FigureRows,
  identifier,
  joinSql,
  leftOutRows,
  type Row,
  type RowValue,
  type Sql,
  sql,
  usedRows,
} from '../../stores/index.ts';
import { handovers } from '../queries/handovers.ts';
import { reworked } from '../queries/rework.ts';
import { waitSeconds } from '../queries/work-waits.ts';
import { byTotalTime, waitsOn } from '../results/time.ts';
import type { Tracing } from './tracing.ts';
import { casesTrail, eventsTrail, hasSteps, laterRows, only } from './trails.ts';

/** True of an event that goes from one step to another of these. */
const onEdges = (edges: readonly { readonly from: string; readonly to: string }[]): Sql =>
  edges.length === 0
    ? sql`false`
    : sql`(${joinSql(
        edges.map(({ from, to }) => sql`(step = ${from} and work_next = ${to})`),
        ' or ',
      )})`;

/** Days of waiting for the next step as a row has them, elapsed where nothing else is recorded; and the column it needs. */
function waitOfRows(
  { workspace }: Tracing,
  isElapsed: boolean,
): { readonly value: RowValue; readonly starts: Sql } {
  if (isElapsed)
    return { value: { title: 'Days to the next step', sql: sql`work_wait / 86400.0` }, starts: sql`` };
  return {
    value: {
      title: 'Days of waiting for the next step',
      sql: sql`(${waitSeconds(workspace.warehouse, sql`work_wait`)}) / 86400.0`,
    },
    starts: sql`, lead(started) over (partition by case_id, case when work_position is null then 1 else 0 end order by work_position) as next_started`,
  };
}

/** The steps between which time passes, with the days to the next: all, the longest connection, or what waits for the person. */
export async function timeRows(tracing: Tracing, figure: string): Promise<FigureRows> {
  const ranked = byTotalTime((await tracing.waits()).edges);
  const [first] = ranked;
  const isElapsed = figure === 'elapsed-days' || !ranked.some(({ timed }) => timed > 0);
  const { value, starts } = waitOfRows(tracing, isElapsed);
  const last = leftOutRows('last', 'Last of its case: nothing comes after', sql`work_next is null`);
  const of = ['these', 'others'];
  if (figure === 'total-days' || figure === 'elapsed-days')
    return only(
      eventsTrail(
        tracing,
        [last, usedRows('counted', 'Counted', null)],
        {
          gives: { kind: 'sum', of: ['counted'] },
          value,
        },
        starts,
      ),
    );
  const chosen =
    figure === 'largest-share'
      ? first
        ? [first]
        : []
      : ranked.filter((edge) => waitsOn(tracing.workspace, edge) === 'the applicant');
  const named =
    figure === 'largest-share' ? `From "${first?.from}" to "${first?.to}"` : 'Waiting for the applicant';
  return only(
    eventsTrail(
      tracing,
      [last, usedRows('these', named, onEdges(chosen)), usedRows('others', 'On another connection', null)],
      {
        gives: { kind: 'share-of-sum', part: ['these'], of },
        value,
      },
      starts,
    ),
  );
}

/** The events behind why cases wait, and what the work on them costs. */
export async function waitsRows(tracing: Tracing, figure: string): Promise<FigureRows> {
  const { costs, workspace } = tracing;
  if (figure === 'staff-cost') {
    const [given] = await workspace.warehouse.query<Row & { minutes: number | null }>(
      sql`select sum(${costs.minutes}) as minutes from work_steps`,
    );
    if (given?.minutes)
      return only(
        eventsTrail(
          tracing,
          [
            leftOutRows('unpriced', 'Minutes or rate not known', sql`(${costs.pounds}) is null`),
            usedRows('counted', 'Counted', null),
          ],
          { gives: { kind: 'sum', of: ['counted'] }, value: { title: 'Pounds', sql: costs.pounds } },
        ),
      );
  }
  return only({
    ...eventsTrail(tracing, [], { gives: null }),
    classes: [
      leftOutRows(
        'not-work',
        'A contact or a change of status, and no step of the work',
        sql`kind <> 'step'`,
      ),
      ...laterRows(tracing),
      leftOutRows('unfinished', 'Not finished, or without a time of finishing', sql`finished is null`),
      usedRows('no-start', 'Counted: start estimated from what came before', sql`started is null`),
      usedRows('counted', 'Counted: start recorded', null),
    ],
  });
}

/** How often a case has done the step of a row, up to and with it. */
const times = sql`, case when work_position is not null then row_number() over (partition by case_id, step, case when work_position is null then 1 else 0 end order by work_position) end as times`;

/** The cases with a step done again, or the second and later times. */
export async function reworkRows(tracing: Tracing, figure: string): Promise<FigureRows> {
  const byDesign = tracing.workspace.loaded.charter.steps?.legitimate_repeats ?? [];
  if (figure === 'cases-with-rework')
    return only(
      casesTrail(
        tracing,
        [
          usedRows('again', 'With a step done again', sql`case_id in (${reworked(byDesign)})`),
          usedRows('once', 'Every step done once, or again by design', hasSteps),
          leftOutRows('no-steps', 'Without a step that has a time', null),
        ],
        { gives: { kind: 'share', part: ['again'], of: ['again', 'once'] } },
      ),
    );
  const named = (steps: readonly string[]): Sql =>
    steps.length === 0
      ? sql`false`
      : sql`step in (${joinSql(
          steps.map((step) => sql`${step}`),
          ', ',
        )})`;
  const designed = leftOutRows('by-design', 'Done again by design', named(byDesign));
  const first = leftOutRows('first-time', 'First time of the step in its case', sql`times = 1`);
  if (figure === 'repeats')
    return only(
      eventsTrail(
        tracing,
        [first, designed, usedRows('again', 'Second and later times', null)],
        { gives: { kind: 'count', of: ['again'] } },
        times,
      ),
    );
  const counted = (await tracing.repeated())
    .filter(({ step, cases }) => cases >= leastCases && !byDesign.includes(step))
    .map(({ step }) => step);
  return only(
    eventsTrail(
      tracing,
      [
        first,
        designed,
        leftOutRows('few', 'Done again in fewer than ten cases', sql`not ${named(counted)}`),
        leftOutRows('unpriced', 'Minutes or rate not known', sql`(${tracing.costs.pounds}) is null`),
        usedRows('again', 'Second and later times', null),
      ],
      { gives: { kind: 'sum', of: ['again'] }, value: { title: 'Pounds', sql: tracing.costs.pounds } },
      times,
    ),
  );
}

const teamBefore = sql`, lag(team) over (partition by case_id, case when work_position is null then 1 else 0 end order by work_position) as team_before`;

/** The steps with which work passes to another team. */
export async function handoverRows(tracing: Tracing, figure: string): Promise<FigureRows> {
  const pairs = await handovers(tracing.workspace.warehouse, leastCases, []);
  const passed = pairs.map(({ from, to }) => sql`(team_before = ${from} and team = ${to})`);
  return only(
    eventsTrail(
      tracing,
      [
        leftOutRows('no-team', 'Without a team', sql`team is null`),
        leftOutRows(
          'first',
          'First of its case, or after a step without a team',
          sql`work_position = 1 or team_before is null`,
        ),
        leftOutRows('same', 'By the same team as the step before', sql`team = team_before`),
        leftOutRows(
          'few',
          'Between two teams that fewer than ten cases pass between',
          passed.length === 0 ? sql`true` : sql`not (${joinSql(passed, ' or ')})`,
        ),
        usedRows(
          'passed',
          figure === 'returns' ? 'Passed on: some come back to the team they left' : 'Passed on',
          null,
        ),
      ],
      { gives: figure === 'handovers' ? { kind: 'count', of: ['passed'] } : null },
      teamBefore,
    ),
  );
}

/** The minutes of work that cases whose clock started again take, among all of finished cases. */
export function effortRows(tracing: Tracing, isRestarted: Sql, isFinished: Sql): FigureRows {
  const { costs } = tracing;
  const inCases = (where: Sql) => sql`case_id in (select case_id from case_facts where ${where})`;
  const trail = eventsTrail(
    tracing,
    [
      leftOutRows('not-finished', 'Of a case that is not finished', sql`not (${inCases(isFinished)})`),
      leftOutRows('no-minutes', 'Minutes not known', sql`(${costs.minutes}) is null`),
      usedRows('restarted', 'Of a case whose clock started again', inCases(isRestarted)),
      usedRows('others', 'Of another finished case', null),
    ],
    {
      gives: { kind: 'share-of-sum', part: ['restarted'], of: ['restarted', 'others'] },
      value: { title: 'Minutes', sql: costs.minutes },
    },
  );
  // Minutes are added up over every event of a case, whatever its kind.
  const whole = new Set(['no-time', 'not-work']);
  return only({
    ...trail,
    from: sql`${identifier('events')}`,
    classes: trail.classes.filter(({ id }) => !whole.has(id)),
  });
}

/** The steps that one step directly follows, with the days between: one line of where time goes. */
export async function connectionRows(tracing: Tracing, from: string, to: string): Promise<FigureRows> {
  const { edges } = await tracing.waits();
  const { value, starts } = waitOfRows(tracing, !edges.some(({ timed }) => timed > 0));
  return only(
    eventsTrail(
      tracing,
      [
        leftOutRows('last', 'Last of its case: nothing comes after', sql`work_next is null`),
        usedRows('these', `From "${from}" to "${to}"`, onEdges([{ from, to }])),
        leftOutRows('others', 'On another connection', null),
      ],
      {
        gives: { kind: 'sum', of: ['these'] },
        value,
      },
      starts,
    ),
  );
}

/** The second and later times of one step. */
export function repeatsOfStepRows(tracing: Tracing, step: string): FigureRows {
  return only(
    eventsTrail(
      tracing,
      [
        leftOutRows('other-steps', 'Another step', sql`step <> ${step}`),
        leftOutRows('first-time', 'First time of the step in its case', sql`times = 1`),
        usedRows('again', 'Second and later times', null),
      ],
      { gives: { kind: 'count', of: ['again'] } },
      times,
    ),
  );
}

/** The steps with which work passes from one team to another. */
export function passedBetweenRows(tracing: Tracing, from: string, to: string): FigureRows {
  return only(
    eventsTrail(
      tracing,
      [
        usedRows('passed', `Passed from "${from}" to "${to}"`, sql`team_before = ${from} and team = ${to}`),
        leftOutRows('others', 'Not passed on, or between other teams', null),
      ],
      { gives: { kind: 'count', of: ['passed'] } },
      teamBefore,
    ),
  );
}
