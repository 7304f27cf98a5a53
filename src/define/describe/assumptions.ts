import type { Table } from '../../core/index.ts';
import type { Charter } from '../charter/charter.ts';
import { tableOf } from './table-of.ts';

/** What is not in the data: value, source, owner and review. */
export function assumptionsTable({ assumptions = [] }: Charter, today: string | undefined): readonly Table[] {
  const rows = assumptions.flatMap((assumption) => {
    const values: readonly (readonly [string | null, number | null])[] = assumption.by_period
      ? Object.entries(assumption.by_period).toSorted(([a], [b]) => (a < b ? -1 : 1))
      : [[null, assumption.value ?? null]];
    return values.map(([from, value]) => ({
      statement: assumption.statement,
      value,
      unit: assumption.unit ?? '',
      from,
      source: assumption.source,
      owner: assumption.owner,
      review: assumption.review,
      ...(today === undefined ? {} : { overdue: assumption.review < today }),
    }));
  });
  const overdue: readonly [string, string][] = today === undefined ? [] : [['overdue', 'Review overdue']];
  return tableOf(
    'assumptions',
    'What is assumed',
    [
      ['statement', 'Assumption'],
      ['value', 'Value', 'number'],
      ['unit', 'Unit'],
      ['from', 'Holds from', 'date'],
      ['source', 'Source'],
      ['owner', 'Owner'],
      ['review', 'To be reviewed by', 'date'],
      ...overdue,
    ],
    rows,
  );
}
