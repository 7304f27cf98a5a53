import { z } from 'zod';
import { WellspentError } from '../core/index.ts';
import {
  chainContributions,
  fisherContributions,
  geometricContributions,
  laspeyresContributions,
  qualityContributions,
} from '../stats/index.ts';
import { calcMethod } from './calc-method.ts';
import { layOut, type Observed, periodSchema, qualityObservationsSchema } from './observations.ts';

const methods = [
  'laspeyres-chained',
  'laspeyres',
  'laspeyres-quality',
  'jevons',
  'geometric-laspeyres',
  'fisher-van-ijzeren',
  'fisher-reinsdorf',
] as const;

interface Pair {
  readonly item: number;
  readonly w: number;
  readonly u: number;
  readonly r: number;
  /** Ratio of quality levels; 1 where either is not measured. */
  readonly k: number;
}

/** Items with every value in both periods: base value, base price times current quantity (sides swapped for volume), relative. */
function pairs(
  observed: Observed,
  given: { readonly of: 'price' | 'quantity'; readonly method: (typeof methods)[number] },
  base: number,
  current: number,
): readonly Pair[] {
  const { of, method } = given;
  const takesLogs = method === 'jevons' || method === 'geometric-laspeyres' || method === 'fisher-reinsdorf';
  const [own, other] =
    of === 'price' ? [observed.prices, observed.quantities] : [observed.quantities, observed.prices];
  return observed.items.flatMap((name, item) => {
    const x0 = own[base]?.[item] ?? null;
    const x1 = own[current]?.[item] ?? null;
    const y0 = other[base]?.[item] ?? null;
    const y1 = other[current]?.[item] ?? null;
    if (x0 === null || x1 === null || y0 === null || y1 === null) return [];
    if (x0 <= 0 || x1 < 0 || (x1 === 0 && takesLogs) || y0 < 0 || y1 < 0) {
      throw new WellspentError(
        'INDEX_NOT_DEFINED',
        `Contributions are not defined: item "${name}" goes from ${x0} to ${x1}; the base must be positive${takesLogs ? ' and so must what follows' : ' and no value negative'}.`,
        { hint: 'Give null for a value that is missing, and leave out items that are new.' },
      );
    }
    const [k0, k1] = [observed.qualities[base]?.[item] ?? null, observed.qualities[current]?.[item] ?? null];
    return [{ item, w: x0 * y0, u: x0 * y1, r: x1 / x0, k: k0 === null || k1 === null ? 1 : k1 / k0 }];
  });
}

function ofLink(method: (typeof methods)[number], found: readonly Pair[]): readonly number[] {
  const total = found.reduce((sum, pair) => sum + pair.w, 0);
  const w = found.map((pair) => pair.w / total);
  const r = found.map((pair) => pair.r);
  switch (method) {
    case 'laspeyres':
    case 'laspeyres-chained':
      return laspeyresContributions(w, r);
    case 'laspeyres-quality':
      return qualityContributions(
        w,
        r,
        found.map((pair) => pair.k),
      ).map(({ volume, quality }) => volume + quality);
    case 'jevons':
      return geometricContributions(
        found.map(() => 1),
        r,
      );
    case 'geometric-laspeyres':
      return geometricContributions(w, r);
    case 'fisher-van-ijzeren':
    case 'fisher-reinsdorf':
      return fisherContributions(
        method === 'fisher-reinsdorf' ? 'reinsdorf' : 'van-ijzeren',
        w,
        found.map((pair) => pair.u),
        r,
      );
  }
}

