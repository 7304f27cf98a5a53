import { batchesOf, type WorkerRows } from './batches.ts';
import type { Claims } from './claims.ts';
import { lineUp, queueBefore } from './queue.ts';
import { type OffDuty, offDutyWithin } from './work-hours.ts';

/** What is known of the pieces of work of one worker beside their times. */
export interface WorkerFacts {
  /** Whose wait it is, where not the staff's. */
  readonly waitsOn: (row: number) => 'applicant' | 'third_party' | null;
  /** False where one name stands for nobody or for several at once: then no cause can be told. */
  readonly isOnePerson: boolean;
  /** False for rows whose duration is no work of the worker's. */
  readonly isWork: (row: number) => boolean;
  readonly offDuty: (row: number) => OffDuty | null;
}

/** Explains the wait before one piece of work: what each cause claims of it goes into `claims`. */
export type ExplainRow = (row: number, claims: Claims) => void;

/** Prepares the work of one worker for explaining the waits before it, once for each longest pause in a batch (microseconds). */
export function workerExplainers(
  rows: WorkerRows,
  facts: WorkerFacts,
  gaps: readonly number[],
): readonly ExplainRow[] {
  const line = lineUp(rows, facts.isWork);
  return gaps.map((gap) => {
    const batches = batchesOf(rows, gap);
    return (row, claims) => {
      const from = rows.enabled[row] as number;
      const to = rows.started[row] as number;
      const other = facts.waitsOn(row);
      if (other !== null) return claims.add(other, from, to);
      if (!facts.isOnePerson) return claims.add('unknown_worker', from, to);
      if (batches.batch[row] !== 0) claims.add('batching', from, batches.ready[row] as number);
      queueBefore(
        rows,
        line,
        batches,
        row,
        (begin, end) => claims.add('contention', begin, end),
        (begin, end) => claims.add('prioritisation', begin, end),
      );
      const off = facts.offDuty(row);
      if (off) offDutyWithin(off, from, to, (begin, end) => claims.add('unavailability', begin, end));
    };
  });
}
