import { z } from 'zod';
import { periodEnd } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';
import { screenOutput, screenResult, seedSchema } from './screen-method.ts';

/** `calc period-end`: whether completions crowd into the end of periods. */
export const periodEndMethod = calcMethod({
  name: 'period-end',
  title: 'Completions that crowd into the end of periods',
  summary:
    'Completions a day in the last tenth of each period over those of its other days. The p-value is the share of draws in which a block as long, placed at random in each period, holds as much.',
  source: 'Ours: a permutation of the ends of periods.',
  inputSchema: z.strictObject({
    periods: z
      .array(z.array(z.number().nonnegative()))
      .min(1)
      .describe('For each whole period in order, the completions of each of its days.'),
    seed: seedSchema,
    draws: z.int().min(99).max(100_000).optional().describe('How many draws; 1,999 by default.'),
  }),
  outputSchema: screenOutput({
    endRatio: z.number(),
    troughRatio: z.number().nullable(),
    shareAtEnd: z.number(),
  }),
  run: (given) => screenResult(periodEnd(given)),
  example: {
    input: { periods: [[1, 2, 3]] },
    output: {
      testable: false,
      statement: 'Not testable, because fewer than 6 whole periods are known by day.',
    },
  },
});
