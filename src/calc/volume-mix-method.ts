import { z } from 'zod';
import { WellspentError } from '../core/index.ts';
import { volumeMix } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';

/** `calc volume-mix`: growth of heads and growth of mix. */
export const volumeMixMethod = calcMethod({
  name: 'volume-mix',
  title: 'Growth split into volume and mix',
  summary:
    'Growth of cost-weighted output at a fine level, at a coarse level where each group counts at its mean base cost, and the mix effect, fine over coarse less 1. A rise in mix with flat heads is a question, not a gain: it may be a change of coding.',
  source: 'Index identity; mix = L(fine)/L(coarse) − 1 of Laspeyres volume indices.',
  inputSchema: z.strictObject({
    activities: z
      .array(
        z.strictObject({
          id: z.string().min(1),
          group: z.string().min(1).describe('The coarse group.'),
          unitCost: z.number().positive().describe('Base unit cost, pounds.'),
          base: z.number().nonnegative(),
          current: z.number().nonnegative(),
        }),
      )
      .min(1),
  }),
  outputSchema: z.strictObject({ fine: z.number(), coarse: z.number(), mix: z.number() }),
  run: ({ activities }) => {
    const found = volumeMix(activities);
    if (!found) throw new WellspentError('INDEX_NOT_DEFINED', 'Nothing was produced in the base period.');
    return found;
  },
  example: {
    input: {
      activities: [
        { id: 'minor', group: 'procedures', unitCost: 100, base: 800, current: 700 },
        { id: 'major', group: 'procedures', unitCost: 300, base: 200, current: 300 },
      ],
    },
    output: { fine: 8 / 7, coarse: 1, mix: 1 / 7 },
  },
});
