import { z } from 'zod';
import { indexFormulae, indexSeries, indexTypes } from '../stats/index.ts';
import { calcMethod } from './calc-method.ts';
import { layOut, observationsSchema, periodSchema } from './observations.ts';

/** `calc index`: thirteen price and quantity indices, linked three ways. */
export const indexMethod = calcMethod({
  name: 'index',
  title: 'Price or quantity index',
  summary:
    'An index over periods from prices and quantities of items, by one of thirteen formulae. The first period is 1. ' +
    '"pop" compares each period with the one before, "chained" multiplies those links, "fixedbase" compares each with the first. ' +
    'Periods are put in time order where their labels tell it ("2024-04", 2024, "t1"), otherwise in the order they first appear. ' +
    'An item that misses a value the formula uses is left out of that link whole.',
  source:
    'Balk, B. M. (2008), Price and Quantity Index Numbers, chapter 3; ILO and others, Producer Price Index Manual, chapter 19.',
  inputSchema: z.strictObject({
    formula: z.enum(indexFormulae).describe('The formula.'),
    link: z.enum(indexTypes).describe('How periods are compared.'),
    of: z.enum(['quantity', 'price']).describe('Which side the index measures.'),
    observations: observationsSchema,
  }),
  outputSchema: z.strictObject({
    periods: z.array(periodSchema),
    values: z.array(z.number()).describe('The index, 1 in the first period.'),
  }),
  run: ({ formula, link, of, observations }) => {
    const { periods, items, prices, quantities } = layOut(observations);
    const values = indexSeries(formula, link, of, prices, quantities, (i) => `item "${items[i]}"`);
    return { periods: [...periods], values: [...values] };
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
    output: { periods: ['2023', '2024'], values: [1, 160000 / 140000] },
  },
});
