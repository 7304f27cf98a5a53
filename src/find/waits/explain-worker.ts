import { type Batches, batchesOf, type WorkerRows } from './batches.ts';
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

/** Explains the waits before the work of one worker, under each of several longest pauses in a batch. */
export interface WorkerExplainer {
  /** The batches under the first pause. */
  readonly batches: Batches;
  /** Adds to `claims` what each cause claims of the wait before a row, under the pause of that place. */
  readonly explain: (pause: number, row: number, claims: Claims) => void;
  /** Whether another pause than the first can change anything for a row: not where it is in no batch under either. */
  readonly differs: (pause: number, row: number) => boolean;
}

/** Prepares the work of one worker for explaining the waits before it; pauses in microseconds. */
export function workerExplainer(
  rows: WorkerRows,
  facts: WorkerFacts,
  pauses: readonly [number, ...number[]],
): WorkerExplainer {
  const line = lineUp(rows, facts.isWork);
  const batches = batchesOf(rows, pauses[0]);
  const byPause = [batches, ...pauses.slice(1).map((pause) => batchesOf(rows, pause))];
  const isAlone = (pause: number, row: number) => byPause[pause]?.batch[row] === 0;
  return {
    batches,
    differs: (pause, row) => facts.isOnePerson && !(isAlone(0, row) && isAlone(pause, row)),
    explain: (pause, row, claims) => {
      const own = byPause[pause];
      if (!own) return;
      const from = rows.enabled[row] as number;
      const to = rows.started[row] as number;
      const other = facts.waitsOn(row);
      if (other !== null) return claims.add(other, from, to);
      if (!facts.isOnePerson) return claims.add('unknown_worker', from, to);
      if (own.batch[row] !== 0) claims.add('batching', from, own.ready[row] as number);
      queueBefore(
        rows,
        line,
        own,
        row,
        (begin, end) => claims.add('contention', begin, end),
        (begin, end) => claims.add('prioritisation', begin, end),
      );
      const off = facts.offDuty(row);
      if (off) offDutyWithin(off, from, to, (begin, end) => claims.add('unavailability', begin, end));
    },
  };
}
