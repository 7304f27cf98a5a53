import { type IndexFormula, indexLink } from './index-formulae.ts';

/** Values by period, then by item; null is missing. */
export type Matrix = readonly (readonly (number | null)[])[];

/** How the links between periods make a series: `pop`, `chained` or `fixedbase`. */
export const indexTypes = ['pop', 'chained', 'fixedbase'] as const;

/** `pop`: each period on the one before; `chained`: the product of those links; `fixedbase`: each on the first. */
export type IndexType = (typeof indexTypes)[number];

export type IndexSide = 'price' | 'quantity';

/**
 * An index over periods; the first value is 1. Throws `INDEX_NOT_DEFINED` where a link cannot be worked out.
 * `nameOf` names an item for the message.
 */
export function indexSeries(
  formula: IndexFormula,
  type: IndexType,
  side: IndexSide,
  prices: Matrix,
  quantities: Matrix,
  nameOf?: (item: number) => string,
): readonly number[] {
  const [own, other] = side === 'price' ? [prices, quantities] : [quantities, prices];
  const link = (base: number, current: number) =>
    indexLink(
      formula,
      {
        p0: own[base] ?? [],
        p1: own[current] ?? [],
        q0: other[base] ?? [],
        q1: other[current] ?? [],
      },
      nameOf,
      side,
    );
  const values: number[] = [];
  for (let t = 0; t < prices.length; t++) {
    if (t === 0) values.push(1);
    else if (type === 'fixedbase') values.push(link(0, t));
    else if (type === 'pop') values.push(link(t - 1, t));
    else values.push((values[t - 1] ?? 1) * link(t - 1, t));
  }
  return values;
}
