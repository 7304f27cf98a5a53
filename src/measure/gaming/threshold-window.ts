import { type ClusterCounts, clusterSignTest, exactSplitTest, leastSquares } from '../../stats/index.ts';
import { type NotTestable, notTestable, type Tested, tested } from './screen.ts';
import { crowdingWords } from './threshold-density.ts';

/** Shares near a threshold, with the unit that each belongs to where units repeat. */
export interface WindowSample {
  readonly shares: readonly number[];
  readonly units?: readonly string[] | undefined;
  readonly cut: number;
  /** How far each side reaches, declared before the data are seen. */
  readonly width: number;
  /** Where the crowding would lie, in words: "above the threshold" by default. */
  readonly side?: string | undefined;
}

/** Counts each side within one half-width, and the exact test that they are even. */
export interface NestedWindow {
  readonly width: number;
  readonly below: number;
  readonly above: number;
  readonly p: number;
}

/** The window test. */
export interface ThresholdWindow extends Tested {
  readonly test: 'T2';
  readonly below: number;
  readonly above: number;
  readonly exact: number;
  /** Each unit counted once; null where units are not given or do not differ. */
  readonly clustered: { readonly z: number; readonly p: number; readonly clusters: number } | null;
  /** The share that would lie above if the density went on smoothly. */
  readonly smoothShare: number;
  /** Ten nested windows from the smallest with 20 a side to the declared one; all are reported, not the best. */
  readonly windows: readonly NestedWindow[];
  readonly dependsOnWindow: boolean;
}

/** Fewest on each side for the smallest window. */
const fewest = 20;
/** Bins beside the window, each side, from which its smooth split is told. */
const besideBins = 6;
/** Fewest in a bin for it to count there. */
const fewestInBin = 5;

function countsWithin(shares: readonly number[], cut: number, width: number): ClusterCounts {
  // Bounds as they are written, 0.945 and not 0.94499999…, so that a share on a bound is placed as a reader would.
  const [from, to] = [Number((cut - width).toFixed(12)), Number((cut + width).toFixed(12))];
  let [below, above] = [0, 0];
  for (const share of shares) {
    if (share >= from && share < cut) below += 1;
    else if (share >= cut && share < to) above += 1;
  }
  return { below, above };
}

function nestedWindows({ shares, cut, width }: WindowSample): readonly NestedWindow[] {
  const nth = (distances: readonly number[]) => distances.toSorted((a, b) => a - b)[fewest - 1] ?? width;
  const smallest = Math.min(
    width,
    Math.max(
      nth(shares.filter((x) => x < cut).map((x) => cut - x)),
      nth(shares.filter((x) => x >= cut).map((x) => x - cut)) + 1e-9,
    ),
  );
  return Array.from({ length: 10 }, (_, i) => {
    const w = i === 9 ? width : smallest + ((width - smallest) * i) / 9;
    const { below, above } = countsWithin(shares, cut, w);
    return { width: w, below, above, p: exactSplitTest(below, above) };
  });
}

/**
 * Share expected above under a smooth density: a quadratic through the logarithms of counts in six bins each side
 * beyond the window, weighted by the counts, as it is exact for a normal density.
 */
function smoothShareAbove({ shares, cut, width }: WindowSample): number | null {
  const bins = Array.from({ length: 2 * besideBins }, (_, i) =>
    i < besideBins ? i - besideBins - 1 : i - besideBins + 1,
  );
  const beside = bins
    .map((b) => ({
      b,
      count: shares.filter((x) => x >= cut + b * width && x < cut + (b + 1) * width).length,
    }))
    .filter(({ count }) => count >= fewestInBin);
  if (beside.filter(({ b }) => b < 0).length < 2 || beside.filter(({ b }) => b > 0).length < 2) return null;
  const row = (b: number) => [1, b + 0.5, (b + 0.5) ** 2];
  const fit = leastSquares(
    beside.map(({ b }) => row(b)),
    beside.map(({ count }) => Math.log(count)),
    beside.map(({ count }) => count),
  );
  // The odds of lying in bin 0 against bin -1: level and curvature cancel, the slope is left.
  return fit ? 1 / (1 + Math.exp(-(fit.coefficients[1] ?? 0))) : null;
}

function clustersOf({ shares, units = [], cut, width }: WindowSample): readonly ClusterCounts[] {
  const byUnit = new Map<string, number[]>();
  shares.forEach((share, i) => {
    const unit = units[i] ?? String(i);
    byUnit.set(unit, [...(byUnit.get(unit) ?? []), share]);
  });
  return [...byUnit.values()]
    .map((own) => countsWithin(own, cut, width))
    .filter(({ below, above }) => below + above > 0);
}

/**
 * T2: whether as many lie just above a threshold as just below, within a window declared in advance: exact
 * binomial, and a sign test that counts each unit once where units repeat. Its p-value is the larger of two,
 * against an even split and against the split of a smooth density, so that a slope alone is not a pattern
 * (product rule).
 */
export function thresholdWindow(sample: WindowSample): ThresholdWindow | NotTestable {
  const { shares, units, cut, width } = sample;
  const { below, above } = countsWithin(shares, cut, width);
  if (below < fewest || above < fewest)
    return notTestable(
      'T2',
      `fewer than ${fewest} lie on one side of the threshold within the window (${below} below, ${above} above)`,
    );
  const smoothShare = smoothShareAbove(sample);
  if (smoothShare === null)
    return notTestable('T2', 'too little lies beside the window to tell a slope from a step');
  const clusters = units ? clustersOf(sample) : [];
  const test = (p: number) =>
    units ? (clusterSignTest(clusters, p)?.p ?? 1) : exactSplitTest(below, above, p);
  const windows = nestedWindows(sample);
  const evenly = units ? clusterSignTest(clusters) : null;
  return tested({
    test: 'T2' as const,
    n: below + above,
    p: Math.max(test(0.5), test(smoothShare)),
    leans: above / (below + above) > Math.max(0.5, smoothShare),
    words: crowdingWords(sample.side ?? 'above the threshold'),
    below,
    above,
    exact: exactSplitTest(below, above),
    clustered: evenly ? { z: evenly.z, p: evenly.p, clusters: evenly.clusters } : null,
    smoothShare,
    windows,
    dependsOnWindow: new Set(windows.map(({ p }) => p <= 0.05)).size > 1,
  });
}
