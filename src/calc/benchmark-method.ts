import { z } from 'zod';
import { benchmarkMethods, benchmarkSeries } from '../stats/index.ts';
import { calcMethod } from './calc-method.ts';

/** `calc benchmark`: a sub-annual series fitted to annual totals. */
export const benchmarkMethod = calcMethod({
  name: 'benchmark',
  title: 'A sub-annual series fitted to annual totals',
  summary:
    'The series that follows a quarterly or monthly indicator and adds to annual totals. "denton-proportional" keeps the ratio to the indicator as steady as it can, "denton-additive" the difference (with an indicator of zero it smooths the totals alone), both carrying the last correction past the last total; "cholette-dagum" lets it die away there. ' +
    'The first benchmark covers the first values of the indicator. Cholette–Dagum is the choice where figures after the last benchmark matter, Denton where every sub-period is covered. A proportional method gives way to the additive one where the indicator is zero or below, with a notice; results below zero are shown as they are.',
  source:
    "Denton, F. T. (1971), Adjustment of monthly or quarterly series to annual totals, with the start of Cholette, P. A. (1984); Dagum, E. B. and Cholette, P. A. (2006), Benchmarking, Temporal Distribution, and Reconciliation Methods for Time Series, chapter 3; rho of 0.9 a month and 0.729 a quarter as in Statistics Canada's G-Series.",
  inputSchema: z.strictObject({
    method: z.enum(benchmarkMethods).describe('How corrections are spread over sub-periods.'),
    indicator: z.array(z.number()).min(1).max(100_000).describe('The sub-annual series, in time order.'),
    benchmarks: z.array(z.number()).min(1).describe('Totals of runs of the indicator, in time order.'),
    perBenchmark: z.int().positive().describe('Values to one benchmark: 4 for quarters, 12 for months.'),
    rho: z
      .number()
      .min(0)
      .lt(1)
      .optional()
      .describe(
        'cholette-dagum: how far a correction holds one value on; 0.9 to the power 12/perBenchmark when left out.',
      ),
    lambda: z
      .union([z.literal(0), z.literal(1)])
      .optional()
      .describe('cholette-dagum: 1 (when left out) corrects in proportion, 0 by amounts.'),
    biasEstimated: z
      .boolean()
      .optional()
      .describe(
        'cholette-dagum: whether the indicator is first set to the level of the benchmarks; true when left out.',
      ),
    alterability: z
      .array(z.number().nonnegative())
      .optional()
      .describe('cholette-dagum: by benchmark, its variance over its size; 0 (when left out) binds it.'),
  }),
  outputSchema: z.strictObject({
    method: z.enum(benchmarkMethods).describe('The method used in the end.'),
    values: z.array(z.number()),
    bi: z
      .array(z.number().nullable())
      .describe(
        'Benchmark-to-indicator ratio by sub-period: result over indicator; null where that is zero.',
      ),
    bias: z
      .number()
      .nullable()
      .describe('What the indicator was multiplied by, or raised by with lambda 0, before corrections.'),
    extrapolated: z.number().describe('Values after the last benchmark.'),
    greatestChangeInGrowth: z.number().nullable(),
    notices: z.array(z.string()),
  }),
  run: (given) => {
    const { values, bi, notices, ...rest } = benchmarkSeries(given);
    return { ...rest, values: [...values], bi: [...bi], notices: [...notices] };
  },
  example: {
    // One total is shared out in proportion to the indicator.
    input: {
      method: 'denton-proportional',
      indicator: [98, 101, 103, 98],
      benchmarks: [420],
      perBenchmark: 4,
    },
    output: {
      method: 'denton-proportional',
      values: [102.9, 106.05, 108.15, 102.9],
      bi: [1.05, 1.05, 1.05, 1.05],
      bias: null,
      extrapolated: 0,
      greatestChangeInGrowth: 0,
      notices: [],
    },
  },
});
