import { z } from 'zod';
import { indexDiagnostics, indexFormulae, indexSeries, indexTypes } from '../stats/index.ts';
import { calcMethod } from './calc-method.ts';
import { indexNotices } from './index-notices.ts';
import { layOut, observationsSchema, periodSchema } from './observations.ts';

/** `calc index`: thirteen price and quantity indices, linked three ways. */
export const indexMethod = calcMethod({
  name: 'index',
  title: 'Price or quantity index',
  summary:
    'An index over periods from prices and quantities of items, by one of thirteen formulae. The first period is 1. ' +
    '"pop" compares each period with the one before, "chained" multiplies those links, "fixedbase" compares each with the first. ' +
    'Periods are put in time order where their labels tell it ("2024-04", 2024, "t1"), otherwise in the order they first appear. ' +
    'An item that misses a value the formula uses is left out of that link whole, and one that only one of the two periods has is named in a notice. Periods of more than one kind ("2023" and "2024-04") are refused. ' +
    'The diagnostics say how far the choice of formula matters: the spread of Paasche and Laspeyres in each link, the covariance of price and quantity relatives that it equals, the drift of the chain from the fixed base, and the range of the last value over Laspeyres, Paasche and Fisher, chained and on a fixed base. ' +
    'The formula matters where a spread exceeds 1 point a year or the drift 2 points (product rule).',
  source:
    'Balk, B. M. (2008), Price and Quantity Index Numbers, chapter 3; ILO and others, Producer Price Index Manual, chapter 19; von Bortkiewicz, L. (1923), Zweck und Struktur einer Preisindexzahl.',
  inputSchema: z.strictObject({
    formula: z.enum(indexFormulae).describe('The formula.'),
    link: z.enum(indexTypes).describe('How periods are compared.'),
    of: z.enum(['quantity', 'price']).describe('Which side the index measures.'),
    observations: observationsSchema,
    linksPerYear: z
      .number()
      .positive()
      .default(1)
      .describe('How many links make a year, for the limit on the spread: 12 for months.'),
  }),
  outputSchema: z.strictObject({
    periods: z.array(periodSchema),
    values: z.array(z.number()).describe('The index, 1 in the first period.'),
    diagnostics: z.strictObject({
      spread: z
        .array(z.number().nullable())
        .describe('ln(Paasche/Laspeyres) of each link; null for the first.'),
      covariance: z
        .array(z.number().nullable())
        .describe('Paasche/Laspeyres − 1, as the covariance of price and quantity relatives.'),
      drift: z.number().nullable().describe('Chained less fixed base at the last period.'),
      low: z.number().nullable().describe('Lowest last value over formulae and ways of linking.'),
      high: z.number().nullable(),
      formulaMatters: z.boolean(),
    }),
    notices: z
      .array(z.string())
      .describe(
        'Items that only one of two compared periods has, with their share of its cost, and a lone period.',
      ),
  }),
  run: ({ formula, link, of, observations, linksPerYear }) => {
    const laidOut = layOut(observations);
    const { periods, items, prices, quantities } = laidOut;
    const values = indexSeries(formula, link, of, prices, quantities, (i) => `item "${items[i]}"`);
    const { links, drift, low, high, formulaMatters } = indexDiagnostics(
      formula,
      of,
      prices,
      quantities,
      linksPerYear,
    );
    return {
      periods: [...periods],
      values: [...values],
      diagnostics: {
        spread: links.map((one) => one?.spread ?? null),
        covariance: links.map((one) => one?.covariance ?? null),
        drift,
        low,
        high,
        formulaMatters,
      },
      notices: [...indexNotices(laidOut, link)],
    };
  },
  example: {
    input: {
      formula: 'laspeyres',
      link: 'chained',
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
      values: [1, 160000 / 140000],
      diagnostics: {
        // Laspeyres 160000/140000 and Paasche 173000/152000, worked by hand.
        spread: [null, Math.log(173 / 152 / (8 / 7))],
        covariance: [null, 173 / 152 / (8 / 7) - 1],
        drift: 0,
        low: 173 / 152,
        high: 8 / 7,
        formulaMatters: false,
      },
      notices: [],
    },
  },
});
