import { standardNormal } from '../bootstrap.ts';
import { quantile } from '../quantile.ts';
import { uniformStream } from '../uniform-stream.ts';

/** Changes on the same period a year before, whose latest are asked about together. */
export interface LatestShiftRequest {
  /** In time order, without gaps. */
  readonly changes: readonly number[];
  /** Variance of each change by chance alone: above 0. */
  readonly chance: readonly number[];
  /** How many of the last changes are asked about. */
  readonly latest: number;
  /** How many of the first changes say what change is usual; 0 where no change is. */
  readonly usual: number;
  /** How many periods lie between the two of a change, such as 12 for months on a year before. */
  readonly lag: number;
  /** Chance that the latest are said to stand out, if nothing changed. */
  readonly rate: number;
  readonly seed: number;
  readonly draws: number;
}

/** What change is usual, and how far the latest may lie from it by chance. */
export interface LatestShift {
  /** The usual change: the precision-weighted mean of the first changes, or 0. */
  readonly centre: number;
  /** How far periods vary, in standard deviations of chance: 1 where by chance alone. */
  readonly dispersion: number;
  /** Limits lie this many standard deviations of the latest together from the centre. */
  readonly limit: number;
}

/** The mean moving range of normal numbers over their standard deviation, 2/√π. */
const rangeOverDeviation = 2 / Math.sqrt(Math.PI);

/**
 * Standard deviation from the moving ranges of the changes before the latest, without the largest range: one shift
 * among them then does not widen what is usual.
 */
function deviation(z: readonly number[], before: number): number {
  const ranges = z
    .slice(1, before)
    .map((value, t) => Math.abs(value - (z[t] ?? 0)))
    .sort((a, b) => a - b)
    .slice(0, -1);
  return ranges.reduce((sum, range) => sum + range, 0) / ranges.length / rangeOverDeviation;
}

const kept = new Map<string, number>();

/** The distance that the latest reach by chance at the asked rate, over series of this length that do not change. */
function limitOf({ changes, latest, usual, lag, rate, seed, draws }: LatestShiftRequest): number {
  const n = changes.length;
  const key = [n, latest, usual, lag, rate, seed, draws].join(' ');
  const found = kept.get(key);
  if (found !== undefined) return found;
  const mean = (values: readonly number[]) =>
    values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
  const distances = Array.from({ length: draws }, (_, replication) => {
    const uniform = uniformStream(seed, 'latest shift', replication);
    const levels = Array.from({ length: n + lag }, () => standardNormal(uniform) / Math.SQRT2);
    const z = Array.from({ length: n }, (__, t) => (levels[t + lag] ?? 0) - (levels[t] ?? 0));
    const distance = mean(z.slice(n - latest)) - mean(z.slice(0, usual));
    return Math.abs(distance) / (deviation(z, n - latest) / Math.sqrt(latest));
  });
  const limit = quantile(distances, 1 - rate);
  kept.set(key, limit);
  return limit;
}

/**
 * Whether the latest changes together leave what is usual. The spread is chance times what moving ranges of the
 * earlier changes show (Laney, 2002), the limit is set by simulation so that a series that does not change is said
 * to stand out at `rate`: it allows for a centre and a spread that are themselves estimated, and for changes that
 * share a period (our own calibration). The latest stand out where they lie further than limit × dispersion × their
 * standard deviation by chance from the centre. Null where the earlier changes do not vary, or are fewer than four.
 */
export function latestShift(request: LatestShiftRequest): LatestShift | null {
  const { changes, chance, latest, usual } = request;
  const before = changes.length - latest;
  if (before < 4 || chance.some((variance) => !(variance > 0))) return null;
  const weighted = (n: number) => {
    const precision = chance.slice(0, n).reduce((sum, variance) => sum + 1 / variance, 0);
    return changes.slice(0, n).reduce((sum, change, t) => sum + change / (chance[t] ?? 1), 0) / precision;
  };
  const level = weighted(before);
  const z = changes.map((change, t) => (change - level) / Math.sqrt(chance[t] ?? 1));
  const dispersion = deviation(z, before);
  if (!(dispersion > 0)) return null;
  return { centre: usual === 0 ? 0 : weighted(usual), dispersion, limit: limitOf(request) };
}