/** `calc contributions`: what each item added to the growth of an index. */
export const contributionsMethod = calcMethod({
  name: 'contributions',
  title: 'Contributions of items to the growth of an index',
  summary:
    'What each item added to the growth of an index, link by link; within a link they add to the growth exactly. ' +
    'With "laspeyres-chained" each link also carries contributions scaled by the level of the chain before it, whose sum over items and periods is the whole growth; those depend on the path. ' +
    'With "laspeyres-quality" each contribution is also given as a part of volume and a part of quality, which takes the interaction; quality that is not measured counts as unchanged. ' +
    'An item that misses any value in either period of a link is left out of that link whole.',
  source:
    'Balk, B. M. (2008), Price and Quantity Index Numbers, section 4.2; Reinsdorf, M., Diewert, W. E. and Ehemann, C. (2002), Additive decompositions for Fisher, Törnqvist and geometric mean indexes.',
  inputSchema: z.strictObject({
    method: z.enum(methods).describe('How growth is split.'),
    of: z.enum(['quantity', 'price']).describe('Which side the index measures.'),
    observations: qualityObservationsSchema,
  }),
  outputSchema: z.strictObject({
    periods: z.array(periodSchema),
    growth: z.array(z.number().nullable()).describe('Growth of each period on the one before, as a share.'),
    contributions: z.array(
      z.strictObject({
        period: periodSchema,
        item: z.union([z.string(), z.int()]),
        weight: z.number().describe("The item's share of value in the period before."),
        contribution: z.number(),
        volume: z.number().optional().describe('The part of volume, with "laspeyres-quality".'),
        quality: z.number().optional().describe('The part of quality, with "laspeyres-quality".'),
        scaled: z.number().optional(),
        cumulative: z.number().optional(),
      }),
    ),
  }),
  run: ({ method, of, observations }) => {
    const observed = layOut(observations);
    const links = observed.periods.slice(1).map((_, t) => pairs(observed, { of, method }, t, t + 1));
    const growth: (number | null)[] = [null];
    const rows = links.flatMap((found, t) => {
      const split = ofLink(method, found);
      const total = found.reduce((sum, pair) => sum + pair.w, 0);
      growth.push(split.reduce((sum, part) => sum + part, 0));
      return found.map((pair, i) => ({
        period: observed.periods[t + 1] ?? t + 1,
        item: observed.items[pair.item] ?? pair.item,
        weight: pair.w / total,
        contribution: split[i] ?? 0,
        ...(method === 'laspeyres-quality'
          ? {
              volume: (pair.w / total) * (pair.r - 1),
              quality: (pair.w / total) * pair.r * (pair.k - 1),
            }
          : {}),
      }));
    });
    const periods = [...observed.periods];
    if (method !== 'laspeyres-chained') return { periods, growth, contributions: rows };
    const grid = (value: (pair: Pair) => number, absent: number) =>
      links.map((found) => {
        const byItem = new Map(found.map((pair) => [pair.item, value(pair)]));
        return observed.items.map((_, item) => byItem.get(item) ?? absent);
      });
    const totals = links.map((found) => found.reduce((sum, pair) => sum + pair.w, 0));
    const weights = grid((pair) => pair.w, 0).map((row, t) => row.map((w) => w / (totals[t] ?? 1)));
    const chain = chainContributions(
      weights,
      grid((pair) => pair.r, 1),
    );
    const scaledRow = new Map(
      chain.map((row) => [`${String(periods[row.t])}\u0000${String(observed.items[row.item])}`, row]),
    );
    return {
      periods,
      growth,
      contributions: rows.map((row) => {
        const scaled = scaledRow.get(`${String(row.period)}\u0000${String(row.item)}`);
        return { ...row, scaled: scaled?.scaled ?? 0, cumulative: scaled?.cumulative ?? 0 };
      }),
    };
  },
  example: {
    input: {
      method: 'laspeyres',
      of: 'quantity',
      observations: [
        { item: 'decision', period: '2023', price: 100, quantity: 800 },
        { item: 'appeal', period: '2023', price: 300, quantity: 200 },
        { item: 'decision', period: '2024', price: 110, quantity: 700 },
        { item: 'appeal', period: '2024', price: 320, quantity: 300 },
      ],
    },
    output: {
      periods: ['2023', '2024'],
      growth: [null, 1 / 7],
      contributions: [
        { period: '2024', item: 'decision', weight: 4 / 7, contribution: -1 / 14 },
        { period: '2024', item: 'appeal', weight: 3 / 7, contribution: 3 / 14 },
      ],
    },
  },
});
