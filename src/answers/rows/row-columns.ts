import type { Column, ColumnType } from '../../core/index.ts';
import { type ColumnKind, columnsOfRows, type RowTrail } from '../../stores/index.ts';

const types: Readonly<Record<ColumnKind, ColumnType>> = {
  text: 'text',
  integer: 'count',
  number: 'number',
  boolean: 'text',
  timestamp: 'time',
  date: 'date',
};

function titleOf(name: string): string {
  const words = name.replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** The columns of a trail's rows as a table's: named as in the data, with what a row adds to the figure last. */
export function rowColumns(trail: RowTrail): readonly Column[] {
  return columnsOfRows(trail).map(({ name, kind }) => ({
    key: name,
    title: name === 'row_value' ? (trail.value?.title ?? name) : titleOf(name),
    type: types[kind],
  }));
}
