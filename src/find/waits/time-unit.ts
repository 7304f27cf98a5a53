/** The unit in which a log's waits are told. */
export interface TimeUnit {
  readonly type: 'days' | 'hours';
  readonly word: string;
  readonly micros: number;
}

const hour = 3_600_000_000;

/** Days where the waits come to a hundred or more, else hours. */
export function timeUnitFor(waitedMicros: number): TimeUnit {
  return waitedMicros >= 100 * 24 * hour
    ? { type: 'days', word: 'days', micros: 24 * hour }
    : { type: 'hours', word: 'hours', micros: hour };
}
