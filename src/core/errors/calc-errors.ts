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
} as const satisfies Record<string, ErrorEntry>;
