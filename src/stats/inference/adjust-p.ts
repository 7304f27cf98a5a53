import { twoSidedNormal } from './tails.ts';

/**
 * p-values adjusted so that those at or below q keep the false discovery rate at q (Benjamini and Hochberg,
 * 1995), or, with `dependent`, under any dependence (Benjamini and Yekutieli, 2001). In the order given.
 */
export function adjustForDiscoveries(
  pValues: readonly number[],
  dependence: 'independent' | 'dependent',
): readonly number[] {
  const m = pValues.length;
  const factor =
    dependence === 'dependent'
      ? Array.from({ length: m }, (_, i) => 1 / (i + 1)).reduce((a, b) => a + b, 0)
      : 1;
  const order = pValues.map((_, i) => i).sort((a, b) => (pValues[b] ?? 0) - (pValues[a] ?? 0));
  const adjusted = Array<number>(m).fill(1);
  let smallest = 1;
  order.forEach((i, place) => {
    const rank = m - place;
    smallest = Math.min(smallest, ((pValues[i] ?? 1) * m * factor) / rank);
    adjusted[i] = smallest;
  });
  return adjusted;
}

/**
 * The least |z| that counts as a discovery with false discoveries held at `q` (Benjamini and Hochberg, 1995), among
 * `tests` tests of which those listed are the most extreme; infinity where none is. For tests too many to adjust
 * each p-value of.
 */
export function discoveryLimit(scores: readonly number[], tests: number, q: number): number {
  const ranked = scores.map(Math.abs).toSorted((a, b) => b - a);
  for (let k = ranked.length; k > 0; k--) {
    const score = ranked[k - 1] as number;
    if (twoSidedNormal(score) <= (k * q) / Math.max(tests, 1)) return score;
  }
  return Number.POSITIVE_INFINITY;
}
