import { z } from 'zod';
import { targetAndDenominator } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';
import { screenOutput, screenResult } from './screen-method.ts';

/** `calc denominator`: a target that moves, and cases left out of its count. */
export const denominatorMethod = calcMethod({
  name: 'denominator',
  title: 'A target that moves, and cases left out of its count',
  summary:
    'Names the changes of a target, and tests whether the share of arrivals that it leaves out grows. The changes are facts; the p-value is that of the trend.',
  source: 'Ours: an inverse-variance trend.',
  inputSchema: z.strictObject({
    periods: z
      .array(
        z
          .strictObject({
            period: z.string(),
            targets: z.array(z.number()).describe('The levels aimed at, in order.'),
            arrivals: z.number().positive(),
            counted: z.number().nonnegative().describe('Arrivals that the target counts.'),
          })
          .refine(({ arrivals, counted }) => counted <= arrivals, {
            path: ['counted'],
            message: 'more are counted than came',
          }),
      )
      .min(1),
    higherIsHarder: z.boolean().default(true),
  }),
  outputSchema: screenOutput({
    changes: z.array(
      z.strictObject({ period: z.string(), from: z.number(), to: z.number(), isEasier: z.boolean() }),
    ),
    leftOut: z.array(z.strictObject({ period: z.string(), share: z.number() })),
    slope: z.number(),
    shrinksAlone: z.boolean(),
  }),
  run: ({ periods, higherIsHarder }) => {
    const result = screenResult(targetAndDenominator(periods, higherIsHarder));
    if (!result.testable) return result;
    return {
      ...result,
      changes: result.changes.map((one) => ({ ...one })),
      leftOut: result.leftOut.map((one) => ({ ...one })),
    };
  },
  example: {
    input: {
      periods: [
        { period: '2018', targets: [0.9], arrivals: 1000, counted: 950 },
        { period: '2019', targets: [0.9], arrivals: 1000, counted: 940 },
        { period: '2020', targets: [0.9], arrivals: 1000, counted: 920 },
        { period: '2021', targets: [0.9, 0.75], arrivals: 1000, counted: 900 },
        { period: '2022', targets: [0.75], arrivals: 1000, counted: 890 },
        { period: '2023', targets: [0.75], arrivals: 1000, counted: 860 },
      ],
    },
    output: {
      testable: true,
      n: 6000,
      p: 1.969552355939856e-16,
      leans: true,
      changes: [{ period: '2021', from: 0.9, to: 0.75, isEasier: true }],
      leftOut: [
        { period: '2018', share: 0.050000000000000044 },
        { period: '2019', share: 0.06000000000000005 },
        { period: '2020', share: 0.07999999999999996 },
        { period: '2021', share: 0.09999999999999998 },
        { period: '2022', share: 0.10999999999999999 },
        { period: '2023', share: 0.14 },
      ],
      slope: 0.017288768375351527,
      shrinksAlone: true,
      statement:
        'Pattern consistent with cases being left out of the count. Also consistent with: a changed remit / more cases of a kind that was always left out / fuller recording. To tell them apart: draw a sample of the cases left out, and ask for each who decided it, when and why.',
    },
  },
});
