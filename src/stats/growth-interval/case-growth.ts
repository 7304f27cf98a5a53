import { drawsFor, nameKey } from '../../core/index.ts';
import { poissonDraw } from '../bootstrap.ts';

/** Cases of one item and period that are alike, or one case of a cluster. */
export interface CaseRow {
  readonly item: string;
  readonly period: 'earlier' | 'later';
  /** The person or household; rows without one are resampled case by case. */
  readonly cluster: string | null;
  /** Level of quality, higher is better, 0 or 1 for a share; null where it is not measured. */
  readonly quality: number | null;
  /** How many cases. */
  readonly n: number;
}

/** Cases of an item and period: how many, how many with quality measured, and the sum of it. */
interface Sums {
  n: number;
  measured: number;
  quality: number;
}

/** Sums by item, earlier then later. */
type Totals = ReadonlyMap<string, readonly [Sums, Sums]>;

function totalsOf(rows: readonly CaseRow[], countOf: (row: CaseRow, i: number) => number): Totals {
  const totals = new Map<string, [Sums, Sums]>();
  const empty = (): Sums => ({ n: 0, measured: 0, quality: 0 });
  rows.forEach((row, i) => {
    const both = totals.get(row.item) ?? [empty(), empty()];
    totals.set(row.item, both);
    const sums = both[row.period === 'earlier' ? 0 : 1];
    const n = countOf(row, i);
    sums.n += n;
    if (row.quality === null) return;
    sums.measured += n;
    sums.quality += n * row.quality;
  });
  return totals;
}

/**
 * ln of Σ c·a0·(a1/a0)·(κ1/κ0) / Σ c·a0: cost-weighted output with quality, Laspeyres. An item without cases in the
 * earlier period is left out; quality counts as unchanged where it is not measured on both sides.
 */
export function logGrowth(totals: Totals, costOf: (item: string) => number): number {
  let [base, current] = [0, 0];
  for (const [item, [before, after]] of totals) {
    if (before.n === 0) continue;
    const cost = costOf(item);
    const isMeasured = before.quality > 0 && after.measured > 0;
    const ratio = isMeasured ? after.quality / after.measured / (before.quality / before.measured) : 1;
    base += cost * before.n;
    current += cost * after.n * ratio;
  }
  return Math.log(current / base);
}

/** The cases as they are. */
export function observedTotals(rows: readonly CaseRow[]): Totals {
  return totalsOf(rows, (row) => row.n);
}

/** Rows without a cluster that are alike, put together: resampling the sum is resampling each. */
export function poolRows(rows: readonly CaseRow[]): readonly CaseRow[] {
  const pooled = new Map<string, CaseRow>();
  for (const row of rows) {
    const key = JSON.stringify([row.cluster, row.item, row.period, row.quality]);
    const earlier = pooled.get(key);
    pooled.set(key, earlier ? { ...row, n: earlier.n + row.n } : row);
  }
  return [...pooled.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

/**
 * One Poisson resample (Hanley and MacGibbon, 2006): each cluster gets one Poisson(1) weight in both periods, and
 * n alike cases of their own get Poisson(n). A pure function of seed, replicate and what is resampled.
 */
export function resampledTotals(rows: readonly CaseRow[], seed: number, replicate: number): Totals {
  const draw = drawsFor(seed, 'bootstrap over cases', replicate);
  const uniforms = (name: string) => {
    const item = nameKey(name);
    let visit = 0;
    return () => {
      visit += 1;
      return draw(item, visit);
    };
  };
  return totalsOf(rows, (row) =>
    row.cluster === null
      ? poissonDraw(row.n, uniforms(`${row.item} ${row.period} ${row.quality}`))
      : row.n * poissonDraw(1, uniforms(`cluster ${row.cluster}`)),
  );
}
