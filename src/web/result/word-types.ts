import type { ColumnType } from '../../core/index.ts';

/** Columns whose cells are words to read, not numbers to line up. */
export const wordTypes: ReadonlySet<ColumnType> = new Set(['text', 'date', 'time', 'period']);
