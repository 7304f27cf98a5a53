import { drawsFor, type Interval } from '../../core/index.ts';
import {
  type BunchingBins,
  type BunchingFit,
  bunchingFit,
  percentileInterval,
  twoSidedStudent,
} from '../../stats/index.ts';
import { type NotTestable, notTestable, type Tested, tested } from './screen.ts';

/** Durations counted in bins of one width, one of them centred on the target. */
export interface DurationBins extends Omit<BunchingBins, 'degree' | 'scale'> {
  readonly degree?: number | undefined;
  readonly scale?: number | undefined;
  readonly seed?: number | undefined;
  readonly replicates?: number | undefined;
}

/** The excess at a target by one degree of the polynomial. */
export interface ExcessByDegree {
  readonly degree: number;
  readonly excess: number;
  readonly relative: number;
  readonly fitAtTarget: number;
}

/** The bunching test. */
export interface Bunching extends Tested {
  readonly test: 'T3';
  readonly excess: number;
  readonly relative: number;
  readonly interval: Interval;
  readonly byDegree: readonly ExcessByDegree[];
  /** Bins to the right of the target within which as many are missing as are too many; null where never. */
  readonly missingWithin: number | null;
  /** Share of all in the last bin before the target, and the mean share of the two bins before that. */
  readonly lastBefore: { readonly share: number; readonly neighbours: number } | null;
}

const otherDegrees = [3, 5, 7];

/** Interval of the excess by resampling the residuals outside the window. */
function excessInterval(bins: BunchingBins, fit: BunchingFit, seed: number, replicates: number): Interval {
  const draw = drawsFor(seed, 'bunching residuals');
  const residuals = fit.outside.map((i) => (bins.counts[i] ?? 0) - (fit.fitted[i] ?? 0));
  const n = residuals.length;
  const draws = Array.from({ length: replicates }, (_, r) =>
    fit.weights.reduce(
      (excess, weight, j) => excess - weight * (residuals[Math.floor(draw(r, j) * n)] ?? 0),
      fit.excess,
    ),
  );
  return {
    ...percentileInterval(draws),
    level: 0.95,
    method: 'Residual bootstrap (Chetty and others, 2011)',
    meaning: 'How far the excess moves with the scatter of the bins beside the window.',
  };
}

/** How far right the window must reach until the cases missing there make up the excess. */
function missingMassReach(bins: BunchingBins): number | null {
  const most = bins.counts.length - 1 - bins.target - (bins.degree + 2);
  for (let above = Math.max(1, bins.above); above <= most; above++) {
    const fit = bunchingFit({ ...bins, above });
    if (!fit) return null;
    if (fit.excess <= 0) return above;
  }
  return null;
}

/**
 * T3: whether more cases end at a target than a smooth curve through the other durations foretells. The p-value
 * is that of a level of its own for the window (Student's t). Bins in order, of one width; a window declared in
 * advance.
 */
export function bunching(given: DurationBins): Bunching | NotTestable {
  const { degree = 7, seed = 20_260_401, replicates = 1000 } = given;
  const { counts, target, below, above } = given;
  const scale = given.scale ?? Math.max(target, counts.length - 1 - target, 1);
  const bins: BunchingBins = { ...given, degree, scale };
  const fit = bunchingFit(bins);
  if (!fit || fit.outside.length < 2 * (degree + 1))
    return notTestable('T3', `fewer than ${2 * (degree + 1)} bins lie outside the window`);
  const n = counts.reduce((sum, count) => sum + count, 0);
  const windowBins = below + above + 1;
  const leverage = fit.weights.reduce((sum, weight) => sum + weight ** 2, 0);
  const t = fit.excess / (fit.spread * Math.sqrt(windowBins + leverage));
  const byDegree = [...new Set([...otherDegrees, degree])]
    .sort((a, b) => a - b)
    .flatMap((other) => {
      const own = bunchingFit({ ...bins, degree: other });
      if (!own) return [];
      const { excess, relative, fitAtTarget } = own;
      return [{ degree: other, excess, relative, fitAtTarget }];
    });
  const [last, before, earlier] = [target - 1, target - 2, target - 3].map((i) => counts[i]);
  return tested({
    test: 'T3' as const,
    n,
    p: fit.spread > 0 ? twoSidedStudent(t, fit.df) : fit.excess > 0 ? 0 : 1,
    leans: fit.excess > 0,
    words: {
      pattern: 'cases ended in time for the target',
      also: ['rounding', 'a legal or clinical step at that time', 'genuine effort', 'mix'],
      tellApart:
        'look at what became of the cases that ended at the target, and at the same durations before the target was set',
    },
    excess: fit.excess,
    relative: fit.relative,
    interval: excessInterval(bins, fit, seed, replicates),
    byDegree,
    missingWithin: fit.excess > 0 ? missingMassReach(bins) : null,
    lastBefore:
      last === undefined || before === undefined || earlier === undefined
        ? null
        : { share: last / n, neighbours: (before + earlier) / (2 * n) },
  });
}
