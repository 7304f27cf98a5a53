import { durationInWords, leastCases, type QueryRecord, type Result } from '../../../core/index.ts';
import { identifier, type Row, runStep, sql } from '../../../stores/index.ts';
import type { Workspace } from '../../workspace.ts';
import type { CheckedData } from '../checked-data.ts';
import type { DataShape } from '../data-shape.ts';
import { listOf } from '../fragments.ts';
import { column, figure, makeResult } from '../make-result.ts';
import { cannotTell } from './cannot-tell.ts';

interface Gap extends Row {
  readonly cases: number;
  readonly median: number | null;
  readonly p90: number | null;
}

/** What the person sees of a case against what happens behind: how long until work begins, and until they are told. */
export async function frontAndBackResult(
  workspace: Workspace,
  data: CheckedData,
  shape: DataShape,
): Promise<Result> {
  const question = 'Do the dates that people see match what happens behind the scenes?';
  const known = new Set(shape.steps.map(({ step }) => step));
  const front = (data.charter?.steps?.front ?? []).filter((step) => known.has(step));
  if (front.length === 0 || shape.filled.at === 0)
    return cannotTell(
      workspace,
      'front-and-back',
      question,
      'the steps that the person sees, named in the charter (steps, front), and events with their times',
    );
  const queries: QueryRecord[] = [];
  const { dialect } = data.warehouse;
  const at = identifier('at');
  const seen = sql`step in ${listOf(front)}`;
  const gap = (from: string, to: string, name: string, purpose: string) =>
    runStep<Gap>(
      data.warehouse,
      {
        name,
        purpose,
        sql: sql`select count(*) as cases, ${dialect.quantile(sql`days`, 0.5)} as median, ${dialect.quantile(sql`days`, 0.9)} as p90
from (select ${dialect.secondsBetween(sql`${identifier(from)}`, sql`${identifier(to)}`)} / 86400.0 as days from (
  select case_id, min(case when ${seen} then ${at} end) as first_seen, max(case when ${seen} then ${at} end) as last_seen,
    min(case when ${seen} then null else ${at} end) as first_behind, max(case when ${seen} then null else ${at} end) as last_behind
  from events where ${at} is not null group by case_id) as sides) as gaps where days >= 0`,
      },
      queries,
    ).then(([row]) => row ?? { cases: 0, median: null, p90: null });
  const begin = await gap(
    'first_seen',
    'first_behind',
    'until_work_begins',
    'Days from the first step that the person sees to the first behind the scenes.',
  );
  const told = await gap(
    'last_behind',
    'last_seen',
    'until_people_are_told',
    'Days from the last step behind the scenes to the last that the person sees.',
  );
  const after = await gap(
    'last_seen',
    'last_behind',
    'work_after_the_last_word',
    'Cases in which work goes on after the last step that the person sees.',
  );
  const rows = [
    { what: 'From what the person does to the first work on it', ...begin },
    { what: 'From the last work to the person being told', ...told },
    { what: 'Work after the last the person hears', ...after },
  ].filter(({ cases }) => cases >= leastCases);
  const share = after.cases / Math.max(1, shape.casesWithEvents);
  const days = (value: number | null) =>
    value === null ? 'an unknown time' : durationInWords(value * 86_400);
  const enough = begin.cases >= leastCases || told.cases >= leastCases;
  return makeResult(workspace, {
    id: 'front-and-back',
    question,
    answer: !enough
      ? `Cannot tell: fewer than ${leastCases} cases have steps on both sides.`
      : `In the middle case work begins ${days(begin.median)} after the person has done their part, ${
          after.cases > told.cases
            ? `and goes on for ${days(after.median)} after the last they hear.`
            : `and they hear ${days(told.median)} after the last work on it.`
        }`,
    status: enough ? (share >= 0.1 ? 'caution' : 'sound') : 'cannot-tell',
    figures: [
      figure(
        'until-work',
        'Median days until work begins',
        begin.cases >= leastCases ? begin.median : null,
        'days',
      ),
      figure(
        'until-told',
        'Median days until people are told',
        told.cases >= leastCases ? told.median : null,
        'days',
      ),
      figure(
        'after',
        'Cases with work after the last the person hears',
        after.cases >= leastCases ? share : null,
        'share',
      ),
    ],
    tables:
      rows.length > 0
        ? [
            {
              id: 'gaps',
              title: 'Between what the person sees and what happens behind the scenes',
              columns: [
                column('what', 'Between'),
                column('cases', 'Cases', 'count'),
                column('median', 'Median days', 'days'),
                column('p90', 'One in ten takes longer than, days', 'days'),
              ],
              rows,
            },
          ]
        : [],
    caveats:
      share >= 0.1
        ? [
            'In many cases work goes on after the last the person hears: a date of decision as people see it is earlier than the end of the work.',
          ]
        : [],
    next: [],
    method: 'First and last times of the steps that the charter says the person sees, against all others',
    parameters: { leastCases },
    queries,
  });
}
