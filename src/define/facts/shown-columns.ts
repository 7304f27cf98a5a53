import type { ColumnSpec } from '../../stores/index.ts';
import type { Facts } from './case-facts.ts';

const helpers: ReadonlySet<string> = new Set([
  ...['variant', 'first_at', 'last_at', 'first_step', 'last_step', 'events', 'duration_days'],
]);

/** The columns of `case_facts` that a reader is shown of a case: its own and its clocks', without what only helps to count. */
export function shownColumns({ columns }: Pick<Facts, 'columns'>): readonly ColumnSpec[] {
  return columns.filter(({ name }) => !helpers.has(name) && !/_wall$|^steps_\d+_/.test(name));
}
