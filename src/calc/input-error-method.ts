import { z } from 'zod';
import { WellspentError } from '../core/index.ts';
import { inputErrorDraws, percentileInterval } from '../stats/index.ts';
import { calcMethod } from './calc-method.ts';
import { weightsFault } from './weights-fault.ts';

/** An input's share of cost, its growth and the error declared of that. */
export const inputShareSchema = z.strictObject({
  share: z.number().nonnegative().describe('Its share of the earlier cost; the shares add to 1.'),
  growth: z.number().gt(-1).describe('Growth of its volume as a share.'),
  error: z
    .strictObject({
      id: z.string().min(1).describe('Errors of one id share their draw, as one deflator errs alike.'),
      percent: z
        .number()
        .positive()
        .max(100)
        .describe('Relative standard error of its growth, in percent; log-normal.'),
    })
    .optional()
    .describe('Left out, the input counts as exact.'),
});

const input = inputShareSchema.extend({ input: z.string().min(1).describe('Its name.') });

/** `calc input-error`: growth of inputs with the range that their declared errors give. */
export const inputErrorMethod = calcMethod({
  name: 'input-error',
  title: 'Growth of inputs with the errors declared of them',
  summary:
    'Growth of inputs at earlier shares of cost, with the range that declared errors of its inputs give: each error is drawn log-normal, those of one id together, and the range holds the middle of the draws. An input that declares none counts as exact. `calc interval` draws such errors jointly with chance.',
  source: 'Method note on measures, section 8, step 3; Efron, B. (1981), percentile intervals.',
  inputSchema: z
    .strictObject({
      inputs: z.array(input).min(1),
      level: z.number().gt(0).lt(1).default(0.95),
      replicates: z.int().min(100).max(100_000).default(2000),
      seed: z.int().nonnegative().default(20_260_401),
    })
    .superRefine(({ inputs }, context) => {
      const message = weightsFault(inputs.map(({ share }) => share));
      if (message !== null) context.addIssue({ code: 'custom', path: ['inputs'], message });
    }),
  outputSchema: z.strictObject({
    growth: z.number(),
    low: z.number(),
    high: z.number(),
    exact: z.array(z.string()).describe('Inputs that declare no error.'),
  }),
  run: ({ inputs, level, replicates, seed }) => {
    const growth = inputs.reduce((sum, one) => sum + one.share * one.growth, 0);
    const shares = inputs.map(({ share, growth: own, error }) => ({
      weight: share,
      ratio: 1 + own,
      error: error ? { id: error.id, relative: error.percent / 100 } : null,
    }));
    const draws = inputErrorDraws(shares, seed, replicates);
    if (!draws)
      throw new WellspentError('INDEX_NOT_DEFINED', 'No range can be given: no input declares an error.', {
        hint: 'Give at least one input an error, or use `calc inputs` for growth alone.',
      });
    const { low, high } = percentileInterval(draws, level);
    return {
      growth,
      low: (1 + growth) * Math.exp(low) - 1,
      high: (1 + growth) * Math.exp(high) - 1,
      exact: inputs.flatMap((one) => (one.error ? [] : [one.input])),
    };
  },
  example: {
    input: {
      inputs: [
        { input: 'Hours', share: 0.75, growth: 0.04, error: { id: 'payroll', percent: 2 } },
        { input: 'Goods', share: 0.25, growth: 0 },
      ],
      replicates: 100,
      seed: 1,
    },
    output: { growth: 0.03, low: -0.006583425232643325, high: 0.05679952235371499, exact: ['Goods'] },
  },
});
