/** The rows behind a figure: each row of a canonical table in exactly one class, counted, listed and handed out. */
export { type CountedClass, columnsOfRows, countClasses, readRows, streamRows } from './read-rows.ts';
export { readingOf } from './reading.ts';
export {
  type FigureRows,
  type Gives,
  leftOutRows,
  type RowClass,
  type RowTrail,
  type RowValue,
  usedRows,
} from './row-trail.ts';
