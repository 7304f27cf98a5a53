import type { Batches, WorkerRows } from './batches.ts';

/** Takes a stretch of time during which the worker was at other work. */
export type TakeStretch = (from: number, to: number) => void;

/** Work of one worker in order of start, column by column, so that a search back runs along it. */
export interface WorkerLine {
  /** Rows with a length, by their start. An instant may enable; it never holds a worker. */
  readonly order: Int32Array;
  readonly started: Float64Array;
  readonly finished: Float64Array;
  readonly enabled: Float64Array;
  /** The latest finish so far, which tells where a search back can stop. */
  readonly latestFinish: Float64Array;
}

/** Puts the work of one worker in line; `counts` leaves out rows whose duration is no work. */
export function lineUp(rows: WorkerRows, counts: (row: number) => boolean = () => true): WorkerLine {
  const length = (row: number) => (rows.finished[row] as number) - (rows.started[row] as number);
  const order = Int32Array.from(rows.started.keys())
    .filter((row) => length(row) > 0 && counts(row))
    .sort((a, b) => (rows.started[a] as number) - (rows.started[b] as number) || a - b);
  const inLine = (column: Float64Array) => Float64Array.from(order, (row) => column[row] as number);
  const finished = inLine(rows.finished);
  let latest = Number.NEGATIVE_INFINITY;
  return {
    order,
    started: inLine(rows.started),
    finished,
    enabled: inLine(rows.enabled),
    latestFinish: finished.map((finish) => {
      latest = Math.max(latest, finish);
      return latest;
    }),
  };
}

/** How many rows of a line start before a moment. */
function startedBefore({ started }: WorkerLine, moment: number): number {
  let low = 0;
  let high = started.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((started[middle] as number) < moment) low = middle + 1;
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
  const { order, started, finished, enabled, latestFinish } = line;
  const start = rows.started[row] as number;
  const own = rows.enabled[row] as number;
  const batch = batches.batch[row] as number;
  const ready = batch === 0 ? own : Math.min(batches.ready[row] as number, start);
  const earlier = new Joined(contention);
  const later = new Joined(prioritisation);
  for (let i = startedBefore(line, start) - 1; i >= 0; i--) {
    if ((latestFinish[i] as number) <= own) break;
    const isTogether = batch !== 0 && batches.batch[order[i] as number] === batch;
    const since = isTogether ? own : ready;
    const from = Math.max(since, started[i] as number);
    const to = Math.min(start, finished[i] as number);
    if (from >= to) continue;
    if ((enabled[i] as number) <= since) earlier.add(from, to);
    else later.add(from, to);
  }
  earlier.end();
  later.end();
}
