import type { Batches, WorkerRows } from './batches.ts';

/** Takes a stretch of time during which the worker was at other work. */
export type TakeStretch = (from: number, to: number) => void;

/** Work of one worker in order of start, with the latest finish so far, so that the search back can stop early. */
export interface WorkerLine {
  /** Rows with a length, by their start. An instant may enable; it never holds a worker. */
  readonly order: Int32Array;
  readonly latestFinish: Float64Array;
}

/** Puts the work of one worker in line; `counts` leaves out rows whose duration is no work. */
export function lineUp(rows: WorkerRows, counts: (row: number) => boolean = () => true): WorkerLine {
  const { started, finished } = rows;
  const kept: number[] = [];
  for (let i = 0; i < started.length; i++) {
    if ((finished[i] as number) > (started[i] as number) && counts(i)) kept.push(i);
  }
  const order = Int32Array.from(kept).sort(
    (a, b) => (started[a] as number) - (started[b] as number) || a - b,
  );
  const latestFinish = new Float64Array(order.length);
  let latest = Number.NEGATIVE_INFINITY;
  order.forEach((row, i) => {
    latest = Math.max(latest, finished[row] as number);
    latestFinish[i] = latest;
  });
  return { order, latestFinish };
}

/** How many rows of a line start before a moment. */
function startedBefore(rows: WorkerRows, { order }: WorkerLine, moment: number): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows.started[order[middle] as number] as number) < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Joins stretches that come in falling order of their beginning and touch, so that few are passed on. */
class Joined {
  readonly #take: TakeStretch;
  #from = Number.NaN;
  #to = Number.NaN;

  constructor(take: TakeStretch) {
    this.#take = take;
  }

  add(from: number, to: number): void {
    if (to >= this.#from) {
      this.#from = Math.min(this.#from, from);
      this.#to = Math.max(this.#to, to);
      return;
    }
    this.end();
    this.#from = from;
    this.#to = to;
  }

  end(): void {
    if (!Number.isNaN(this.#from)) this.#take(this.#from, this.#to);
    this.#from = Number.NaN;
    this.#to = Number.NaN;
  }
}

/**
 * What the worker did while a piece of work waited (Lashkevich and others, 2023): other work that could begin no
 * later is *contention*, work that came later and was done first is *prioritisation*. For work outside the piece's
 * own batch the wait counts from when the batch was ready, for work inside it from when the piece itself was.
 */
export function queueBefore(
  rows: WorkerRows,
  line: WorkerLine,
  batches: Batches,
  row: number,
  contention: TakeStretch,
  prioritisation: TakeStretch,
): void {
  const { started, finished, enabled } = rows;
  const start = started[row] as number;
  const own = enabled[row] as number;
  const batch = batches.batch[row] as number;
  const ready = batch === 0 ? own : Math.min(batches.ready[row] as number, start);
  const earlier = new Joined(contention);
  const later = new Joined(prioritisation);
  for (let i = startedBefore(rows, line, start) - 1; i >= 0; i--) {
    if ((line.latestFinish[i] as number) <= own) break;
    const other = line.order[i] as number;
    const since = batch !== 0 && batches.batch[other] === batch ? own : ready;
    const from = Math.max(since, started[other] as number);
    const to = Math.min(start, finished[other] as number);
    if (from >= to) continue;
    if ((enabled[other] as number) <= since) earlier.add(from, to);
    else later.add(from, to);
  }
  earlier.end();
  later.end();
}
