import { type DensityJump, densityJump } from '../../stats/index.ts';
import { type NotTestable, notTestable, type PatternWords, type Tested, tested } from './screen.ts';

/** Shares of many units at a threshold. */
export interface ThresholdSample {
  /** One share for each unit and period. */
  readonly shares: readonly number[];
  readonly cut: number;
  /** Half-width of the neighbourhood, declared before the data are seen. */
  readonly bandwidth: number;
  /** Cases behind each share, where known: one case must move a share by less than half a bin. */
  readonly cases?: readonly number[] | undefined;
  /** Width of a bin of the histogram; half a point by default. */
  readonly bin?: number | undefined;
  /** Where the crowding would lie, in words: "above the threshold" by default. */
  readonly side?: string | undefined;
}

/** The density test at the declared bandwidth and at others beside it. */
export interface ThresholdDensity extends Tested {
  readonly test: 'T1';
  /** At the declared bandwidth, at half of it and at one and a half times. */
  readonly jumps: readonly DensityJump[];
  /** True where the bandwidths do not agree on whether chance would do. */
  readonly dependsOnBandwidth: boolean;
}

/** What crowding at a threshold could mean. */
export function crowdingWords(side: string): PatternWords {
  return {
    pattern: `crowding just ${side}`,
    also: [
      'rounding',
      'a legal or clinical step at that level',
      'genuine effort by those close to it',
      'mix',
    ],
    tellApart:
      'compare how recorded times ended near the limit, cases moved or reclassified, and an outcome that the target does not count, for units just above and just below',
  };
}

/**
 * T1: whether the density of unit shares jumps at a threshold (Cattaneo, Jansson and Ma, 2020), at the level at
 * which the target applies. Leans when there is more just above than just below.
 */
export function thresholdDensity(sample: ThresholdSample): ThresholdDensity | NotTestable {
  const { shares, cut, bandwidth, cases, bin = 0.005, side = 'above the threshold' } = sample;
  if (cases?.some((n) => 1 / n >= bin / 2))
    return notTestable(
      'T1',
      `some units have so few cases that one moves the share by half a bin or more (at least ${Math.floor(2 / bin) + 1} are needed)`,
    );
  const jumps = [bandwidth, bandwidth / 2, bandwidth * 1.5].map((h) => densityJump(shares, cut, h));
  const [declared] = jumps;
  if (!declared)
    return notTestable('T1', 'too few different shares lie within the bandwidth of the threshold');
  const found = jumps.filter((jump) => jump !== null);
  const calls = new Set(found.map(({ p, statistic }) => p <= 0.05 && statistic > 0));
  return tested({
    test: 'T1' as const,
    n: shares.length,
    p: declared.p,
    leans: declared.statistic > 0,
    words: crowdingWords(side),
    jumps: found,
    dependsOnBandwidth: calls.size > 1,
  });
}
