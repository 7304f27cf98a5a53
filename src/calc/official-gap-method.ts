import { z } from 'zod';
import { officialAgainstIndependent } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';
import { screenOutput, screenResult } from './screen-method.ts';

const share = z.number().min(0).max(1);

/** `calc official-gap`: an official share against an independent one. */
export const officialGapMethod = calcMethod({
  name: 'official-gap',
  title: 'An official share against an independent one',
  summary:
    'Official less independent, with its interval; n null for an official share that counts everyone. "same_measure" says that both count the same thing over the same time.',
  source:
    'Newcombe, R. G. (1998), Interval estimation for the difference between independent proportions, method 10.',
  inputSchema: z.strictObject({
    official: z.strictObject({ share, n: z.number().positive().nullable() }),
    independent: z.strictObject({ share, n: z.number().positive() }),
    same_measure: z.boolean(),
  }),
  outputSchema: screenOutput({
    gap: z.number(),
    interval: z.strictObject({
      low: z.number(),
      high: z.number(),
      level: z.number(),
      method: z.string(),
      meaning: z.string(),
    }),
  }),
  run: ({ official, independent, same_measure }) =>
    screenResult(officialAgainstIndependent(official, independent, same_measure)),
  example: {
    input: { official: { share: 0.96, n: null }, independent: { share: 0.77, n: 500 }, same_measure: true },
    output: {
      testable: true,
      n: 500,
      p: 3.122015147733885e-104,
      leans: true,
      gap: 0.18999999999999995,
      interval: {
        low: 0.15525492517447126,
        high: 0.22886221867476664,
        level: 0.95,
        method: 'Newcombe (1998), method 10',
        meaning: 'The range that would hold the true gap in 95 of 100 such surveys.',
      },
      statement:
        'Pattern consistent with an official figure that is better than what people meet with. Also consistent with: a survey that some answer more than others / memory / another clock or another population. To tell them apart: follow a random sample of cases through both, with one clock.',
    },
  },
});
