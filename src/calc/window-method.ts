import { z } from 'zod';
import { thresholdWindow } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';
import { screenOutput, screenResult } from './screen-method.ts';

/** `calc window`: whether as many lie just above a threshold as just below. */
export const windowMethod = calcMethod({
  name: 'window',
  title: 'Counts just below and just above a threshold',
  summary:
    'Exact two-sided binomial test that values lie as often above a cut as below, within a window declared beforehand, with ten nested windows beside it. Where units repeat, a sign test counts each once: z = Σd/√Σd². The p-value is the larger of two: against an even split, and against the split of a smooth density.',
  source:
    'Binomial test at a cutoff after Cattaneo, Titiunik and Vazquez-Bare (2017); the cluster sign test and the smooth split are ours.',
  inputSchema: z
    .strictObject({
      values: z.array(z.number()).min(1).describe('One value for each unit and period.'),
      units: z.array(z.string()).optional().describe('The unit of each value, where units repeat.'),
      cut: z.number().describe('The threshold; a value at it lies above.'),
      width: z.number().positive().describe('How far each side counts, declared beforehand.'),
    })
    .refine(({ values, units }) => units === undefined || units.length === values.length, {
      path: ['units'],
      message: 'there is not one unit for each value',
    }),
  outputSchema: screenOutput({
    below: z.number(),
    above: z.number(),
    exact: z.number().describe('The exact p-value of the window, units apart.'),
    clustered: z.strictObject({ z: z.number(), p: z.number(), clusters: z.number() }).nullable(),
    smoothShare: z.number(),
    windows: z.array(
      z.strictObject({ width: z.number(), below: z.number(), above: z.number(), p: z.number() }),
    ),
    dependsOnWindow: z.boolean(),
  }),
  run: ({ values, ...rest }) => {
    const result = screenResult(thresholdWindow({ shares: values, ...rest }));
    return result.testable ? { ...result, windows: result.windows.map((one) => ({ ...one })) } : result;
  },
  example: {
    input: { values: [0.93, 0.94, 0.951, 0.96], cut: 0.95, width: 0.01 },
    output: {
      testable: false,
      statement:
        'Not testable, because fewer than 20 lie on one side of the threshold within the window (1 below, 1 above).',
    },
  },
});
