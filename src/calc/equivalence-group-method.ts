import { z } from 'zod';
import { WellspentError } from '../core/index.ts';
import { equivalenceGroup } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';

/** `calc equivalence-group`: routes to the same service under one weight. */
export const equivalenceGroupMethod = calcMethod({
  name: 'equivalence-group',
  title: 'Routes to the same service under one weight',
  summary:
    'Output when work moves between routes of equal value, such as telephone and web: with one shared weight (the mean unit cost of the base period), and with separate weights, which read a move to the cheaper route as lost output. ' +
    'Inputs are base unit costs times volumes, with the share of cost that does not fall with volume kept; productivity is the group over inputs.',
  source:
    "UK Statistics Authority (2025), National Statistician's Independent Review of the Measurement of Public Services Productivity, recommendation 5.",
  inputSchema: z.strictObject({
    members: z
      .array(
        z.strictObject({
          id: z.string().min(1),
          unitCost: z.number().positive().describe('Base unit cost, pounds.'),
          base: z.number().nonnegative(),
          current: z.number().nonnegative(),
          fixedShare: z
            .number()
            .min(0)
            .max(1)
            .default(0)
            .describe('Share of base cost that does not fall with volume.'),
        }),
      )
      .min(1),
  }),
  outputSchema: z.strictObject({
    separate: z.number().describe('Volume index with a weight for each route.'),
    group: z.number().describe('Volume index of the group.'),
    weight: z.number().describe('The shared weight, pounds.'),
    input: z.number(),
    productivity: z.number(),
  }),
  run: ({ members }) => {
    const found = equivalenceGroup(members);
    if (!found)
      throw new WellspentError('INDEX_NOT_DEFINED', 'The group produced nothing in the base period.');
    return found;
  },
  example: {
    input: {
      members: [
        { id: 'telephone', unitCost: 4, base: 100, current: 50, fixedShare: 0.5 },
        { id: 'web', unitCost: 1, base: 0, current: 50 },
      ],
    },
    output: { separate: 0.625, group: 1, weight: 4, input: 0.875, productivity: 1 / 0.875 },
  },
});
