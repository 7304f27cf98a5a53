import { z } from 'zod';
import { quantile } from '../stats/index.ts';
import { calcMethod } from './calc-method.ts';

/** `calc quantile`: quantiles of a sample. */
export const quantileMethod = calcMethod({
  name: 'quantile',
  title: 'Quantiles of a sample',
  summary: 'Quantiles by linear interpolation between order statistics, type 7 (the default of R and NumPy).',
  source: 'Hyndman, R. J. and Fan, Y. (1996), Sample quantiles in statistical packages, type 7.',
  inputSchema: z.strictObject({
    values: z.array(z.number()).min(1),
    probabilities: z.array(z.number().min(0).max(1)).min(1),
  }),
  outputSchema: z.strictObject({ quantiles: z.array(z.number()) }),
  run: ({ values, probabilities }) => ({ quantiles: probabilities.map((p) => quantile(values, p)) }),
  example: {
    input: { values: [1, 2, 3, 4, 10], probabilities: [0.5, 0.9] },
    output: { quantiles: [3, 7.6] },
  },
});
