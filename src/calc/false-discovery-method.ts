import { z } from 'zod';
import { adjustForDiscoveries } from '../stats/index.ts';
import { calcMethod } from './calc-method.ts';

/** `calc false-discovery`: p-values adjusted for how many were looked at. */
export const falseDiscoveryMethod = calcMethod({
  name: 'false-discovery',
  title: 'p-values adjusted for how many were looked at',
  summary:
    'Those at or below q keep the expected share of false alarms among all alarms at q: Benjamini and Hochberg, or, under any dependence, Benjamini and Yekutieli. In the order given.',
  source:
    'Benjamini, Y. and Hochberg, Y. (1995), Controlling the false discovery rate; Benjamini, Y. and Yekutieli, D. (2001), under dependency.',
  inputSchema: z.strictObject({
    pValues: z.array(z.number().min(0).max(1)).min(1),
    dependence: z.enum(['independent', 'dependent']),
  }),
  outputSchema: z.strictObject({ adjusted: z.array(z.number()) }),
  run: ({ pValues, dependence }) => ({ adjusted: [...adjustForDiscoveries(pValues, dependence)] }),
  example: {
    input: { pValues: [0.005, 0.04, 0.02], dependence: 'independent' },
    output: { adjusted: [0.015, 0.04, 0.03] },
  },
});
