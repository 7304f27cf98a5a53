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

/** What a series that does not change does by chance, at this length and with this many series alike. */
interface ByChance {
  /** The distance that the latest reach at the asked rate. */
  readonly limit: number;
  /** The ratio of the largest to the smallest dispersion that alike series reach in one of twenty. */
  readonly ratio: number;
}

const kept = new Map<string, ByChance>();

const mean = (values: readonly number[]) =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

/** Simulates alike series of this length that do not change, the spread of which they tell together. */
function byChance(
  request: Omit<LatestShiftRequest, 'changes' | 'chance'>,
  n: number,
  alike: number,
): ByChance {
  const { latest, usual, lag, rate, seed, draws } = request;
  const key = [n, alike, latest, usual, lag, rate, seed, draws].join(' ');
  const found = kept.get(key);
  if (found) return found;
  const distances: number[] = [];
  const ratios: number[] = [];
  // Each series of a replication is a draw: they differ in all but the spread they tell together.
  for (let replication = 0; replication * alike < draws; replication++) {
    const uniform = uniformStream(seed, 'latest shift', replication);
    const series = Array.from({ length: alike }, () => {
      const levels = Array.from({ length: n + lag }, () => standardNormal(uniform) / Math.SQRT2);
      return Array.from({ length: n }, (_, t) => (levels[t + lag] ?? 0) - (levels[t] ?? 0));
    });
    const spreads = series.map((z) => deviation(z, n - latest));
    const unit = mean(spreads) / Math.sqrt(latest);
    for (const z of series)
      distances.push(Math.abs(mean(z.slice(n - latest)) - mean(z.slice(0, usual))) / unit);
    ratios.push(Math.max(...spreads) / Math.min(...spreads));
  }
  const simulated = { limit: quantile(distances, 1 - rate), ratio: quantile(ratios, 0.95) };
  kept.set(key, simulated);
  return simulated;
}

function weighted(changes: readonly number[], chance: readonly number[], n: number): number {
  const precision = chance.slice(0, n).reduce((sum, variance) => sum + 1 / variance, 0);
  return changes.slice(0, n).reduce((sum, change, t) => sum + change / (chance[t] ?? 1), 0) / precision;
}

/** How far one series varies, in standard deviations of chance; null where nothing says. */
function dispersionOf({ changes, chance, latest }: LatestShiftRequest): number | null {
  const before = changes.length - latest;
  if (before < 4 || chance.some((variance) => !(variance > 0))) return null;
  const level = weighted(changes, chance, before);
  const z = changes.map((change, t) => (change - level) / Math.sqrt(chance[t] ?? 1));
  const found = deviation(z, before);
  return found > 0 ? found : null;
}

/**
 * Whether the latest changes of each series together leave what is usual. The spread is chance times what moving
 * ranges of the earlier changes show (Laney, 2002); series of one length whose spreads differ by no more than alike
 * ones would tell it together. The limit is set by simulation so that a series that does not change is said to stand
 * out at `rate`: it allows for a centre and a spread that are themselves estimated, and for changes that share a
 * period (our own calibration). The latest stand out where they lie further than limit × dispersion × their standard
 * deviation by chance from the centre. Null where the earlier changes do not vary, or are fewer than four.
 */
export function latestShifts(series: readonly LatestShiftRequest[]): readonly (LatestShift | null)[] {
  const own = series.map(dispersionOf);
  const sizeOf = ({ changes, usual }: LatestShiftRequest) => `${changes.length} ${usual}`;
  return series.map((request, i) => {
    const dispersion = own[i] ?? null;
    if (dispersion === null) return null;
    const { changes, chance, usual } = request;
    const alike = series.flatMap((other, j) => (sizeOf(other) === sizeOf(request) ? (own[j] ?? []) : []));
    const together = byChance(request, changes.length, alike.length);
    const isAlike = Math.max(...alike) / Math.min(...alike) <= together.ratio;
    const centre = usual === 0 ? 0 : weighted(changes, chance, usual);
    return isAlike
      ? { centre, dispersion: mean(alike), limit: together.limit }
      : { centre, dispersion, limit: byChance(request, changes.length, 1).limit };
  });
}
