import { z } from 'zod';
import { WellspentError } from '../core/index.ts';
import { groupJackknife } from '../stats/index.ts';
import { calcMethod } from './calc-method.ts';

/** `calc jackknife`: the range of a figure from leaving out one group of cases at a time. */
export const jackknifeMethod = calcMethod({
  name: 'jackknife',
  title: 'The range of a figure, leaving out one group at a time',
  summary:
    'The delete-a-group jackknife: the figure worked out again with each of G random groups of cases (or each period) left out gives its standard error, s² = (G − 1)/G · Σ(θ(g) − mean)², and a range by Student’s t with G − 1 degrees of freedom. Totals without a group are scaled up by G/(G − 1) before.',
  source:
    'Wolter, K. M. (2007), Introduction to Variance Estimation, chapter 4; Kott, P. S. (2001), The delete-a-group jackknife.',
  inputSchema: z.strictObject({
    estimate: z.number().describe('The figure from all cases.'),
    without: z.array(z.number()).min(3).describe('The figure without each group.'),
    level: z.number().gt(0).lt(1).default(0.95),
  }),
  outputSchema: z.strictObject({
    standardError: z.number(),
    low: z.number(),
    high: z.number(),
    p: z.number().describe('Two-sided, that the figure is 0.'),
    groups: z.int(),
  }),
  run: ({ estimate, without, level }) => {
    const found = groupJackknife(estimate, without, level);
    if (!found) throw new WellspentError('INDEX_NOT_DEFINED', 'No range can be stated from these figures.');
    return { ...found };
  },
  example: {
    input: { estimate: 2, without: [2.5, 2, 1.5] },
    // The mean of 1, 2 and 3: its standard error is 1/√3.
    output: {
      standardError: 1 / Math.sqrt(3),
      low: -0.4841377117503298,
      high: 4.48413771175033,
      p: 0.07417990022744854,
      groups: 3,
    },
  },
});
