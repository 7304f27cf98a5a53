import { drawsFor } from '../../core/index.ts';
import { quantile, standardNormal } from '../../stats/index.ts';
import type { EffortLevels } from './effort-levels.ts';
import type { EffortGroup } from './effort-return.ts';

/** Efforts between which the best lies; null where no bound is known. */
export interface EffortRange {
  readonly low: number | null;
  readonly high: number | null;
}

/** Each side may miss in 2.5 of 100 samples. */
const each = 0.975;

/**
 * The efforts that are not shown to be too little or too much. Since no further minute saves more than the one
 * before, the best lies above an effort if the mean saving a minute from it to any greater one is more than a minute
 * costs, and below it if that from any smaller one is less. An effort is left out where the greatest of these
 * studentised differences passes what chance alone would reach in 97.5 of 100 draws (max-t; Westfall and Young,
 * 1993). Bounds are efforts that were tried, so that nothing is read between two of them.
 */
export function effortRange(given: {
  readonly groups: readonly EffortGroup[];
  readonly levels: EffortLevels;
  readonly costPerMinute: number;
  readonly seed: number;
  readonly replicates: number;
}): EffortRange {
  const { groups, levels, costPerMinute, seed, replicates } = given;
  const { minutes, savingsOf } = levels;
  const slope = (savings: readonly number[], from: number, to: number) =>
    ((savings[to] ?? 0) - (savings[from] ?? 0)) / ((minutes[to] ?? 0) - (minutes[from] ?? 0));
  const found = savingsOf(groups.map(({ saving }) => saving));
  const shares = groups.map((_, i) => savingsOf(groups.map((__, k) => Number(k === i))));
  const errorOf = (from: number, to: number) =>
    Math.hypot(...groups.map(({ standardError }, i) => standardError * slope(shares[i] ?? [], from, to)));
  const noise = Array.from({ length: replicates }, (_, r) => {
    const draw = drawsFor(seed, 'range of effort', r);
    let item = 0;
    return savingsOf(groups.map(({ standardError }) => standardError * standardNormal(() => draw(item++))));
  });
  /** True where the greatest difference over some pairs, the way `sign` says, is beyond chance. */
  const isBeyond = (pairs: readonly (readonly [number, number])[], sign: 1 | -1): boolean => {
    const errors = pairs.map(([from, to]) => errorOf(from, to));
    const over = pairs.map(([from, to]) => sign * (slope(found, from, to) - costPerMinute));
    if (errors.some((error) => error === 0)) return over.some((difference) => difference > 0);
    const greatest = noise.map((drawn) =>
      Math.max(...pairs.map(([from, to], p) => slope(drawn, from, to) / (errors[p] ?? 1))),
    );
    const limit = quantile(greatest, each);
    return over.some((difference, p) => difference / (errors[p] ?? 1) > limit);
  };
  const places = minutes.map((_, i) => i);
  const isTooLittle = (at: number) =>
    at < minutes.length - 1 &&
    isBeyond(
      places.slice(at + 1).map((to) => [at, to] as const),
      1,
    );
  const isTooMuch = (at: number) =>
    at > 0 &&
    isBeyond(
      places.slice(0, at).map((from) => [from, at] as const),
      -1,
    );
  const firstOpen = places.find((at) => !isTooLittle(at)) ?? 0;
  const lastOpen = places.findLast((at) => !isTooMuch(at)) ?? minutes.length - 1;
  return {
    low: firstOpen === 0 ? null : (minutes[firstOpen - 1] ?? null),
    high: lastOpen === minutes.length - 1 ? null : (minutes[lastOpen + 1] ?? null),
  };
}
