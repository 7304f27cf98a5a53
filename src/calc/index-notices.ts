import { formatValue } from '../core/index.ts';
import type { IndexType } from '../stats/index.ts';
import type { Observed } from './observations.ts';

/** The pairs of periods that a way of linking compares, by position. */
function comparisons(periods: number, link: IndexType): readonly (readonly [number, number])[] {
  return Array.from({ length: Math.max(periods - 1, 0) }, (_, t) => [link === 'fixedbase' ? 0 : t, t + 1]);
}

/**
 * What an index leaves out, in words: items that only one of two compared periods has, with their share of that
 * period's cost, which is in no growth; and that one period alone has no growth.
 */
export function indexNotices(
  { periods, items, prices, quantities }: Observed,
  link: IndexType,
): readonly string[] {
  if (periods.length === 1)
    return [
      `there is one period, "${periods[0]}": no growth can be stated, and its value is 1 by definition`,
    ];
  const costIn = (t: number, item: number) => {
    const [price, quantity] = [prices[t]?.[item] ?? null, quantities[t]?.[item] ?? null];
    return price === null || quantity === null ? null : price * quantity;
  };
  /** Items with a cost in one period and not in the other. */
  const only = (here: number, there: number) => {
    const own = items.flatMap((item, i) => {
      const cost = costIn(here, i);
      return cost === null ? [] : [{ item, cost, isMissing: costIn(there, i) === null }];
    });
    const missing = own.filter(({ isMissing }) => isMissing);
    const sum = (costs: readonly { readonly cost: number }[]) =>
      costs.reduce((total, { cost }) => total + cost, 0);
    return {
      names: missing.map(({ item }) => `"${item}"`),
      share: sum(own) === 0 ? null : sum(missing) / sum(own),
    };
  };
  return comparisons(periods.length, link).flatMap(([before, after]) => {
    const say = (kind: string, here: number, there: number) => {
      const { names, share } = only(here, there);
      if (names.length === 0) return [];
      const cost = share === null ? '' : `, ${formatValue(share, 'share')} of the cost of "${periods[here]}"`;
      return [
        `${kind}, not in growth from "${periods[before]}" to "${periods[after]}": ${names.join(', ')}${cost}`,
      ];
    };
    return [...say('new', after, before), ...say('gone', before, after)];
  });
}
