/** The rows behind any figure of the answers: traced, counted by class and put in words. */
export { countFigureRows, type FigureRowCounts } from './count-rows.ts';
export { rowColumns } from './row-columns.ts';
export { countRowsBehind, type RowsBehind } from './rows-result.ts';
export { type CountedTrail, rowsInWords, sumOf, totalsOf } from './rows-words.ts';
export {
  cellPlaces,
  figureAt,
  findingTables,
  type RowsTracer,
  type TracedVerb,
  tracedVerbs,
  traceRows,
} from './trace-rows.ts';
