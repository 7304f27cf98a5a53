import { z } from 'zod';
import { WellspentError } from '../core/index.ts';
import { inputVolume, productivityWithCitizens } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';

const other = z
  .union([
    z.literal('none'),
    z.strictObject({
      spendBase: z.number().positive().describe('Pounds in the base period.'),
      spendCurrent: z.number().nonnegative().describe('Pounds in the current period.'),
      deflator: z.number().positive().describe('Price now over price in the base period.'),
    }),
    z.strictObject({
      spendBase: z.number().positive(),
      volumeRatio: z.number().nonnegative().describe('Volume now over volume in the base period.'),
    }),
  ])
  .describe('Spending with a deflator, or a known ratio of volumes; "none" declares that there is none.');

/** `calc inputs`: growth of the volume of inputs. */
export const inputsMethod = calcMethod({
  name: 'inputs',
  title: 'Growth of the volume of inputs',
  summary:
    'Growth of inputs at base shares of cost: direct labour by grade at base pay, agency staff and other indirect labour, goods and services, and capital, each spending over its deflator. What there is none of must be declared "none", as a cost left out makes productivity look better. ' +
    'With `citizens` productivity is given with and without the time of the people served, valued at a declared rate.',
  source:
    'Laspeyres volume of inputs as in Office for National Statistics (2019), public service productivity; the lag of cost shares as their practice is unverified. The mixed method of the Centre for Health Economics, York.',
  inputSchema: z.strictObject({
    labour: z
      .array(
        z.strictObject({
          grade: z.string().min(1),
          base: z
            .number()
            .nonnegative()
            .describe('Hours worked, or full-time equivalents where hours are not known.'),
          current: z.number().nonnegative(),
          pay: z.number().positive().describe('Base pay of one, pounds.'),
        }),
      )
      .describe('Direct labour by grade.'),
    labourIndirect: other,
    goodsServices: other,
    capital: other,
    citizens: z
      .strictObject({
        outputGrowth: z.number().gt(-1),
        hoursBase: z.number().nonnegative(),
        hoursCurrent: z.number().nonnegative(),
        poundsAnHour: z.number().positive().describe('A declared rate, with a source of its own.'),
      })
      .optional()
      .describe('Time of the people served: waiting, in contact, on forms, travelling.'),
  }),
  outputSchema: z.strictObject({
    headcountGrowth: z.number().nullable().describe('Beside it, to show what a count of heads hides.'),
    components: z.array(
      z.strictObject({
        component: z.enum(['labour-direct', 'labour-indirect', 'goods-services', 'capital']),
        weight: z.number(),
        growth: z.number(),
        contribution: z.number(),
      }),
    ),
    growth: z.number(),
    citizens: z
      .strictObject({
        productivity: z.number(),
        withCitizens: z.number(),
        isPaidForByCitizens: z.boolean(),
      })
      .nullable(),
  }),
  run: ({ citizens, ...account }) => {
    const found = inputVolume(account);
    if (!found) throw new WellspentError('INDEX_NOT_DEFINED', 'Nothing was used in the base period.');
    const cost =
      account.labour.reduce((sum, one) => sum + one.base * one.pay, 0) +
      [account.labourIndirect, account.goodsServices, account.capital].reduce(
        (sum, one) => sum + (one === 'none' ? 0 : one.spendBase),
        0,
      );
    return {
      headcountGrowth: Number.isFinite(found.headcountGrowth) ? found.headcountGrowth : null,
      components: [...found.components],
      growth: found.growth,
      citizens: citizens
        ? productivityWithCitizens({ ...citizens, inputGrowth: found.growth, inputCost: cost })
        : null,
    };
  },
  example: {
    input: {
      labour: [
        { grade: 'officer', base: 60, current: 57, pay: 30000 },
        { grade: 'manager', base: 20, current: 23, pay: 50000 },
      ],
      labourIndirect: 'none',
      goodsServices: { spendBase: 1200000, spendCurrent: 1323000, deflator: 1.05 },
      capital: 'none',
    },
    // Pay bill 2.80 to 2.86 million, goods 1.20 to 1.26: worked by hand.
    output: {
      headcountGrowth: 0,
      components: [
        { component: 'labour-direct', weight: 0.7, growth: 0.06 / 2.8, contribution: 0.015 },
        { component: 'goods-services', weight: 0.3, growth: 0.05, contribution: 0.015 },
      ],
      growth: 0.03,
      citizens: null,
    },
  },
});
