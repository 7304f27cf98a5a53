import { z } from 'zod';
import { WellspentError } from '../core/index.ts';
import { qualityGrowth } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';
import { weightsFault } from './weights-fault.ts';

const indicator = z
  .strictObject({
    id: z.string().min(1),
    base: z.number().nonnegative(),
    current: z.number().nonnegative(),
    direction: z.enum(['up', 'down']).describe('Which way is better.'),
    weight: z.number().min(0).max(1),
    isShare: z.boolean().default(true).describe('False for a mean, such as days.'),
  })
  .refine((one) => !one.isShare || Math.max(one.base, one.current) <= 1, {
    message: 'a share lies between 0 and 1',
  });

const inputSchema = z
  .strictObject({
    indicators: z.array(indicator).min(1).describe('Weights add to 1 and are never rescaled.'),
    candidates: z
      .array(z.strictObject({ id: z.string().min(1), growth: z.number() }))
      .optional()
      .describe('Growth by every other indicator that was tried, so that the choice is seen.'),
  })
  .superRefine((given, context) => {
    const fault = weightsFault(given.indicators.map((one) => one.weight));
    if (fault) context.addIssue({ code: 'custom', path: ['indicators'], message: fault });
  });

/** `calc quality-indicators`: growth of quality from several indicators. */
export const qualityIndicatorsMethod = calcMethod({
  name: 'quality-indicators',
  title: 'Growth of quality from several indicators',
  summary:
    'Growth of quality as the weighted sum of the growth of its indicators, Σ v·g, with the geometric form Π(1 + g)^v beside it. A share where lower is better enters as its complement, never as a reciprocal; a mean where lower is better as its reciprocal (product rule). ' +
    'Indicators within 2 points of their bound are named, and so is the weight that would have to move for growth to be nothing. With `candidates` the range over every indicator tried is given, as the choice is itself a result.',
  source:
    'Office for National Statistics (2019), A guide to quality adjustment in public service productivity; the range over indicators as in its triangulation of education (2012), 19% to 49% for the same cohorts.',
  inputSchema,
  outputSchema: z.strictObject({
    growth: z.array(z.number()).describe('By indicator, where more is better.'),
    arithmetic: z.number(),
    geometric: z.number(),
    saturated: z.array(z.string()),
    smallestShift: z.number().nullable(),
    choice: z
      .strictObject({ low: z.number(), high: z.number(), tried: z.number() })
      .nullable()
      .describe('Range of growth over all indicators tried.'),
  }),
  run: ({ indicators, candidates = [] }) => {
    const found = qualityGrowth(indicators);
    if (!found)
      throw new WellspentError(
        'INDEX_NOT_DEFINED',
        'No growth of quality can be stated: the base level of an indicator is zero.',
        { hint: 'A share that is already at its best has no complement to grow from; leave it out.' },
      );
    const all = [...found.growth, ...candidates.map((one) => one.growth)];
    return {
      ...found,
      growth: [...found.growth],
      saturated: [...found.saturated],
      choice:
        candidates.length === 0 ? null : { low: Math.min(...all), high: Math.max(...all), tried: all.length },
    };
  },
  example: {
    input: {
      indicators: [
        { id: 'right-first-time', base: 0.8, current: 0.84, direction: 'up', weight: 0.5 },
        { id: 'reopened', base: 0.2, current: 0.28, direction: 'down', weight: 0.5 },
      ],
      candidates: [{ id: 'complaints', growth: 0.1 }],
    },
    output: {
      growth: [0.05, -0.1],
      arithmetic: -0.025,
      geometric: Math.sqrt(1.05 * 0.9) - 1,
      saturated: [],
      smallestShift: 0.025 / 0.15,
      choice: { low: -0.1, high: 0.1, tried: 3 },
    },
  },
});
