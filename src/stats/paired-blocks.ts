import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { drawsFor } from '../core/index.ts';

/** The change between two years as a log ratio, with its standard error from paired blocks of weeks. */
export interface PairedChange {
  /** Growth as a share, (Σ later)/(Σ earlier) − 1. */
  readonly growth: number;
  readonly low: number;
  readonly high: number;
  readonly blocks: number;
  /** Standard error of the log ratio. */
  readonly standardError: number;
}

/** Totals by block in the earlier and the later year. */
export interface PairedBlocks {
  readonly earlier: readonly number[];
  readonly later: readonly number[];
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** What each block adds to the error of ln(Σ later/Σ earlier); null where a total is not positive. */
function influences({ earlier, later }: PairedBlocks): readonly number[] | null {
  const [sum0, sum1] = [total(earlier), total(later)];
  if (!(sum0 > 0) || !(sum1 > 0)) return null;
  return earlier.map((y0, i) => (later[i] ?? 0) / sum1 - y0 / sum0);
}

/**
 * The growth from earlier to later totals, block i of one year paired with the same weeks of the other; with
 * `per`, the growth of their ratio (output per input). The log ratio's standard error is linearised,
 * s² = B/(B − 1)·Σ(y1/Y1 − y0/Y0)², which is the limit of resampling the pairs; the interval uses Student's t
 * with B − 1 degrees of freedom. It allows for weeks that vary more than chance arrivals would. Null under
 * three blocks or where a total is not positive.
 */
export function pairedBlockChange(
  blocks: PairedBlocks,
  per: PairedBlocks | null = null,
  level = 0.95,
): PairedChange | null {
  const n = blocks.earlier.length;
  const own = influences(blocks);
  const other = per ? influences(per) : own?.map(() => 0);
  if (n < 3 || blocks.later.length !== n || !own || !other || other.length !== n) return null;
  const squares = own.reduce((sum, part, i) => sum + (part - (other[i] ?? 0)) ** 2, 0);
  const standardError = Math.sqrt((n / (n - 1)) * squares);
  const ratio = total(blocks.later) / total(blocks.earlier);
  const estimate = Math.log(per ? ratio / (total(per.later) / total(per.earlier)) : ratio);
  const half = tQuantile((1 + level) / 2, n - 1) * standardError;
  return {
    growth: Math.exp(estimate) - 1,
    low: Math.exp(estimate - half) - 1,
    high: Math.exp(estimate + half) - 1,
    blocks: n,
    standardError,
  };
}

/**
 * The level of each of two ranges of which the wider is taken, so that the wider covers at `level`: with both at
 * 95% the wider covers 97% where cases are independent, with both at 94% it covers 96% and, where weeks vary
 * more, no less than 94% (12 or 13 blocks; product rule, checked by simulation in bench).
 */
export function levelOfEach(level: number): number {
  return 1 - 1.2 * (1 - level);
}

/** Errors of the log ratio of paired blocks, replicate by replicate: Student's t at the standard error, for drawing it jointly with other errors. */
export function pairedDraws(
  { standardError, blocks }: Pick<PairedChange, 'standardError' | 'blocks'>,
  seed: number,
  replicates: number,
): readonly number[] {
  return Array.from(
    { length: replicates },
    (_, replicate) => standardError * tQuantile(drawsFor(seed, 'paired weeks', replicate)(0), blocks - 1),
  );
}
