import { z } from 'zod';
import { wilson } from '../core/index.ts';
import { calcMethod } from './calc-method.ts';

/** `calc wilson`: a share with its interval. */
export const wilsonMethod = calcMethod({
  name: 'wilson',
  title: 'A share with its interval',
  summary:
    "The share of successes with Wilson's score interval, which stays between 0 and 1 and holds for small numbers.",
  source: 'Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference.',
  inputSchema: z
    .strictObject({
      successes: z.number().nonnegative().describe('How many had the quality.'),
      n: z.number().positive().describe('Of how many.'),
      level: z.union([z.literal(0.8), z.literal(0.9), z.literal(0.95), z.literal(0.99)]).default(0.95),
    })
    .refine((given) => given.successes <= given.n, {
      path: ['successes'],
      message: 'successes are more than n',
    }),
  outputSchema: z.strictObject({ share: z.number(), low: z.number(), high: z.number(), level: z.number() }),
  run: ({ successes, n, level }) => {
    const { low, high } = wilson(successes, n, level);
    return { share: successes / n, low, high, level };
  },
  example: {
    input: { successes: 138, n: 200 },
    output: { share: 0.69, low: 0.622828224337, high: 0.750010551639, level: 0.95 },
  },
});
