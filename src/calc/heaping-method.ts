import { z } from 'zod';
import { heaping } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';
import { screenResult } from './screen-method.ts';

const fit = z.strictObject({
  method: z.enum(['chi-squared', 'G']),
  statistic: z.number(),
  df: z.number(),
  p: z.number(),
  n: z.number(),
});

/** `calc heaping`: whether numbers end on some digits too often. */
export const heapingMethod = calcMethod({
  name: 'heaping',
  title: 'Numbers that heap on some endings',
  summary:
    'Whether the last digits (or minutes of the hour) of recorded numbers are even: chi-squared, or G under 50 numbers. Multiples of five are usual rounding; the p-value is that of the test made again without them. By unit, p-values are adjusted by Benjamini and Yekutieli.',
  source: 'Pearson (1900); Sokal and Rohlf, Biometry (the G-test); Benjamini and Yekutieli (2001).',
  inputSchema: z
    .strictObject({
      values: z.array(z.int()).min(1).describe('Whole numbers as recorded.'),
      units: z.array(z.string()).optional().describe('The unit of each.'),
      endings: z
        .union([z.literal(10), z.literal(60), z.literal(100)])
        .optional()
        .describe('10 for the last digit.'),
    })
    .refine(({ values, units }) => units === undefined || units.length === values.length, {
      path: ['units'],
      message: 'there is not one unit for each value',
    }),
  outputSchema: z.union([
    z.strictObject({ testable: z.literal(false), statement: z.string() }),
    z.strictObject({
      testable: z.literal(true),
      statement: z.string().describe('In the required words; taken alone, not corrected for other screens.'),
      n: z.number(),
      p: z.number().min(0).max(1).describe('How often chance alone would give as much.'),
      all: fit,
      roundShare: z.number(),
      roundExpected: z.number(),
      withoutRound: fit,
      units: z.array(z.strictObject({ unit: z.string(), n: z.number(), adjusted: z.number() })),
    }),
  ]),
  run: (given) => {
    const result = screenResult(heaping(given));
    if (!result.testable) return result;
    // A test of fit has no direction to lean in.
    const { leans: _, ...figures } = result;
    return { ...figures, units: figures.units.map((one) => ({ ...one })) };
  },
  example: {
    input: {
      values: [
        2, 8, 15, 22, 29, 36, 44, 50, 57, 64, 71, 78, 86, 92, 99, 106, 113, 120, 128, 134, 141, 148, 155, 162,
      ],
    },
    output: {
      testable: true,
      n: 24,
      p: 0.7496741670312415,
      all: { method: 'G', statistic: 4.4319127379074965, df: 9, p: 0.8807594908022053, n: 24 },
      roundShare: 0.16666666666666666,
      roundExpected: 0.2,
      withoutRound: { method: 'G', statistic: 4.257605411448926, df: 7, p: 0.7496741670312415, n: 20 },
      units: [],
      statement:
        'No pattern told apart from chance, which would give as much in 75.0% of cases. That does not show that there is none.',
    },
  },
});
