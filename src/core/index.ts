/** The parts that every other folder is built on: results, errors, periods, random numbers, provenance. */
export { addWorkingDays, bankHolidays, type Calendar, isWorkingDay, workingDaysBetween } from './calendar.ts';
export { canonicalJson, saidOnly } from './canonical-json.ts';
export { completeResult, leastCases, type ResultParts } from './complete-result.ts';
export { type ErrorCode, errorCatalogue, isErrorCode } from './errors/catalogue.ts';
export { meaningInWords, remedyInWords } from './errors/code-in-words.ts';
export type { ErrorEntry } from './errors/error-entry.ts';
export { notWritten, refusalInWords, writing } from './errors/not-written.ts';
export { type ErrorDetails, type Place, WellspentError, WellspentFaults } from './errors/wellspent-error.ts';
export {
  countOf,
  durationInWords,
  formatFigure,
  formatInterval,
  formatValue,
  formatWithUnit,
  listInWords,
  overInWords,
  withinInWords,
} from './format.ts';
export { normalQuantileFor, quantileRanks, wilson } from './interval.ts';
export { isRunning } from './is-running.ts';
export { overPeriod } from './over-period.ts';
export {
  addDays,
  dateLabel,
  type Grain,
  nextPeriod,
  periodLabel,
  periodStart,
  periodsBetween,
  periodsInYear,
} from './period.ts';
export { processSpace, startOfMachine, startOfProcess } from './process-identity.ts';
export { codeVersion, provenance, sha256Hex } from './provenance.ts';
export { type DrawKey, drawsFor, nameKey, philox, poissonOne, uniformPair, type Words } from './random.ts';
export type * from './result.ts';
export { type CellPlace, cellId, findCell, type TableCell, tableCell } from './table-cell.ts';
export { temporaryFolder } from './temporary-folder.ts';
export { allOf, anyOf, negate, type Truth } from './truth.ts';
