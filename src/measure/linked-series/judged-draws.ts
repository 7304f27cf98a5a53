import { errorFactor } from '../../stats/index.ts';
import type { Comparison } from '../comparison.ts';
import type { Item } from '../items.ts';
import type { Link } from '../link.ts';
import type { LinkedSeries } from './series-factors.ts';

/** ln of growth as a judged break may make it over growth as stated, replicate by replicate. */
export interface JudgedDraws {
  readonly volume: readonly number[];
  readonly adjusted: readonly number[];
  readonly seed: number;
}

/** Draws the factors of breaks joined by judgement within their declared ranges (method note, section 7.3), where they lie between the two sides of a comparison; null where none does. */
export function judgedDraws(
  series: readonly LinkedSeries[],
  items: readonly Item[],
  comparison: Comparison,
  link: Link,
  { seed, replicates }: { readonly seed: number; readonly replicates: number },
): JudgedDraws | null {
  const spanning = series.flatMap(({ of, how }) => {
    if (how.kind !== 'break' || !how.range || of.kind !== 'output') return [];
    const { on, id } = how.declared;
    const isBetween =
      comparison.earlier.some((start) => start < on) && comparison.later.every((start) => start >= on);
    const item = items.findIndex(({ outputs }) => outputs.includes(of.place));
    return isBetween && item !== -1 ? [{ id, item, range: how.range }] : [];
  });
  if (spanning.length === 0) return null;
  const factors = Array.from({ length: replicates }, (_, replicate) =>
    spanning.map(({ id, item, range }) => ({
      item,
      factor: errorFactor(
        { id: `break ${id}`, on: 'output', shape: { low: range.low, mode: 1, high: range.high } },
        seed,
        replicate,
      ),
    })),
  );
  const value = ({ weight, volumeRatio, qualityRatio }: Link['items'][number], isAdjusted: boolean) =>
    weight * volumeRatio * (isAdjusted ? qualityRatio : 1);
  const draws = (isAdjusted: boolean) => {
    const stated = link.items.reduce((sum, one) => sum + value(one, isAdjusted), 0);
    return factors.map((drawn) => {
      const sum = link.items.reduce(
        (all, one) =>
          all +
          drawn.reduce(
            (product, { item, factor }) => (item === one.item ? product * factor : product),
            value(one, isAdjusted),
          ),
        0,
      );
      return Math.log(sum / stated);
    });
  };
  return { volume: draws(false), adjusted: draws(true), seed };
}
