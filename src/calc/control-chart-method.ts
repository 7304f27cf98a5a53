import { z } from 'zod';
import { WellspentError } from '../core/index.ts';
import { controlChart } from '../stats/index.ts';
import { calcMethod } from './calc-method.ts';
import { periodSchema } from './observations.ts';

const point = z.strictObject({
  period: periodSchema,
  value: z.number().describe('xmr: the number; p: how many of `n`; u: how many in `n`.'),
  n: z.number().positive().optional().describe('p: cases; u: exposure, such as cases or hours.'),
});

const inputSchema = z
  .strictObject({
    kind: z
      .enum(['xmr', 'p', 'u'])
      .describe('xmr: a number; p: a share of cases; u: events for an exposure.'),
    points: z.array(point).min(6).describe('In time order, without gaps.'),
    baseline: z
      .int()
      .min(5)
      .optional()
      .describe(
        'How many of the first points set the centre and the limits; those after are tested. All points when left out.',
      ),
    rate: z
      .number()
      .gt(0)
      .max(0.5)
      .default(0.05)
      .describe('Chance of any false alarm on the whole chart, if nothing changed.'),
    useRuns: z.boolean().default(true).describe('Whether many points in a row on one side are a signal.'),
    varies: z
      .boolean()
      .default(false)
      .describe('p and u: measure the spread between points instead of taking it from chance alone.'),
    differencedBy: z
      .int()
      .positive()
      .nullable()
      .default(null)
      .describe(
        'xmr: where each point is a change on this many points before, such as 12 for months on a year before.',
      ),
    draws: z.int().min(1000).max(200_000).default(10_000),
    seed: z.int().nonnegative().default(20_260_401),
  })
  .superRefine((given, context) => {
    const fault = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    if ((given.baseline ?? 0) > given.points.length)
      fault(['baseline'], `the baseline is longer than the ${given.points.length} points`);
    given.points.forEach(({ value, n }, i) => {
      if (given.kind === 'xmr') {
        if (n !== undefined) fault(['points', i, 'n'], 'a number has no n');
        return;
      }
      if (n === undefined) fault(['points', i, 'n'], 'n is missing');
      else if (!Number.isInteger(value) || value < 0)
        fault(['points', i, 'value'], 'a count is a whole number');
      else if (given.kind === 'p' && (value > n || !Number.isInteger(n)))
        fault(['points', i, 'n'], 'n is a whole number of cases, and no fewer than have the quality');
    });
  });

/** `calc control-chart`: signals at a stated rate of false alarms. */
export const controlChartMethod = calcMethod({
  name: 'control-chart',
  title: 'What changed lately: a control chart with a stated rate of false alarms',
  summary:
    'An XmR chart of a number, a p chart of a share or a u chart of a rate. Points after the baseline are tested against it: one beyond the limits, or many in a row on one side of the centre. ' +
    'Limits are set by simulation so that the chance of any false alarm on the whole chart, if nothing changed, is the stated rate: it allows for a centre and spread that are themselves estimated, for the number of points and for both rules together (counts being whole, p and u charts may stay below it). ' +
    'With `varies` the spread between points is measured rather than taken from chance. Points that follow each other by nature, such as stocks or seasonal series, give more false alarms than stated.',
  source:
    'Shewhart, W. A. (1931); Wheeler, D. J. (1993), Understanding Variation, for XmR; Laney, D. B. (2002), Improved control charts for attributes; the calibration is our own. Binomial draws of Hörmann, W. (1993).',
  inputSchema,
  outputSchema: z.strictObject({
    centre: z.number(),
    limit: z.number().describe('Limits are this many standard deviations from the centre.'),
    run: z.number().nullable().describe('Points in a row on one side that are a signal; null where unused.'),
    rates: z.strictObject({
      limit: z.number(),
      run: z.number(),
      any: z.number().describe('Chance of any false alarm on a chart of these points.'),
    }),
    points: z.array(
      z.strictObject({
        period: periodSchema,
        value: z.number(),
        lower: z.number(),
        upper: z.number(),
        movingRange: z.number().nullable(),
        isTested: z.boolean(),
        signal: z.enum(['above', 'below', 'run']).nullable(),
      }),
    ),
    signals: z.array(periodSchema),
    draws: z.number(),
    seed: z.number(),
  }),
  run: ({ points, baseline = points.length, ...given }) => {
    const found = controlChart({
      ...given,
      baseline,
      values: points.map((one) => one.value),
      sizes: points.map((one) => one.n ?? 1),
    });
    if (!found)
      throw new WellspentError(
        'INDEX_NOT_DEFINED',
        'No limits can be set: the baseline does not vary at all.',
        {
          hint: 'Use a finer measure, or a longer baseline.',
        },
      );
    const charted = found.points.map((one, t) => ({ period: points[t]?.period ?? t, ...one }));
    return {
      ...found,
      points: charted,
      signals: charted.filter((one) => one.signal !== null).map((one) => one.period),
      draws: given.draws,
      seed: given.seed,
    };
  },
  example: {
    input: {
      kind: 'xmr',
      points: [10, 12, 11, 9, 10, 30].map((value, t) => ({ period: t + 1, value })),
      baseline: 5,
      useRuns: false,
      draws: 1000,
      seed: 1,
    },
    output: {
      centre: 10.4,
      limit: 3.212890085286662,
      run: null,
      rates: { limit: 0.05, run: 0, any: 0.05 },
      points: [
        {
          period: 1,
          value: 10,
          lower: 6.128975446848129,
          upper: 14.671024553151872,
          movingRange: null,
          isTested: false,
          signal: null,
        },
        {
          period: 2,
          value: 12,
          lower: 6.128975446848129,
          upper: 14.671024553151872,
          movingRange: 2,
          isTested: false,
          signal: null,
        },
        {
          period: 3,
          value: 11,
          lower: 6.128975446848129,
          upper: 14.671024553151872,
          movingRange: 1,
          isTested: false,
          signal: null,
        },
        {
          period: 4,
          value: 9,
          lower: 6.128975446848129,
          upper: 14.671024553151872,
          movingRange: 2,
          isTested: false,
          signal: null,
        },
        {
          period: 5,
          value: 10,
          lower: 6.128975446848129,
          upper: 14.671024553151872,
          movingRange: 1,
          isTested: false,
          signal: null,
        },
        {
          period: 6,
          value: 30,
          lower: 6.128975446848129,
          upper: 14.671024553151872,
          movingRange: 20,
          isTested: true,
          signal: 'above',
        },
      ],
      signals: [6],
      draws: 1000,
      seed: 1,
    },
  },
});
