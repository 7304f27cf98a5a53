import type { ColumnKind, ColumnSpec } from '../../stores/index.ts';
import type { Clock } from '../charter/ways-of-working.ts';
import type { ExpressionSchema, ValueKind } from '../expression/index.ts';

const kinds: Readonly<Record<ColumnKind, ValueKind>> = {
  text: 'text',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  timestamp: 'time',
  date: 'date',
};

/** The start of a clock's columns: its id with underscores for hyphens. */
export function clockPrefix(clock: Pick<Clock, 'id'>): string {
  return clock.id.replaceAll('-', '_');
}

/** The columns that a clock adds to `case_facts`. Days are null while the clock has not stopped. */
export function clockColumns(clock: Pick<Clock, 'id' | 'restart' | 'pause'>): readonly ColumnSpec[] {
  const prefix = clockPrefix(clock);
  return [
    { name: `${prefix}_started`, kind: 'timestamp' },
    { name: `${prefix}_started_wall`, kind: 'timestamp' },
    { name: `${prefix}_stopped`, kind: 'timestamp' },
    { name: `${prefix}_stopped_wall`, kind: 'timestamp' },
    { name: `${prefix}_days`, kind: 'number' },
    ...(clock.restart ? [{ name: `${prefix}_restarts`, kind: 'integer' } as const] : []),
    ...(clock.pause ? [{ name: `${prefix}_paused_days`, kind: 'number' } as const] : []),
  ];
}

/** The columns of `case_facts` that Wellspent works out, besides those of `cases`; `*_wall` is the clock on the wall. */
export function derivedColumns(
  clocks: readonly Pick<Clock, 'id' | 'restart' | 'pause'>[],
): readonly ColumnSpec[] {
  return [
    { name: 'first_at_wall', kind: 'timestamp' },
    { name: 'last_at_wall', kind: 'timestamp' },
    { name: 'duration_days', kind: 'number' },
    ...clocks.flatMap(clockColumns),
    { name: 'ending', kind: 'text' },
  ];
}

/** What expressions may use, given the columns of `cases`. An open schema also lets unknown names pass. */
export function factSchema(
  cases: readonly ColumnSpec[],
  clocks: readonly Pick<Clock, 'id' | 'restart' | 'pause'>[],
  open: boolean,
): ExpressionSchema {
  const columns = new Map<string, ValueKind>();
  for (const column of [...cases, ...derivedColumns(clocks)]) columns.set(column.name, kinds[column.kind]);
  return { columns, open };
}
