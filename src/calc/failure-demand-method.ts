import { z } from 'zod';
import { WellspentError } from '../core/index.ts';
import { fewestSampled, valueOutput } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';
import { periodSchema } from './observations.ts';

const period = z
  .strictObject({
    period: periodSchema,
    contacts: z.number().nonnegative(),
    share: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe('Share that a failure caused, where it is known by linkage.'),
    sample: z
      .strictObject({ failure: z.int().nonnegative(), sampled: z.int().positive() })
      .refine((one) => one.failure <= one.sampled, { message: 'failures are more than contacts sampled' })
      .optional()
      .describe('Or a sample of contacts coded by listening.'),
    gapBefore: z.boolean().default(false).describe('True where years before it are missing.'),
  })
  .refine((one) => (one.share === undefined) !== (one.sample === undefined), {
    message: 'give either a share or a sample, never both for the same contacts',
  });

/** `calc failure-demand`: output net of the work that failures cause. */
export const failureDemandMethod = calcMethod({
  name: 'failure-demand',
  title: 'Output net of failure demand',
  summary:
    'Contacts less those that a failure to do something, or to do it right, has caused: a·(1 − φ). Inputs keep their full cost. φ comes from a coded sample, with its interval, or from linked contacts, never both. ' +
    'The error of samples is carried into the index, and no growth is stated across missing years.',
  source:
    'Seddon, J., on failure demand; Wilson, E. B. (1927) for a share; Katz, D. and others (1978), Obtaining confidence intervals for the risk ratio, for the index.',
  inputSchema: z.strictObject({ periods: z.array(period).min(1).describe('In time order.') }),
  outputSchema: z.strictObject({
    periods: z.array(
      z.strictObject({
        period: periodSchema,
        failureShare: z.number(),
        low: z.number().nullable(),
        high: z.number().nullable(),
        value: z.number().describe('Contacts that were no failure demand.'),
        index: z.number().describe('Value output, 1 in the first period.'),
        indexLow: z.number().nullable(),
        indexHigh: z.number().nullable(),
        growth: z.number().nullable(),
      }),
    ),
    notices: z.array(z.string()),
  }),
  run: ({ periods }) => {
    const found = valueOutput(
      periods.map(({ period: label, contacts, share, sample, gapBefore }) => ({
        period: label,
        contacts,
        found: sample ?? { share: share ?? 0 },
        gapBefore,
      })),
    );
    if (!found)
      throw new WellspentError(
        'INDEX_NOT_DEFINED',
        'The first period has no contact that was no failure demand.',
      );
    return {
      periods: found.map(({ interval, indexInterval, ...row }) => ({
        ...row,
        low: interval?.low ?? null,
        high: interval?.high ?? null,
        indexLow: indexInterval?.low ?? null,
        indexHigh: indexInterval?.high ?? null,
      })),
      notices: periods.flatMap(({ period: label, sample }) =>
        sample && sample.sampled < fewestSampled
          ? [
              `The sample of ${label} has ${sample.sampled} contacts; at least ${fewestSampled} are asked for.`,
            ]
          : [],
      ),
    };
  },
  example: {
    input: {
      periods: [
        { period: '2023', contacts: 1000, share: 0.6 },
        { period: '2024', contacts: 1100, share: 0.7 },
      ],
    },
    output: {
      periods: [
        {
          period: '2023',
          failureShare: 0.6,
          low: null,
          high: null,
          value: 400,
          index: 1,
          indexLow: null,
          indexHigh: null,
          growth: null,
        },
        {
          period: '2024',
          failureShare: 0.7,
          low: null,
          high: null,
          value: 330,
          index: 0.825,
          indexLow: null,
          indexHigh: null,
          growth: -0.175,
        },
      ],
      notices: [],
    },
  },
});
