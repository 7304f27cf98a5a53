import { logmean } from './logmean.ts';

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function shares(values: readonly number[]): readonly number[] {
  const sum = total(values);
  return values.map((value) => value / sum);
}

/** Contributions to the growth of one Laspeyres link, share by share: w·(r − 1). They add to the growth exactly. */
export function laspeyresContributions(
  weights: readonly number[],
  relatives: readonly number[],
): readonly number[] {
  return weights.map((weight, i) => weight * ((relatives[i] ?? 1) - 1));
}

/**
 * Contributions of volume and of quality to one Laspeyres link with quality, item by item: w·(r − 1) and
 * w·r·(κ − 1), where κ is the ratio of quality levels. The interaction goes to quality (product rule). They add
 * to Σ w·r·κ − 1 exactly.
 */
export function qualityContributions(
  weights: readonly number[],
  relatives: readonly number[],
  qualityRatios: readonly number[],
): readonly { readonly volume: number; readonly quality: number }[] {
  return weights.map((weight, i) => {
    const r = relatives[i] ?? 1;
    return { volume: weight * (r - 1), quality: weight * r * ((qualityRatios[i] ?? 1) - 1) };
  });
}

/** Contributions to a geometric index: weights in proportion to w/logmean(r, G) (Balk, 2008, section 4.2). */
export function geometricContributions(
  weights: readonly number[],
  relatives: readonly number[],
): readonly number[] {
  const scaled = shares(weights);
  const index = Math.exp(total(relatives.map((r, i) => (scaled[i] ?? 0) * Math.log(r))));
  const arithmetic = shares(relatives.map((r, i) => (scaled[i] ?? 0) / logmean(r, index)));
  return laspeyresContributions(arithmetic, relatives);
}

/**
 * Contributions to a Fisher index from base shares w0, hybrid shares u (base price times current quantity,
 * roles swapped for volume) and relatives: after van IJzeren (Balk, 2008, section 4.2.2) or after Reinsdorf,
 * Diewert and Ehemann (2002). Both add to the growth exactly.
 */
export function fisherContributions(
  method: 'van-ijzeren' | 'reinsdorf',
  baseShares: readonly number[],
  hybridShares: readonly number[],
  relatives: readonly number[],
): readonly number[] {
  const w = shares(baseShares);
  const u = shares(hybridShares);
  const laspeyres = total(relatives.map((r, i) => (w[i] ?? 0) * r));
  const paasche = total(relatives.map((r, i) => (u[i] ?? 0) * r));
  if (method === 'van-ijzeren') {
    const x = Math.sqrt(laspeyres / paasche);
    const v = relatives.map((_, i) => ((w[i] ?? 0) + x * (u[i] ?? 0)) / (1 + x));
    return laspeyresContributions(v, relatives);
  }
  const fisher = Math.sqrt(laspeyres * paasche);
  const fromLaspeyres = shares(relatives.map((r, i) => (w[i] ?? 0) * logmean(r, laspeyres)));
  const fromPaasche = shares(relatives.map((r, i) => (u[i] ?? 0) * logmean(r, paasche)));
  const geometric = relatives.map((_, i) => ((fromLaspeyres[i] ?? 0) + (fromPaasche[i] ?? 0)) / 2);
  const arithmetic = shares(relatives.map((r, i) => (geometric[i] ?? 0) / logmean(r, fisher)));
  return laspeyresContributions(arithmetic, relatives);
}

/** What one item added in one link of a chain; shares of the base value, growth as a share. */
export interface ChainContribution {
  readonly t: number;
  readonly item: number;
  readonly weight: number;
  readonly link: number;
  /** The link's contribution times the chain's level before it; over items and links it adds to Q(T)/Q(0) − 1. */
  readonly scaled: number;
  readonly cumulative: number;
}

/**
 * Contributions to a chained Laspeyres index, from lagged weights and relatives by link and item. Scaled
 * contributions add across items and years but depend on the path; link contributions add within a year only.
 */
export function chainContributions(
  weights: readonly (readonly number[])[],
  relatives: readonly (readonly number[])[],
): readonly ChainContribution[] {
  const rows: ChainContribution[] = [];
  const cumulative: number[] = [];
  let level = 1;
  weights.forEach((w, t) => {
    const link = laspeyresContributions(w, relatives[t] ?? []);
    link.forEach((contribution, item) => {
      const scaled = level * contribution;
      cumulative[item] = (cumulative[item] ?? 0) + scaled;
      rows.push({
        t: t + 1,
        item,
        weight: w[item] ?? 0,
        link: contribution,
        scaled,
        cumulative: cumulative[item] ?? 0,
      });
    });
    level *= 1 + total(link);
  });
  return rows;
}
