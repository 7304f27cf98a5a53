import { canonicalTables, identifier, joinSql, sql } from '../../../stores/index.ts';
import { eventAttributes, eventIdColumn } from '../columns.ts';
import type { RowDetector } from '../detector.ts';
import { hit } from '../fragments.ts';

const derived = [
  'seq',
  'logged',
  'source',
  'position',
  'prev_step',
  'prev_at',
  'prev_team',
  'next_step',
  'next_at',
  'next_wait',
  'enabled',
];

/** The same event delivered more than once: rows that differ at most in when they were logged. */
export const duplicates: RowDetector = {
  kind: 'rows',
  id: 'duplicates',
  title: 'The same event more than once',
  rule: 'Rows that are equal in every column, or differ only in when they were logged. All but the latest are counted.',
  distorts: 'Counts of steps and hours of work are too high, and repeats are seen where none were.',
  remedy:
    'Ask the source whether it can deliver a row twice. If so, declare which column names an event and keep its latest row.',
  touches: ['volume', 'repeats', 'effort'],
  level: 'alarm',
  counts: 'rows',
  needs: (shape) => (shape.filled.at > 0 ? null : 'events with their times'),
  hits: (_data, shape) => {
    const at = identifier('at');
    const id = eventIdColumn(shape);
    const own = canonicalTables.events.map(({ name }) => name).filter((name) => !derived.includes(name));
    const key = [...own, ...eventAttributes(shape)].map((name) => identifier(name));
    const columns = joinSql(key, ', ');
    // Equal rows have equal times, so only rows that share theirs with a neighbour are compared.
    return sql`select ${hit({
      seq: sql`seq`,
      pattern: id === null ? sql`'equal in every column'` : sql`'same event id'`,
      step: sql`step`,
      team: sql`team`,
    })}
from (select case_id, seq, step, team, row_number() over (partition by ${columns} order by logged desc nulls last, seq desc) as copy
  from events where ${at} is not null and (prev_at = ${at} or next_at = ${at})) as tied where copy > 1`;
  },
};
