/** The parts that every other folder is built on: results, errors, periods, random numbers, provenance. */
export { type ErrorCode, errorCatalogue, isErrorCode } from './errors/catalogue.ts';
export type { ErrorEntry } from './errors/error-entry.ts';
export { type ErrorDetails, type Place, WellspentError, WellspentFaults } from './errors/wellspent-error.ts';
export * from './random.ts';
export type * from './result.ts';
