import { z } from 'zod';
import { ratchet } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';
import { screenOutput, screenResult } from './screen-method.ts';

const result = { unit: z.string(), period: z.int().describe('Place in time.'), actual: z.number() };

/** `calc ratchet`: whether units hold back after a good period. */
export const ratchetMethod = calcMethod({
  name: 'ratchet',
  title: 'Holding back after a good period',
  summary:
    'Growth in the next period on overshoot in this one, with unit effects, less the same slope for a measure that nobody aims at; standard error by leaving out one unit at a time. Below 0, units that beat their target fall back by more than regression to the mean.',
  source:
    'The idea: Weitzman, M. L. (1980), The "ratchet principle" and performance incentives; the estimator is ours.',
  inputSchema: z.strictObject({
    targeted: z.array(z.strictObject({ ...result, target: z.number() })).min(1),
    untargeted: z.array(z.strictObject(result)).describe('A measure of the same units without a target.'),
  }),
  outputSchema: screenOutput({
    slope: z.number(),
    untargetedSlope: z.number(),
    difference: z.number(),
    standardError: z.number(),
    spreadRatio: z.number().nullable(),
  }),
  run: ({ targeted, untargeted }) => screenResult(ratchet(targeted, untargeted)),
  example: {
    input: { targeted: [{ unit: 'a', period: 0, actual: 0.9, target: 0.85 }], untargeted: [] },
    output: {
      testable: false,
      statement:
        'Not testable, because fewer than 10 units have both a targeted and an untargeted measure over time.',
    },
  },
});
