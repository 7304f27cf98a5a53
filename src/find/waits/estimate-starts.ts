import type { Enabling } from './enabled.ts';

/** Pieces of work in any order, column by column: `started` and `minutes` NaN where not known; times in microseconds. */
export interface FinishedRows {
  /** 0 where the worker is not known. */
  readonly workers: Float64Array;
  readonly steps: Float64Array;
  readonly started: Float64Array;
  readonly finished: Float64Array;
  /** Minutes of work that the source records. */
  readonly minutes: Float64Array;
}

/** What is known besides, by row. */
export interface StartFacts {
  readonly enabling: Pick<Enabling, 'enabled'> & { readonly source: ArrayLike<number> };
  /** What `source` holds for the first of a case. */
  readonly noSource: number;
  /** True for steps that take no time and for systems. */
  readonly isInstant: (row: number) => boolean;
  /** When the worker last came on duty before a moment; -Infinity where no hours are known. */
  readonly lastReturn: (row: number, moment: number) => number;
  /** Durations over so many times the step's median are cut to it; 5 by default. */
  readonly mostMedians?: number;
}

const minute = 60_000_000;

/** For each row the latest finish of the same worker strictly before its own; -Infinity where there is none. */
function lastFinishes({ workers, finished }: FinishedRows): Float64Array {
  const order = Int32Array.from(workers.keys()).sort(
    (a, b) =>
      (workers[a] as number) - (workers[b] as number) || (finished[a] as number) - (finished[b] as number),
  );
  const found = new Float64Array(workers.length).fill(Number.NEGATIVE_INFINITY);
  let before = Number.NEGATIVE_INFINITY;
  order.forEach((row, i) => {
    const previous = i === 0 ? undefined : order[i - 1];
    if (previous === undefined || workers[previous] !== workers[row]) before = Number.NEGATIVE_INFINITY;
    else if ((finished[previous] as number) < (finished[row] as number))
      before = finished[previous] as number;
    if (workers[row] !== 0) found[row] = before;
  });
  return found;
}

/** The median duration of each step over the rows that have one (type 7), by step. */
function medianDurations(
  { steps, finished }: FinishedRows,
  started: Float64Array,
): ReadonlyMap<number, number> {
  const order = Int32Array.from(steps.keys())
    .filter((row) => !Number.isNaN(started[row]))
    .sort((a, b) => {
      const length = (row: number) => (finished[row] as number) - (started[row] as number);
      return (steps[a] as number) - (steps[b] as number) || length(a) - length(b);
    });
  const medians = new Map<number, number>();
  const lengthAt = (place: number) => {
    const row = order[place] as number;
    return (finished[row] as number) - (started[row] as number);
  };
  for (let from = 0; from < order.length; ) {
    const step = steps[order[from] as number] as number;
    let to = from + 1;
    while (to < order.length && steps[order[to] as number] === step) to++;
    const middle = from + (to - from - 1) / 2;
    medians.set(step, (lengthAt(Math.floor(middle)) + lengthAt(Math.ceil(middle))) / 2);
    from = to;
  }
  return medians;
}

/**
 * Starts where only finishes are known (Chapela-Campa and Dumas, 2022): the later of when the piece could begin and
 * when its worker was free, after their last finish or their last return to duty. The first step of a case, which
 * nothing enables, takes the step's median. A duration is cut to the minutes of work recorded, else to five times the
 * step's median. Where the worker is not known no wait can be told from work: the piece takes its recorded minutes,
 * else no time. Known starts stay.
 */
export function estimateStarts(rows: FinishedRows, facts: StartFacts): Float64Array {
  const { workers, steps, started, finished, minutes } = rows;
  const { enabling, noSource, mostMedians = 5 } = facts;
  const free = lastFinishes(rows);
  const recorded = (row: number) => (minutes[row] as number) * minute;
  const found = Float64Array.from(started, (known, row) => {
    if (!Number.isNaN(known)) return known;
    const end = finished[row] as number;
    if (facts.isInstant(row)) return end;
    if (workers[row] === 0) return Number.isNaN(minutes[row]) ? end : end - recorded(row);
    if (enabling.source[row] === noSource) return Number.NaN;
    return Math.max(enabling.enabled[row] as number, free[row] as number, facts.lastReturn(row, end));
  });
  const medians = medianDurations(rows, found);
  found.forEach((estimate, row) => {
    if (!Number.isNaN(started[row]) || facts.isInstant(row)) return;
    const end = finished[row] as number;
    const median = medians.get(steps[row] as number) ?? 0;
    const known = !Number.isNaN(minutes[row]);
    const longest = known ? recorded(row) : Number.isNaN(estimate) ? median : mostMedians * median;
    const earliest = end - longest;
    found[row] = Math.round(Number.isNaN(estimate) ? earliest : Math.max(estimate, earliest));
  });
  return found;
}
