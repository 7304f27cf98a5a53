import type { ItemState } from './snapshot.ts';

/** What one item adds to a link, as shares of the base value. */
interface ItemLink {
  readonly item: number;
  /** Share of base cost. */
  readonly weight: number;
  readonly volumeRatio: number;
  readonly qualityRatio: number;
  /** weight × (volume ratio − 1). */
  readonly volume: number;
  /** weight × volume ratio × (quality ratio − 1): the interaction goes to quality. */
  readonly quality: number;
  /** Share of the quality weight that is measured on both sides. */
  readonly measured: number;
}

/** Growth from one set of periods to another, at the weights of the earlier. */
export interface Link {
  readonly items: readonly ItemLink[];
  /** Growth of output without and with quality, and of quality: shares. */
  readonly volume: number;
  readonly adjusted: number;
  readonly quality: number;
  /** Share of base cost whose quality is measured; the rest is taken as unchanged. */
  readonly coverage: number;
  /** Items left out, with the reason. */
  readonly leftOut: readonly { readonly item: number; readonly reason: string }[];
}

/** Weighted mean of the ratios of quality levels; a measure that misses a side counts as unchanged. */
export function qualityRatio(
  base: ItemState,
  current: ItemState,
  weights: readonly number[] = base.weights,
): { readonly ratio: number; readonly measured: number } {
  let ratio = 1;
  let measured = 0;
  weights.forEach((weight, k) => {
    const before = base.levels[k] ?? null;
    const after = current.levels[k] ?? null;
    if (weight === 0 || before === null || after === null) return;
    ratio += weight * (after / before - 1);
    measured += weight;
  });
  return { ratio, measured };
}

function reasonToLeaveOut(base: ItemState, current: ItemState): string | null {
  if (base.quantity === null || current.quantity === null) return 'a count is missing';
  if (base.quantity === 0)
    return current.quantity === 0 ? 'nothing was produced' : 'it is new: it enters growth one link later';
  return base.cost === null ? 'its unit cost is not known' : null;
}

/**
 * One Laspeyres link with quality: Σ w·(a1/a0)·(κ1/κ0), κ combined per item before adding up. Items without a
 * whole pair are left out and named. Null when nothing can be compared.
 */
export function linkBetween(base: readonly ItemState[], current: readonly ItemState[]): Link | null {
  const leftOut: { item: number; reason: string }[] = [];
  const pairs = base.flatMap((before, item) => {
    const after = current[item];
    if (!after) return [];
    const reason = reasonToLeaveOut(before, after);
    if (reason !== null) {
      leftOut.push({ item, reason });
      return [];
    }
    const value = (before.cost ?? 0) * (before.quantity ?? 0);
    return [
      { item, value, ratio: (after.quantity ?? 0) / (before.quantity ?? 1), ...qualityOf(before, after) },
    ];
  });
  const total = pairs.reduce((sum, pair) => sum + pair.value, 0);
  if (!(total > 0)) return null;
  const items = pairs.map(({ item, value, ratio, quality, measured }): ItemLink => {
    const weight = value / total;
    return {
      item,
      weight,
      volumeRatio: ratio,
      qualityRatio: quality,
      volume: weight * (ratio - 1),
      quality: weight * ratio * (quality - 1),
      measured,
    };
  });
  const volume = items.reduce((sum, item) => sum + item.volume, 0);
  const adjusted = volume + items.reduce((sum, item) => sum + item.quality, 0);
  return {
    items,
    volume,
    adjusted,
    quality: (1 + adjusted) / (1 + volume) - 1,
    coverage: items.reduce((sum, item) => sum + item.weight * item.measured, 0),
    leftOut,
  };
}

function qualityOf(before: ItemState, after: ItemState) {
  const { ratio, measured } = qualityRatio(before, after);
  return { quality: ratio, measured };
}
