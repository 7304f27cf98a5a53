import { z } from 'zod';
import type { Matrix } from '../stats/index.ts';

export const periodSchema = z
  .union([z.string().min(1), z.int()])
  .describe(
    'A period: ISO text such as "2024", "2024-25" or "2024-04", a numbered label such as "t1", or an integer.',
  );

type Period = z.infer<typeof periodSchema>;

const observation = z.strictObject({
  item: z.union([z.string().min(1), z.int()]).describe('The product or activity.'),
  period: periodSchema,
  price: z
    .number()
    .nullable()
    .describe('Price or unit cost; null when missing (the item is then left out of the link whole).'),
  quantity: z.number().nullable().describe('Quantity or activity; 0 is a true zero, null is missing.'),
});

export type Observation = z.infer<typeof observation> & { readonly quality?: number | null | undefined };

/** What kind of period a label names; null where its text does not tell. A bare year may stand for a financial year. */
function kindOf(label: string): string | null {
  if (/^\d{4}$/.test(label)) return 'a year';
  if (/^\d{4}[-/]\d{2}$/.test(label)) {
    const part = Number(label.slice(5));
    const isNextYear = part === (Number(label.slice(0, 4)) + 1) % 100;
    if (label[4] === '-' && part >= 1 && part <= 12) return isNextYear ? null : 'a month';
    return 'a year';
  }
  if (/^\d{4}[-/]\d{4}$/.test(label)) return 'a year';
  if (/^\d{4}-\d{2}-\d{2}$/.test(label)) return 'a day';
  if (/^\d{4}[- ]?Q\d$/.test(label)) return 'a quarter';
  return /^\d{4}-W\d{2}$/.test(label) ? 'a week' : null;
}

/** Rows in any order, one for each item and period, of periods of one kind. */
function oneForEach<T extends typeof observation>(row: T) {
  return z
    .array(row)
    .min(1)
    .superRefine((observations, context) => {
      const seen = new Map<string, number>();
      observations.forEach((row, i) => {
        const key = JSON.stringify([String(row.item), String(row.period)]);
        const earlier = seen.get(key);
        if (earlier !== undefined) {
          context.addIssue({
            code: 'custom',
            path: [i],
            message: `item "${row.item}" in period "${row.period}" is given twice, in rows ${earlier} and ${i} counted from 0`,
          });
        } else seen.set(key, i);
      });
      const byKind = new Map(
        observations.flatMap(({ period }) => {
          const kind = kindOf(String(period));
          return kind === null ? [] : [[kind, period] as const];
        }),
      );
      if (byKind.size > 1)
        context.addIssue({
          code: 'custom',
          message: `periods of more than one kind are not compared: ${[...byKind].map(([kind, period]) => `"${period}" is ${kind}`).join(', ')}`,
        });
    })
    .describe('One row for each item and period, in any order.');
}

/** Observations in any order, one for each item and period. */
export const observationsSchema = oneForEach(observation);

/** Observations that may carry a level of quality, higher is better. */
export const qualityObservationsSchema = oneForEach(
  observation.extend({
    quality: z
      .number()
      .positive()
      .nullable()
      .optional()
      .describe('Level of quality, higher is better; left out or null where it is not measured.'),
  }),
);

/** True where every label can be put in time order by its text: ISO-like, plain numbers, or one word and a number. */
function sortable(labels: readonly string[]): boolean {
  const isoLike = /^\d{4}(-(\d{2}(-\d{2})?|\d{4}|Q\d|W\d{2})|\/\d{2,4}|[ ]?Q\d)?$/;
  if (labels.every((label) => isoLike.test(label))) return true;
  if (labels.every((label) => /^-?\d+$/.test(label))) return true;
  const words = new Set(labels.map((label) => /^([^\d]*)\d+$/.exec(label)?.[1]));
  return words.size === 1 && !words.has(undefined);
}

/** The distinct periods in time order where their labels tell it, otherwise in the order they first appear. */
function orderPeriods(periods: readonly Period[]): readonly Period[] {
  const distinct = [...new Map(periods.map((period) => [String(period), period])).values()];
  const labels = distinct.map(String);
  if (!sortable(labels)) return distinct;
  if (labels.every((label) => /^-?\d+$/.test(label))) return distinct.sort((a, b) => Number(a) - Number(b));
  const collator = new Intl.Collator('en', { numeric: true });
  return distinct.sort((a, b) => collator.compare(String(a), String(b)));
}

/** Prices and quantities by period and item, with nulls where nothing was observed. */
export interface Observed {
  readonly periods: readonly Period[];
  readonly items: readonly (string | number)[];
  readonly prices: Matrix;
  readonly quantities: Matrix;
  readonly qualities: Matrix;
}

/** Lays observations out by period and item; the order of rows changes nothing but the order of items. */
export function layOut(observations: readonly Observation[]): Observed {
  const periods = orderPeriods(observations.map((row) => row.period));
  const items = [...new Map(observations.map((row) => [String(row.item), row.item])).values()];
  const found = new Map(
    observations.map((row) => [JSON.stringify([String(row.item), String(row.period)]), row]),
  );
  const grid = (of: (row: Observation) => number | null) =>
    periods.map((period) =>
      items.map((item) => {
        const row = found.get(JSON.stringify([String(item), String(period)]));
        return row ? of(row) : null;
      }),
    );
  return {
    periods,
    items,
    prices: grid((row) => row.price),
    quantities: grid((row) => row.quantity),
    qualities: grid((row) => row.quality ?? null),
  };
}
