import type { ColumnKind } from '../../stores/index.ts';

/** The SQL type of each kind of column. */
export const typeNames: Readonly<Record<ColumnKind, string>> = {
  text: 'varchar',
  integer: 'bigint',
  number: 'double',
  boolean: 'boolean',
  timestamp: 'timestamp',
  date: 'date',
};
