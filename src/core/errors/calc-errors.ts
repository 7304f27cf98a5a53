import type { ErrorEntry } from './error-entry.ts';

export const calcErrors = {
  CALC_UNKNOWN_METHOD: {
    meaning: 'There is no statistical method of that name.',
    remedy: 'Run `wellspent calc --list` to see the methods.',
  },
  CALC_INPUT_INVALID: {
    meaning: 'The JSON given to a method does not have the shape its schema asks for.',
    remedy: 'Run `wellspent calc METHOD --schema` to see the shape; every fault is listed.',
  },
  CALC_INPUT_NOT_JSON: {
    meaning: 'The input is not one JSON document.',
    remedy: 'Pass one JSON document on standard input, or with --input FILE.',
  },
  CALC_NOT_FINITE: {
    meaning:
      'With these numbers the method has no answer: a part of it is infinite, or nothing divided by nothing.',
    remedy:
      'Look for a zero, a missing period, or a number far too large or too small, in the input that the message leads to.',
  },
} as const satisfies Record<string, ErrorEntry>;
