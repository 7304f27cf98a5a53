import type { ErrorCode } from './catalogue.ts';

/** Where a fault lies: a file, and a line and column counted from 1 as a text editor counts them. */
export interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** What stands at that place, shortened. */
  readonly excerpt?: string;
}

/** What an error says beyond its code and message. */
export interface ErrorDetails {
  readonly where?: Place;
  /** What was there instead. */
  readonly found?: string;
  /** What to try: a line to write or a command to run. */
  readonly hint?: string;
  /** What may be said, where one of several must be: for a face that asks. */
  readonly choices?: readonly string[];
  readonly cause?: unknown;
}

/** The only error the product raises on purpose: a code from the catalogue, a place, what was found and a remedy. */
export class WellspentError extends Error {
  readonly code: ErrorCode;
  readonly where: Place | undefined;
  readonly found: string | undefined;
  readonly hint: string | undefined;
  readonly choices: readonly string[];

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'WellspentError';
    this.code = code;
    this.where = details.where;
    this.found = details.found;
    this.hint = details.hint;
    this.choices = details.choices ?? [];
  }
}

/** Several faults of one file, reported together; `faults` is never empty. */
export class WellspentFaults extends WellspentError {
  readonly faults: readonly WellspentError[];

  constructor(code: ErrorCode, message: string, faults: readonly WellspentError[]) {
    super(code, message);
    this.name = 'WellspentFaults';
    this.faults = faults;
  }
}
