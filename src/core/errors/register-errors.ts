import type { ErrorEntry } from './error-entry.ts';

export const registerErrors = {
  NOT_JSON: {
    meaning:
      'Text is not JSON, or a value holds what JSON has no form for: nothing at all, a date, a gap in an array.',
    remedy: 'Hold null, true, false, numbers, text, arrays and plain objects, and nothing else.',
  },
  NOT_FINITE: {
    meaning: 'A number is not finite, or too large for a computer number, so that it has no place in JSON.',
    remedy: 'Leave the number out, or write null and say why.',
  },
  LONE_SURROGATE: {
    meaning: 'Text holds half of a character (a lone surrogate), which UTF-8 cannot write.',
    remedy: 'Write the text again; it was cut in the middle of a character.',
  },
} as const satisfies Record<string, ErrorEntry>;
