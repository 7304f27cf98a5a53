import type { ErrorEntry } from './error-entry.ts';

export const measureErrors = {
  BENCHMARK_NOT_POSSIBLE: {
    meaning:
      'A series cannot be made to add to these totals: their number or length does not fit the indicator, or the indicator is zero wherever a total is asked for.',
    remedy:
      'Give one total for each run of values of the indicator, from its first value on, or correct by amounts (denton-additive).',
  },
  INDEX_NOT_DEFINED: {
    meaning:
      'An index number cannot be worked out from these prices and quantities: a value is negative, zero where a logarithm or a division needs it, or a base is empty.',
    remedy:
      'Look at the item and period named; give null for what is missing (the pair is then left out whole), or choose a formula that accepts zero, such as laspeyres.',
  },
  MEASURE_DUPLICATE_ROW: {
    meaning:
      'An extract of volumes, quality or inputs has two rows for the same period and name, and no column tells them apart.',
    remedy:
      'Keep one of the two rows in the extract, or add the column that tells them apart; then add the file again.',
  },
  VOLUMES_INVALID: {
    meaning:
      'A quantity or a fixed cost is negative, or a unit cost is zero or negative, in a row that was brought in.',
    remedy: 'Correct the extract and add it again; a unit cost that is not known is left empty, never 0.',
  },
} as const satisfies Record<string, ErrorEntry>;
