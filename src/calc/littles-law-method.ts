import { z } from 'zod';
import { WellspentError } from '../core/index.ts';
import { impliedWait } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';

const count = z.number().nonnegative();

/** `calc littles-law`: the wait that open work and completions imply. */
export const littlesLawMethod = calcMethod({
  name: 'littles-law',
  title: 'The wait that open work and completions imply',
  summary:
    "Little's law, L = λW: the mean wait that open work and the rate of completions imply, in weeks and in working days (five to a week). It holds where the stock stands still, moving by less than a tenth of completions; where it moves, the wait by arrivals is given beside it. " +
    'A measured wait more than 20% from the implied one is in doubt: cases are missing, clocks start again, or the measure leaves cases out.',
  source:
    'Little, J. D. C. (1961), A proof for the queuing formula L = λW; the limits of 10% and 20% are product rules.',
  inputSchema: z.strictObject({
    opening: count.describe('Open work at the start; for a snapshot, the same as `closing`.'),
    closing: count.describe('Open work at the end.'),
    completions: z.number().positive().describe('Completed in the period.'),
    arrivals: count.nullable().default(null).describe('Came in during the period, where known.'),
    weeks: z.number().positive().default(52).describe('Length of the period.'),
    measuredWeeks: z
      .number()
      .nonnegative()
      .nullable()
      .default(null)
      .describe('The mean wait as it is reported.'),
    targetWorkingDays: z.number().positive().nullable().default(null),
  }),
  outputSchema: z.strictObject({
    weeks: z.number(),
    workingDays: z.number(),
    isSteady: z.boolean(),
    weeksByArrivals: z.number().nullable(),
    measuredOverImplied: z.number().nullable(),
    isInDoubt: z.boolean(),
    overTarget: z
      .number()
      .nullable()
      .describe('Implied wait over the target; above 1 it cannot be met on average.'),
  }),
  run: ({ targetWorkingDays, ...given }) => {
    const found = impliedWait(given);
    if (!found) throw new WellspentError('INDEX_NOT_DEFINED', 'Nothing was completed in the period.');
    return {
      ...found,
      overTarget: targetWorkingDays === null ? null : found.workingDays / targetWorkingDays,
    };
  },
  example: {
    input: { opening: 1000, closing: 1000, completions: 5200, measuredWeeks: 6, targetWorkingDays: 40 },
    output: {
      weeks: 10,
      workingDays: 50,
      isSteady: true,
      weeksByArrivals: null,
      measuredOverImplied: 0.6,
      isInDoubt: true,
      overTarget: 1.25,
    },
  },
});
