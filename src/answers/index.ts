/** Every verb's Results for a workspace, worked out once and kept, and the home page's fifteen questions. */
export type { Answers, Question } from './answers.ts';
export { type HeedData, heedData } from './heed-data.ts';
export { answerMonday, type Caution, cautionBeside } from './monday.ts';
export { type PrepareOptions, prepareAnswers } from './prepare.ts';
export {
  type CountedTrail,
  cellPlaces,
  countFigureRows,
  countRowsBehind,
  type FigureRowCounts,
  figureAt,
  findingTables,
  type RowsBehind,
  type RowsTracer,
  rowColumns,
  rowsInWords,
  sumOf,
  type TracedVerb,
  totalsOf,
  tracedVerbs,
  traceRows,
} from './rows/index.ts';
