import { type Interval, leastCases, normalQuantileFor, wilson } from '../core/index.ts';
import { cellsIn } from './dataset.ts';
import type { Study } from './study.ts';

/** A measure over some periods and outputs: its value as the charter words it, with n and range. */
export interface Pooled {
  readonly n: number;
  /** Null where fewer than ten cases stand behind it, or none. */
  readonly value: number | null;
  readonly interval: Interval | null;
  readonly isShare: boolean;
}

function meanInterval(mean: number, variance: number, n: number): Interval {
  const half = normalQuantileFor(0.95) * Math.sqrt(variance / n);
  return {
    low: mean - half,
    high: mean + half,
    level: 0.95,
    method: 'normal interval of a mean',
    meaning: 'The range that would hold the true mean in 95 of 100 such periods.',
  };
}

/** The value of a quality measure over some periods, all its outputs together or one. */
export function pooledMeasure(
  study: Pick<Study, 'data'>,
  k: number,
  starts: readonly string[],
  outputs: readonly number[],
): Pooled {
  const wanted = new Set(outputs);
  let n = 0;
  let sum = 0;
  let squares = 0;
  let isCases = false;
  for (const cell of cellsIn(study.data, starts)) {
    const stat = cell.stats[k];
    if (!stat || !wanted.has(cell.output)) continue;
    n += stat.n;
    sum += stat.sum;
    squares += stat.squares;
    if (cell.kind === 'cases') isCases = true;
  }
  const isShare = study.data.isShare[k] ?? false;
  if (n === 0 || ((isShare || isCases) && n < leastCases)) return { n, value: null, interval: null, isShare };
  // A share that a break is joined by may come out above all.
  const value = isShare ? Math.min(1, sum / n) : sum / n;
  if (isShare) return { n, value, interval: wilson(Math.min(sum, n), n), isShare };
  const variance = Math.max(0, squares / n - value * value);
  return { n, value, interval: isCases ? meanInterval(value, variance, n) : null, isShare };
}
