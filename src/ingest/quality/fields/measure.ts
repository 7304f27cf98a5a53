/** One measured property of one field: a numerator over a denominator. */
export interface FieldMeasure {
  readonly dimension: string;
  /** The table, or the file where only the file's reading can tell. */
  readonly table: string;
  readonly field: string;
  /** What is counted, in words. */
  readonly counted: string;
  readonly count: number;
  readonly of: number;
  /** Which figures rest on it. */
  readonly touches: string;
  /** From this share on it is a caution; null where any share may be right. */
  readonly cautionFrom: number | null;
}

/** True when a measure is at or past the share from which it is a caution. */
export function isCaution({ count, of, cautionFrom }: FieldMeasure): boolean {
  return cautionFrom !== null && of > 0 && count / of >= cautionFrom;
}
