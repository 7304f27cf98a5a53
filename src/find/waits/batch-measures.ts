import type { Batches, WorkerRows } from './batches.ts';

/** Batches of one step and team, all together. Waits in microseconds, summed over pieces. */
export interface BatchSums {
  readonly step: number;
  readonly team: number;
  batches: number;
  pieces: number;
  /** Batches whose pieces start and finish together, overlap, or follow one another. */
  parallel: number;
  concurrent: number;
  sequential: number;
  /** From when a piece could begin to when the last of its batch could. */
  creation: number;
  /** From when the batch was complete to its first start. */
  ready: number;
  /** From the first start of the batch to the piece's own. */
  inside: number;
}

function kindOf(rows: WorkerRows, members: readonly number[]): 'parallel' | 'concurrent' | 'sequential' {
  const [first = 0] = members;
  const together = members.every(
    (row) => rows.started[row] === rows.started[first] && rows.finished[row] === rows.finished[first],
  );
  if (together) return 'parallel';
  let latest = Number.NEGATIVE_INFINITY;
  for (const row of members) {
    if ((rows.started[row] as number) < latest) return 'concurrent';
    latest = Math.max(latest, rows.finished[row] as number);
  }
  return 'sequential';
}

/** Measures of batches beside the causes, added up worker by worker. */
export class BatchMeasures {
  readonly #sums = new Map<string, BatchSums>();

  #of(step: number, team: number): BatchSums {
    const key = `${step} ${team}`;
    const none = {
      batches: 0,
      pieces: 0,
      parallel: 0,
      concurrent: 0,
      sequential: 0,
      creation: 0,
      ready: 0,
      inside: 0,
    };
    const known = this.#sums.get(key) ?? { step, team, ...none };
    this.#sums.set(key, known);
    return known;
  }

  #addBatch(rows: WorkerRows, teams: Float64Array, members: readonly number[], readyAt: number): void {
    const [first = 0] = members;
    const sums = this.#of(rows.steps[first] as number, teams[first] as number);
    const firstStart = rows.started[first] as number;
    sums.batches += 1;
    sums.pieces += members.length;
    sums[kindOf(rows, members)] += 1;
    for (const row of members) {
      sums.creation += readyAt - (rows.enabled[row] as number);
      // A batch may begin before its last member could: then it was never kept waiting as a whole.
      sums.ready += Math.max(0, firstStart - readyAt);
      sums.inside += (rows.started[row] as number) - firstStart;
    }
  }

  /** Adds the batches of one worker; their pieces stand one after another. */
  add(rows: WorkerRows, { batch, ready }: Batches, teams: Float64Array): void {
    for (let from = 0; from < batch.length; ) {
      let to = from + 1;
      while (batch[from] !== 0 && to < batch.length && batch[to] === batch[from]) to++;
      if (batch[from] !== 0) {
        const members = Array.from({ length: to - from }, (_, i) => from + i);
        this.#addBatch(rows, teams, members, ready[from] as number);
      }
      from = to;
    }
  }

  sums(): readonly BatchSums[] {
    return [...this.#sums.values()];
  }
}
