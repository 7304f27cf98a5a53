/** The rows behind a figure: each row of a canonical table in exactly one class, counted, listed and handed out. */
export { type CountedClass, columnsOfRows, countClasses, readRows, streamRows } from './read-rows.ts';
export { readingOf } from './reading.ts';
export type { FigureRows, Gives, RowClass, RowTrail, RowValue } from './row-trail.ts';
