import { z } from 'zod';
import { revisionStatistics, revisionsTriangle } from '../stats/index.ts';
import { calcMethod } from './calc-method.ts';
import { periodSchema } from './observations.ts';

const inputSchema = z
  .strictObject({
    periods: z.array(periodSchema).min(1).describe('Reference periods, in time order.'),
    vintages: z
      .array(
        z.strictObject({
          published: z.string().min(1).describe('Which publication, such as its date.'),
          values: z.array(z.number().nullable()).describe('One for each period; null where it gave none.'),
        }),
      )
      .min(2)
      .describe('Publications in the order they came.'),
  })
  .superRefine((given, context) => {
    given.vintages.forEach((vintage, i) => {
      if (vintage.values.length !== given.periods.length)
        context.addIssue({
          code: 'custom',
          path: ['vintages', i, 'values'],
          message: `${vintage.values.length} values for ${given.periods.length} periods`,
        });
    });
  });

/** `calc revisions`: how first estimates changed. */
export const revisionsMethod = calcMethod({
  name: 'revisions',
  title: 'How first estimates were revised',
  summary:
    'For each period, its first published estimate against its latest, and over all periods the mean, mean absolute and root mean square revision, the range, and how many changed. ' +
    'First estimates have been biased where at least eight revisions have a mean more than two standard errors from zero; the standard error allows for runs of like revisions, with lags up to the cube root of the number of periods.',
  source:
    'Newey, W. K. and West, K. D. (1987), A simple, positive semi-definite, heteroskedasticity and autocorrelation consistent covariance matrix; revisions as in the triangles of the Office for National Statistics.',
  inputSchema,
  outputSchema: z.strictObject({
    triangle: z.array(
      z.strictObject({
        period: periodSchema,
        first: z.number(),
        latest: z.number(),
        revision: z.number(),
        estimates: z.number(),
      }),
    ),
    statistics: z
      .strictObject({
        n: z.number(),
        mean: z.number(),
        meanAbsolute: z.number(),
        rootMeanSquare: z.number(),
        max: z.number(),
        min: z.number(),
        revised: z.number(),
        standardError: z.number().nullable(),
        isBiased: z.boolean(),
      })
      .nullable()
      .describe('Null where no period has two estimates.'),
  }),
  run: ({ periods, vintages }) => {
    const triangle = revisionsTriangle(
      periods,
      vintages.map((vintage) => vintage.values),
    );
    return {
      triangle: [...triangle],
      statistics: revisionStatistics(triangle.map((row) => row.revision)),
    };
  },
  example: {
    input: {
      periods: ['2024 Q1', '2024 Q2'],
      vintages: [
        { published: '2024-08', values: [1.0, null] },
        { published: '2024-11', values: [1.5, 2.0] },
        { published: '2025-02', values: [1.25, 2.25] },
      ],
    },
    output: {
      triangle: [
        { period: '2024 Q1', first: 1, latest: 1.25, revision: 0.25, estimates: 3 },
        { period: '2024 Q2', first: 2, latest: 2.25, revision: 0.25, estimates: 2 },
      ],
      statistics: {
        n: 2,
        mean: 0.25,
        meanAbsolute: 0.25,
        rootMeanSquare: 0.25,
        max: 0.25,
        min: 0.25,
        revised: 2,
        standardError: 0,
        isBiased: false,
      },
    },
  },
});
