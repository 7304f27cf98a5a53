import { type Batches, batchesOf, type WorkerRows } from './batches.ts';
import { causeCode } from './causes.ts';
import type { Pieces } from './pieces.ts';
import { wholeWait } from './precedence.ts';
import { lineUp, queueBefore, type WorkerLine } from './queue.ts';
import { type OffDuty, offDutyWithin } from './work-hours.ts';

/** What is known of the pieces of work of one worker beside their times. */
export interface WorkerFacts {
  /** Numbers of the pieces in the warehouse, by row. */
  readonly ids: Float64Array;
  /** Whether the causes of a row's wait are asked for. */
  readonly isAsked: (row: number) => boolean;
  /** Whose wait it is, where not the staff's. */
  readonly waitsOn: (row: number) => 'applicant' | 'third_party' | null;
  /** False where one name stands for nobody or for several at once: then no cause can be told. */
  readonly isOnePerson: boolean;
  /** Rows whose duration is no work of the worker's. */
  readonly isWork: (row: number) => boolean;
  readonly offDuty: (row: number) => OffDuty | null;
  /** Longest pause inside a batch, in microseconds. */
  readonly gap: number;
}

function explainRow(
  rows: WorkerRows,
  facts: WorkerFacts,
  batches: Batches,
  line: WorkerLine,
  row: number,
  pieces: Pieces,
): void {
  const id = facts.ids[row] as number;
  const from = rows.enabled[row] as number;
  const to = rows.started[row] as number;
  if (to <= from) return;
  pieces.add(id, from, to, wholeWait);
  const other = facts.waitsOn(row);
  if (other !== null) {
    pieces.add(id, from, to, causeCode[other]);
    return;
  }
  if (!facts.isOnePerson) {
    pieces.add(id, from, to, causeCode.unknown_worker);
    return;
  }
  if (batches.batch[row] !== 0)
    pieces.add(id, from, Math.min(batches.ready[row] as number, to), causeCode.batching);
  queueBefore(
    rows,
    line,
    batches,
    row,
    (begin, end) => pieces.add(id, begin, end, causeCode.contention),
    (begin, end) => pieces.add(id, begin, end, causeCode.prioritisation),
  );
  const off = facts.offDuty(row);
  if (off) offDutyWithin(off, from, to, (begin, end) => pieces.add(id, begin, end, causeCode.unavailability));
}

/** Gives a function that collects, for the wait before one piece of work of a worker, the stretches that each cause claims. */
export function workerExplainer(rows: WorkerRows, facts: WorkerFacts, pieces: Pieces): (row: number) => void {
  const batches = batchesOf(rows, facts.gap);
  const line = lineUp(rows, facts.isWork);
  return (row) => {
    if (facts.isAsked(row)) explainRow(rows, facts, batches, line, row, pieces);
  };
}
