import { z } from 'zod';
import { avoidableCost } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';

/** `calc avoidable-cost`: what a move between channels saves. */
export const avoidableCostMethod = calcMethod({
  name: 'avoidable-cost',
  title: 'What a move between channels really saves',
  summary:
    'Cost is C(a) = F + S·ceil(a/b) + v·a: fixed, in steps of capacity, and variable. Average cost weighs output; only avoidable cost values a saving: variable cost, steps of capacity that are really released, and the fixed cost of a channel that is new. ' +
    'The saving by averages, which overstates, stands beside it.',
  source:
    'Cost behaviour of fixed, stepped and variable cost (management accounting); product rule for what is avoidable.',
  inputSchema: z.strictObject({
    channels: z
      .array(
        z.strictObject({
          id: z.string().min(1),
          fixed: z.number().nonnegative().describe('Pounds, whatever the volume.'),
          stepCost: z.number().nonnegative().default(0).describe('Pounds for one step of capacity.'),
          stepCapacity: z.number().positive().nullable().default(null).describe('How much one step carries.'),
          variable: z.number().nonnegative().describe('Pounds for one.'),
          base: z.number().nonnegative(),
          current: z.number().nonnegative(),
          isNew: z.boolean().default(false).describe('True where the fixed cost comes only with the move.'),
          stepsReleased: z.boolean().default(true).describe('False where capacity not needed is kept.'),
        }),
      )
      .min(1),
  }),
  outputSchema: z.strictObject({
    channels: z.array(
      z.strictObject({
        id: z.string(),
        unitCostBase: z.number().nullable(),
        unitCostCurrent: z.number().nullable(),
        change: z.number().describe('Change of cost that the move brings; negative is saved.'),
      }),
    ),
    averageCostSaving: z.number(),
    saving: z.number(),
  }),
  run: ({ channels }) => {
    const found = avoidableCost(channels);
    return { ...found, channels: [...found.channels] };
  },
  example: {
    input: {
      channels: [
        { id: 'telephone', fixed: 10, stepCost: 2, stepCapacity: 5, variable: 1, base: 20, current: 10 },
        { id: 'web', fixed: 4, variable: 0.2, base: 0, current: 10, isNew: true },
      ],
    },
    // Telephone 38 for 20 and 24 for 10; web 6 for 10. Averages save 19 − 6; avoided are 10 + 4 − 2 − 4.
    output: {
      channels: [
        { id: 'telephone', unitCostBase: 1.9, unitCostCurrent: 2.4, change: -14 },
        { id: 'web', unitCostBase: null, unitCostCurrent: 0.6, change: 6 },
      ],
      averageCostSaving: 13,
      saving: 8,
    },
  },
});
