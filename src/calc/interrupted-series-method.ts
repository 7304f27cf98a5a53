import { z } from 'zod';
import { measuredAgainstUnmeasured } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';
import { screenOutput, screenResult } from './screen-method.ts';

const series = z.strictObject({
  name: z.string().min(1),
  values: z.array(z.number()).min(1).describe('By period, in time order.'),
  betterIs: z.enum(['higher', 'lower']),
});
const change = {
  name: z.string(),
  level: z.number(),
  levelP: z.number(),
  slope: z.number(),
  slopeP: z.number(),
  turned: z.enum(['better', 'worse']),
  p: z.number(),
};

/** `calc interrupted-series`: what is counted against what is not, from the day of a target. */
export const interruptedSeriesMethod = calcMethod({
  name: 'interrupted-series',
  title: 'What is counted against what is not',
  summary:
    'Change of level and slope from a period on, for what a target counts and for what it does not, with Newey-West errors after prewhitening. The p-value is the larger of that of the gain and that of the worst loss, adjusted by Benjamini and Yekutieli. Placebo dates before the target show how often the same would be called there.',
  source:
    'Wagner, A. K. and others (2002), Segmented regression analysis of interrupted time series; Newey, W. K. and West, K. D. (1987, 1994); joining the two sides is ours.',
  inputSchema: z.strictObject({
    targeted: series,
    others: z.array(series),
    at: z.int().positive().describe('Place of the first period of the target, counted from 0.'),
  }),
  outputSchema: screenOutput({
    targeted: z.strictObject(change),
    others: z.array(z.strictObject({ ...change, adjusted: z.number() })),
    placebos: z.strictObject({ tried: z.number(), called: z.number() }),
  }),
  run: ({ targeted, others, at }) => {
    const result = screenResult(measuredAgainstUnmeasured(targeted, others, at));
    return result.testable ? { ...result, others: result.others.map((one) => ({ ...one })) } : result;
  },
  example: {
    input: { targeted: { name: 'seen in time', values: [0.9, 0.91], betterIs: 'higher' }, others: [], at: 1 },
    output: {
      testable: false,
      statement: 'Not testable, because nothing that the target does not count is measured.',
    },
  },
});
