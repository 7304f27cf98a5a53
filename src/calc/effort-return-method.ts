import { z } from 'zod';
import { effortReturn } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';
import { seedSchema } from './screen-method.ts';

const group = z.strictObject({
  minutes: z.number().nonnegative().describe('Minutes of effort a case.'),
  saving: z.number().describe('Mean audited saving a case, pounds.'),
  standardError: z.number().nonnegative(),
  cases: z.int().positive(),
  block: z
    .string()
    .optional()
    .describe('What else may differ, such as the year: efforts are compared only within a block.'),
});

/** `calc effort-return`: how much effort a case is worth. */
export const effortReturnMethod = calcMethod({
  name: 'effort-return',
  title: 'How much effort a case is worth',
  summary:
    'The audited saving that the next minute of effort brings, made to fall by monotone regression, and the effort where it equals what a minute costs. With `kinds` each has a falling curve of its own, and the best for all is where their mean falls to the cost. Cannot tell where effort was chosen by how hard cases are.',
  source:
    'Barlow, R. E. and others (1972), Statistical inference under order restrictions; best effort as the mean over draws, after Breiman, L. (1996), Bagging predictors; blocks after Scheffé, H. (1959), The analysis of variance, chapter 4; range by max-t, after Westfall, P. H. and Young, S. S. (1993), Resampling-based multiple testing; the reading of effort is ours.',
  inputSchema: z.strictObject({
    groups: z.array(group).min(1),
    kinds: z
      .array(
        z.strictObject({
          share: z.number().min(0).max(1).describe('Share of all cases that are of this kind.'),
          groups: z.array(group).min(1),
        }),
      )
      .optional()
      .describe(
        'Kinds of case, each with groups of its own: the best for all is read from the mean of their curves.',
      ),
    costPerMinute: z.number().positive().describe('Pounds that a minute of staff costs.'),
    assignment: z
      .enum(['random', 'quasi-random', 'by difficulty', 'not known'])
      .describe('How effort came to cases.'),
    window: z
      .strictObject({ from: z.number().nonnegative(), to: z.number().positive() })
      .optional()
      .describe('Two efforts between which the mean saving a minute is wanted.'),
    seed: seedSchema,
    replicates: z.int().min(50).max(100_000).optional(),
  }),
  outputSchema: z.union([
    z.strictObject({ isTold: z.literal(false), why: z.string() }),
    z.strictObject({
      isTold: z.literal(true),
      marginal: z.array(
        z.strictObject({
          from: z.number(),
          to: z.number(),
          observed: z.number(),
          fitted: z.number(),
          low: z.number(),
          high: z.number(),
        }),
      ),
      best: z.number().describe('Minutes a case where the curve falls to the cost.'),
      bagged: z.number().describe('The mean of the best over draws of the savings: steadier; pages show it.'),
      interval: z.strictObject({ low: z.number(), high: z.number() }),
      range: z
        .strictObject({ low: z.number().nullable(), high: z.number().nullable() })
        .describe(
          'Efforts tried between which the best lies, in 95 of 100 samples; null where no bound is known.',
        ),
      window: z
        .strictObject({
          from: z.number(),
          to: z.number(),
          perMinute: z.number(),
          low: z.number(),
          high: z.number(),
        })
        .nullable()
        .describe('Pounds a minute from the effort tried nearest to `from`, to the first at or above `to`.'),
      atEdge: z.enum(['least tried', 'most tried']).nullable(),
    }),
  ]),
  run: (given) => {
    const found = effortReturn(given);
    return found.isTold ? { ...found, marginal: found.marginal.map((one) => ({ ...one })) } : found;
  },
  example: {
    input: {
      groups: [
        { minutes: 10, saving: 40, standardError: 0, cases: 100 },
        { minutes: 20, saving: 60, standardError: 0, cases: 100 },
        { minutes: 30, saving: 65, standardError: 0, cases: 100 },
      ],
      costPerMinute: 1,
      assignment: 'random',
      window: { from: 10, to: 30 },
      replicates: 50,
    },
    output: {
      isTold: true,
      marginal: [
        { from: 10, to: 20, observed: 2, fitted: 2, low: 2, high: 2 },
        { from: 20, to: 30, observed: 0.5, fitted: 0.5, low: 0.5, high: 0.5 },
      ],
      best: 20,
      bagged: 20,
      interval: { low: 20, high: 20 },
      range: { low: 10, high: 30 },
      window: { from: 10, to: 30, perMinute: 1.25, low: 1.25, high: 1.25 },
      atEdge: null,
    },
  },
});
