import { z } from 'zod';
import { WellspentError } from '../core/index.ts';
import { caseMixChange } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';

const stratum = z
  .strictObject({
    id: z.string().min(1).describe('Cases alike in what was fixed before the service acted.'),
    baseN: z.int().nonnegative(),
    baseSuccess: z.int().nonnegative(),
    currentN: z.int().nonnegative(),
    currentSuccess: z.int().nonnegative(),
  })
  .refine((one) => one.baseSuccess <= one.baseN && one.currentSuccess <= one.currentN, {
    message: 'successes are more than cases',
  });

/** `calc case-mix`: change of a success rate that is not due to who came. */
export const caseMixMethod = calcMethod({
  name: 'case-mix',
  title: 'Change of a success rate, allowing for who came',
  summary:
    'The change of a success rate between two periods: crude, indirectly standardised (observed over expected at the rates of the base period) and directly standardised (current rates at the base mix). Both are reported, as they differ. ' +
    'Strata must be fixed before the service acted. Strata under ten cases in either period are put together; one without cases in a period is left out, with its share (product rules).',
  source:
    'Direct and indirect standardisation as in Breslow, N. E. and Day, N. E. (1987), Statistical Methods in Cancer Research, volume II, chapter 2.',
  inputSchema: z.strictObject({
    strata: z.array(stratum).min(1),
    fewest: z.int().positive().default(10).describe('Cases under which strata are put together.'),
  }),
  outputSchema: z.strictObject({
    crudeBase: z.number(),
    crudeCurrent: z.number(),
    crudeRatio: z.number(),
    expectedCurrent: z.number(),
    indirect: z.number(),
    standardised: z.number(),
    direct: z.number(),
    pooled: z.array(z.string()),
    leftOut: z.array(z.string()),
    shareLeftOut: z.number(),
  }),
  run: ({ strata, fewest }) => {
    const found = caseMixChange(strata, fewest);
    if (!found)
      throw new WellspentError(
        'INDEX_NOT_DEFINED',
        'No change can be stated: no stratum has cases in both periods with a success in the first.',
      );
    return { ...found, pooled: [...found.pooled], leftOut: [...found.leftOut] };
  },
  example: {
    input: {
      strata: [
        { id: 'straightforward', baseN: 500, baseSuccess: 450, currentN: 800, currentSuccess: 730 },
        { id: 'complex', baseN: 500, baseSuccess: 300, currentN: 200, currentSuccess: 126 },
      ],
    },
    output: {
      crudeBase: 0.75,
      crudeCurrent: 0.856,
      crudeRatio: 0.856 / 0.75,
      expectedCurrent: 0.84,
      indirect: 0.856 / 0.84,
      standardised: 0.77125,
      direct: 0.77125 / 0.75,
      pooled: [],
      leftOut: [],
      shareLeftOut: 0,
    },
  },
});
