import { z } from 'zod';
import { weightSensitivity } from '../stats/index.ts';
import { calcMethod } from './calc-method.ts';
import { weightsFault } from './weights-fault.ts';

const inputSchema = z
  .strictObject({
    indicators: z
      .array(
        z.strictObject({
          id: z.string().min(1),
          growth: z.number().describe('Growth of the indicator, as a share; more is better.'),
          weight: z.number().min(0).max(1),
        }),
      )
      .min(2)
      .describe('What is weighed; weights add to 1 and are never rescaled.'),
    draws: z.int().min(100).max(1_000_000).default(20_000),
    seed: z.int().nonnegative().default(20_260_401),
  })
  .superRefine((given, context) => {
    const fault = weightsFault(given.indicators.map((one) => one.weight));
    if (fault) context.addIssue({ code: 'custom', path: ['indicators'], message: fault });
  });

/** `calc weights`: the answer under all other weights. */
export const weightsMethod = calcMethod({
  name: 'weights',
  title: 'The answer under other weights',
  summary:
    'How far the direction of a weighted growth hangs on its weights: the share of all weights that add to 1, drawn evenly, and of weights near the given ones, under which the direction stays; the range with all weight on one indicator; and the smallest weight that must move to bring the growth to zero. ' +
    'This is sensitivity to a choice, never part of an interval.',
  source:
    'Dirichlet(1, …, 1) and Dirichlet(50 × weights) over the simplex; gamma draws of Marsaglia, G. and Tsang, W. W. (2000).',
  inputSchema,
  outputSchema: z.strictObject({
    growth: z.number(),
    sharePositive: z.number().describe('Share of all weights under which growth is positive.'),
    shareSame: z.number().describe('Share of all weights with the direction of the given ones.'),
    shareSameNearby: z.number(),
    low: z.number().describe('With all weight on the indicator that grew least.'),
    high: z.number(),
    smallestShift: z.number().nullable().describe('Weight to move to reach zero; null where none does.'),
    moves: z.array(z.strictObject({ from: z.string(), to: z.string(), weight: z.number() })),
    draws: z.number(),
    seed: z.number(),
  }),
  run: ({ indicators, draws, seed }) => {
    const { smallest, ...rest } = weightSensitivity(
      { values: indicators.map((one) => one.growth), weights: indicators.map((one) => one.weight) },
      { seed, draws },
    );
    const name = (k: number) => indicators[k]?.id ?? String(k);
    return {
      ...rest,
      smallestShift: smallest?.shift ?? null,
      moves: (smallest?.moves ?? []).map(({ from, to, weight }) => ({
        from: name(from),
        to: name(to),
        weight,
      })),
      draws,
      seed,
    };
  },
  example: {
    input: {
      indicators: [
        { id: 'right-first-time', growth: 0.05, weight: 0.6 },
        { id: 'in-time', growth: -0.03, weight: 0.4 },
      ],
      draws: 1000,
      seed: 1,
    },
    output: {
      growth: 0.018,
      sharePositive: 0.586,
      shareSame: 0.586,
      shareSameNearby: 0.999,
      low: -0.03,
      high: 0.05,
      smallestShift: 0.22499999999999998,
      moves: [{ from: 'right-first-time', to: 'in-time', weight: 0.22499999999999998 }],
      draws: 1000,
      seed: 1,
    },
  },
});
