import { type WaitCause, waitCauses } from './causes.ts';
import type { CauseDetail } from './shown-causes.ts';

/**
 * Waits by cause, in seconds, as other programs read them. Without working hours `unavailability` is null and
 * `extraneous` holds both; with estimated starts the queues are null too and `batchingAndQueue` holds them.
 */
export interface ReportedWaits {
  readonly total: number;
  readonly batching: number | null;
  readonly prioritisation: number | null;
  readonly contention: number | null;
  readonly unavailability: number | null;
  readonly extraneous: number;
  readonly batchingAndQueue?: number;
  /** Waits before work whose worker is not known, or is several. */
  readonly unknownWorker: number;
}

/** Puts seconds by cause into that shape, as finely as they can be told. */
export function reportedWaits(
  detail: CauseDetail,
  seconds: Readonly<Record<WaitCause, number>>,
  total: number,
): ReportedWaits {
  const { batching, prioritisation, contention, unavailability, extraneous } = seconds;
  const unknownWorker = seconds.unknown_worker;
  if (detail === 'five')
    return { total, batching, prioritisation, contention, unavailability, extraneous, unknownWorker };
  const rest = { unavailability: null, extraneous: unavailability + extraneous, unknownWorker };
  if (detail === 'four') return { total, batching, prioritisation, contention, ...rest };
  return {
    total,
    batching: null,
    prioritisation: null,
    contention: null,
    ...rest,
    batchingAndQueue: batching + prioritisation + contention,
  };
}

/** Microseconds by cause as seconds. */
export function inSeconds(sums: Readonly<Record<WaitCause, number>>): Readonly<Record<WaitCause, number>> {
  return Object.fromEntries(waitCauses.map((cause) => [cause, sums[cause] / 1_000_000])) as Record<
    WaitCause,
    number
  >;
}
