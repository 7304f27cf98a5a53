import { dateLabel, type QueryRecord } from '../../../core/index.ts';
import { type Row, runStep, sql } from '../../../stores/index.ts';
import type { CheckedData } from '../checked-data.ts';
import type { StepShape } from '../data-shape.ts';
import type { FoundPattern, PatternDetector } from '../detector.ts';
import { listOf } from '../fragments.ts';

const leastEvents = 200;
const day = 86_400_000;
/** Days within which the new step follows, and that must lie between a change and either end of the extract. */
const withinDays = 31;

interface Neighbours extends Row {
  readonly step: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** The step that most often comes before, and after, each of these steps. */
async function neighboursOf(steps: readonly string[], data: CheckedData, log: QueryRecord[]) {
  const usual = (side: 'prev_step' | 'next_step') => {
    const column = side === 'prev_step' ? sql`prev_step` : sql`next_step`;
    return sql`select step, neighbour from (select step, neighbour, row_number() over (partition by step order by times desc, neighbour) as place
  from (select step, ${column} as neighbour, count(*) as times from events where ${column} is not null and step in ${listOf(steps)} group by step, ${column}) as counted) as ranked where place = 1`;
  };
  const rows = await runStep<Neighbours>(
    data.warehouse,
    {
      name: 'usual_neighbours',
      purpose: 'The steps that usually come before and after a step that ends, and after one that begins.',
      sql: sql`select coalesce(b.step, a.step) as step, b.neighbour as before, a.neighbour as after
from (${usual('prev_step')}) as b full outer join (${usual('next_step')}) as a on a.step = b.step order by 1`,
    },
    log,
  );
  return new Map(rows.map((row) => [row.step, row]));
}

/** Steps that end, each with those that begin soon after. */
function turns(steps: readonly StepShape[], from: number, to: number) {
  const dated = steps
    .filter(({ rows }) => rows > leastEvents)
    .map((step) => ({ ...step, begins: Date.parse(step.first ?? ''), ends: Date.parse(step.last ?? '') }));
  return dated.flatMap((was) =>
    dated
      .filter(({ begins }) => begins > was.ends && begins - was.ends <= withinDays * day)
      .filter(({ begins }) => begins >= from && was.ends <= to)
      .toSorted((a, b) => a.begins - b.begins || (a.step < b.step ? -1 : 1))
      .map((became) => ({ was, became })),
  );
}

/** A step that ends where another begins: one name took the place of another. */
export const stepReplaced: PatternDetector = {
  kind: 'patterns',
  id: 'step-replaced',
  title: 'One step takes the place of another',
  rule: 'A step whose last event comes before the first of another, at most 31 days apart, each with over 200 events and over 31 days from either end of the extract, where the same step usually comes before both, or after both.',
  distorts: 'Routes, waits and counts of these steps before and after the change cannot be compared.',
  remedy:
    'If it is one step under two names, say so in the mapping. If the work changed, mark the date on charts.',
  touches: ['trend', 'order'],
  level: 'alarm',
  needs: (shape) => (shape.filled.at > 0 ? null : 'events with their times'),
  find: async (data, shape, log) => {
    const from = Date.parse(shape.first ?? '') + withinDays * day;
    const to = Date.parse(shape.last ?? '') - withinDays * day;
    const candidates = turns(shape.steps, from, to);
    if (candidates.length === 0) return [];
    const named = candidates.flatMap(({ was, became }) => [was.step, became.step]);
    const neighbours = await neighboursOf([...new Set(named)], data, log);
    const alike = (a: string, b: string) => {
      const [one, other] = [neighbours.get(a), neighbours.get(b)];
      const same = (x?: string | null, y?: string | null) => x !== null && x !== undefined && x === y;
      return same(one?.before, other?.before) || same(one?.after, other?.after);
    };
    const found = candidates.filter(({ was, became }) => alike(was.step, became.step));
    return [...Map.groupBy(found, ({ was }) => was.step).values()].flatMap(([turn]): FoundPattern[] => {
      if (!turn?.became.first) return [];
      const { was, became } = turn;
      const on = turn.became.first.slice(0, 10);
      return [
        {
          says: `"${was.step}" ends and "${became.step}" begins on ${dateLabel(on)}.`,
          step: became.step,
          team: null,
          on,
          hits: was.rows + became.rows,
          facts: { was: was.step, became: became.step },
        },
      ];
    });
  },
};
