import { z } from 'zod';
import { WellspentError } from '../core/index.ts';
import { growthInterval } from '../stats/index.ts';
import { calcMethod } from './calc-method.ts';

const range = z.strictObject({ low: z.number(), high: z.number() });

const caseRow = z.strictObject({
  item: z.string().min(1).describe('The output it counts in.'),
  period: z.enum(['earlier', 'later']),
  cluster: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe('The person or household, where cases are linked; each case alone otherwise.'),
  quality: z
    .number()
    .nonnegative()
    .nullable()
    .default(null)
    .describe('Level of quality, higher is better: 1 or 0 for a share; null where it is not measured.'),
  n: z.number().nonnegative().default(1).describe('How many such cases.'),
});

const error = z.strictObject({
  id: z.string().min(1).describe('Errors of one id share their draw.'),
  on: z
    .union([z.enum(['inputs', 'output']), z.strictObject({ unitCost: z.string().min(1) })])
    .describe(
      'What it falls on: the unit cost of an item, all inputs (a deflator), or all output of the later period.',
    ),
  shape: z
    .union([
      z.strictObject({ relative: z.number().nonnegative().describe('Relative standard error; log-normal.') }),
      z
        .strictObject({
          low: z.number().positive(),
          mode: z.number().positive(),
          high: z.number().positive(),
        })
        .refine((one) => one.low <= one.mode && one.mode <= one.high, {
          message: 'low, mode and high are not in order',
        })
        .describe('Triangular, as factors: 1 is "as given".'),
    ])
    .describe('How it is distributed.'),
});

const inputSchema = z
  .strictObject({
    cases: z.array(caseRow).min(1),
    unitCosts: z.record(z.string(), z.number().positive()).describe('Pounds for one, by item.'),
    inputGrowth: z.number().gt(-1).default(0).describe('Growth of inputs as a share, for productivity.'),
    blocks: z
      .strictObject({
        earlier: z.array(z.number().nonnegative()).min(3),
        later: z.array(z.number().nonnegative()).min(3),
      })
      .refine((one) => one.earlier.length === one.later.length, {
        message: 'the two years have different numbers of blocks',
      })
      .nullable()
      .default(null)
      .describe('Output by block of weeks, the same weeks in both years.'),
    weeksPerBlock: z.number().positive().default(4),
    errors: z.array(error).default([]).describe('Errors declared for what is not sampled.'),
    level: z.number().gt(0).lt(1).default(0.95),
    replicates: z.int().min(100).max(100_000).default(2000),
    seed: z.int().nonnegative().default(20_260_401),
  })
  .superRefine((given, context) => {
    const fault = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    given.cases.forEach((row, i) => {
      if (given.unitCosts[row.item] === undefined)
        fault(['cases', i, 'item'], `"${row.item}" has no unit cost`);
    });
    given.errors.forEach(({ on, id, shape }, i) => {
      if (typeof on === 'object' && given.unitCosts[on.unitCost] === undefined)
        fault(['errors', i, 'on'], `"${on.unitCost}" has no unit cost`);
      const first = given.errors.find((one) => one.id === id);
      if (first && 'relative' in first.shape !== 'relative' in shape)
        fault(
          ['errors', i, 'shape'],
          `errors of id "${id}" share their draw and must have one kind of shape`,
        );
    });
  });

/** `calc interval`: growth with its interval, what made it wide, and whether it is told from none. */
export const intervalMethod = calcMethod({
  name: 'interval',
  title: 'Growth with its interval, and what made it wide',
  summary:
    "Growth of cost-weighted output with quality, or of productivity, between two years, with its interval: a Poisson bootstrap over cases (one weight for each person where cases are linked) and paired blocks of weeks with Student's t, the wider of which stands for chance, with every declared error drawn jointly. " +
    'Variance is given with all and without each part. Under 26 paired weeks, or where the interval holds no change, the answer is "cannot tell yet" with the weeks that would tell. It means: if the same service ran again with the same arrivals process. ' +
    'A unit cost without a declared error counts as known, and is listed. With strong correlation from week to week the paired interval covers about 9 in 10.',
  source:
    'Hanley, J. A. and MacGibbon, B. (2006), Creating non-parametric bootstrap samples using Poisson frequencies; Efron, B. (1981), percentile intervals; paired blocks linearised, the limit of resampling the pairs.',
  inputSchema,
  outputSchema: z.strictObject({
    growth: z.number(),
    cases: range.nullable().describe('Chance arrivals alone; null where cases are too few.'),
    weeks: range.nullable().describe('Weeks that vary more than chance; null without blocks.'),
    chance: z.enum(['cases', 'weeks']).describe('The wider of the two.'),
    all: range.describe('Chance and every declared error together.'),
    variance: z.number().describe('Of ln(1 + growth), with all.'),
    components: z.array(z.strictObject({ component: z.string(), varianceWithout: z.number() })),
    pairedWeeks: z.number(),
    verdict: z.enum(['rose', 'fell', 'cannot tell yet']),
    weeksNeeded: z.number().nullable(),
    undeclared: z.array(z.string()),
    replicates: z.number(),
    seed: z.number(),
  }),
  run: (given) => {
    const found = growthInterval(given);
    if (!found)
      throw new WellspentError(
        'INDEX_NOT_DEFINED',
        'No interval can be given: there are too few cases, or none in one of the periods.',
        { hint: 'Give more cases, or output by block of weeks.' },
      );
    return {
      ...found,
      components: [...found.components],
      undeclared: [...found.undeclared],
      replicates: given.replicates,
      seed: given.seed,
    };
  },
  example: {
    input: {
      cases: [
        { item: 'decision', period: 'earlier', n: 400 },
        { item: 'decision', period: 'later', n: 500 },
      ],
      unitCosts: { decision: 50 },
      // Every block grew by a quarter: the weeks alone leave no doubt, the few cases do.
      blocks: { earlier: [100, 100, 200], later: [125, 125, 250] },
      replicates: 100,
      seed: 1,
    },
    output: {
      growth: 0.25,
      cases: { low: 0.09460554477179425, high: 0.44136184311073945 },
      weeks: { low: 0.25, high: 0.25 },
      chance: 'cases',
      all: { low: 0.09460554477179425, high: 0.44136184311073945 },
      variance: 0.005628552734726663,
      components: [{ component: 'cases', varianceWithout: 0 }],
      pairedWeeks: 12,
      verdict: 'cannot tell yet',
      weeksNeeded: 26,
      undeclared: ['decision'],
      replicates: 100,
      seed: 1,
    },
  },
});
