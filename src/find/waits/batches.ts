/** Pieces of work of one worker, column by column: in order of step, start, finish and place in the source. */
export interface WorkerRows {
  readonly steps: Float64Array;
  readonly started: Float64Array;
  readonly finished: Float64Array;
  readonly enabled: Float64Array;
}

/** Which batch each piece of work is in, and when its batch was ready. */
export interface Batches {
  /** The number of its batch, from 1; 0 where it is in none. */
  readonly batch: Int32Array;
  /** The latest moment at which a member of its batch could begin. */
  readonly ready: Float64Array;
}

/**
 * Batches of one worker: pieces of the same step that could all begin before the first of them did, each started
 * at most `gap` microseconds after those before it ended (Lashkevich and others, 2023). Two make a batch.
 */
export function batchesOf(rows: WorkerRows, gap = 0): Batches {
  const size = rows.steps.length;
  const batch = new Int32Array(size);
  const ready = new Float64Array(size);
  let from = 0;
  let end = Number.NEGATIVE_INFINITY;
  let latest = Number.NEGATIVE_INFINITY;
  let batches = 0;
  const close = (to: number) => {
    if (to - from < 2) return;
    batches += 1;
    batch.fill(batches, from, to);
    ready.fill(latest, from, to);
  };
  for (let i = 0; i < size; i++) {
    const joins =
      i > from &&
      rows.steps[i] === rows.steps[from] &&
      (rows.enabled[i] as number) <= (rows.started[from] as number) &&
      (rows.started[i] as number) - end <= gap;
    if (!joins) {
      close(i);
      from = i;
      end = Number.NEGATIVE_INFINITY;
      latest = Number.NEGATIVE_INFINITY;
    }
    end = Math.max(end, rows.finished[i] as number);
    latest = Math.max(latest, rows.enabled[i] as number);
  }
  close(size);
  return { batch, ready };
}
