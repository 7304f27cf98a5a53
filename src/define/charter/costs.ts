import { z } from 'zod';
import { assumptionRef, id, isoDate } from './words.ts';

/** What work and waiting cost. */
export const costs = z.strictObject({
  minute: z
    .array(
      z.strictObject({
        team: z.string().optional().describe('The team; left out for all others.'),
        assumption: assumptionRef,
      }),
    )
    .optional()
    .describe('Cost of a minute of work, in pounds, by team; an entry without a team is for all others.'),
  touch_minutes: z
    .array(z.strictObject({ step: z.string().describe('The step.'), assumption: assumptionRef }))
    .optional()
    .describe('Minutes of work of a step, where the data record none.'),
  delay_day: assumptionRef
    .optional()
    .describe('What a day of waiting costs the person or the exchequer, in pounds.'),
});

/** Something that is not in the data, with its source, its owner and its review. */
export const assumption = z.strictObject({
  id,
  statement: z.string().min(1).describe('What is assumed, in one sentence.'),
  value: z.number().optional().describe('The number, when it is used as one.'),
  by_period: z
    .record(z.string(), z.number())
    .optional()
    .describe('Values that change: first day of the period on which each starts.'),
  unit: z.string().optional().describe('What the number counts, such as "pounds" or "minutes".'),
  source: z.string().min(1).describe('Where it comes from.'),
  owner: z.string().min(1).describe('A role, never a name.'),
  review: isoDate.describe('When it must be looked at again.'),
});

/** A figure that is not in the data, with its source, its owner and the date it is looked at again. */
export type Assumption = z.infer<typeof assumption>;
