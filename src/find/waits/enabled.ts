import type { ConcurrentSteps } from './concurrency.ts';

/** Instances of steps, column by column: in order of case, finish and place in the source. Times in microseconds. */
export interface InstanceRows {
  readonly cases: Float64Array;
  readonly steps: Float64Array;
  /** NaN where the start is not known. */
  readonly started: Float64Array;
  readonly finished: Float64Array;
}

/** When each instance could begin, and what let it begin. */
export interface Enabling {
  /** The finish of the source; the first start of the case where nothing came before. */
  readonly enabled: Float64Array;
  /** The row of the source, or -1: the first of a case, which waits for nothing. */
  readonly source: Int32Array;
  /** Instants that end exactly when their predecessor ends, and so fall back to an earlier one. */
  fallenBack: number;
}

/** The last row at or before `to` whose finish is at most `limit`, searched between two rows. */
function lastUntil(finished: Float64Array, from: number, to: number, limit: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((finished[middle] as number) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function enableCase(
  rows: InstanceRows,
  from: number,
  to: number,
  concurrent: ConcurrentSteps,
  out: Enabling,
): void {
  const { steps, started, finished } = rows;
  let first = Number.POSITIVE_INFINITY;
  for (let i = from; i < to; i++) {
    const begun = started[i] as number;
    first = Math.min(first, Number.isNaN(begun) ? (finished[i] as number) : begun);
  }
  for (let i = from; i < to; i++) {
    const begun = started[i] as number;
    const end = finished[i] as number;
    let p = Number.isNaN(begun) ? i - 1 : lastUntil(finished, from, to, begun);
    const tied = p;
    while (p >= from && (finished[p] as number) >= end) p--;
    if (begun === end && tied > p + 1) out.fallenBack += 1;
    while (p >= from && concurrent.has(steps[p] as number, steps[i] as number)) p--;
    out.source[i] = p >= from ? p : -1;
    out.enabled[i] = p >= from ? (finished[p] as number) : first;
  }
}

/**
 * Finds for each instance the latest that finished before it finished and by the time it started, and whose step is
 * not worked side by side with it (Lashkevich and others, 2023). Where a start is not known, whatever finished
 * before the instance did may have enabled it (Chapela-Campa and Dumas, 2022). Ties go to the latest in the source.
 */
export function enableInstances(rows: InstanceRows, concurrent: ConcurrentSteps): Enabling {
  const size = rows.cases.length;
  const out = { enabled: new Float64Array(size), source: new Int32Array(size), fallenBack: 0 };
  let from = 0;
  for (let i = 1; i <= size; i++) {
    if (i < size && rows.cases[i] === rows.cases[from]) continue;
    enableCase(rows, from, i, concurrent, out);
    from = i;
  }
  return out;
}
