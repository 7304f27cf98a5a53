import type { Change } from './change.ts';

interface Observation {
  readonly item: string;
  readonly period: string;
  readonly price: number | null;
  readonly quantity: number | null;
}

/**
 * A call of `calc index` that gives the growth of a change again: base unit costs and quantities of each item,
 * current quantities times the quality ratio where quality counts.
 */
export function indexCall(
  change: Change,
  names: readonly string[],
  isAdjusted: boolean,
): { readonly method: string; readonly input: unknown } {
  const { earlierLabel, laterLabel } = change.comparison;
  const observations = change.link.items.flatMap((item): readonly Observation[] => {
    const base = change.base[item.item];
    const current = change.current[item.item];
    const name = names[item.item] ?? `item ${item.item + 1}`;
    const ratio = isAdjusted ? item.qualityRatio : 1;
    return [
      { item: name, period: earlierLabel, price: base?.cost ?? null, quantity: base?.quantity ?? null },
      {
        item: name,
        period: laterLabel,
        price: current?.cost ?? base?.cost ?? null,
        quantity: (current?.quantity ?? 0) * ratio,
      },
    ];
  });
  return {
    method: 'index',
    input: { formula: 'laspeyres', link: 'pop', of: 'quantity', observations },
  };
}
