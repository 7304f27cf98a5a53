import { z } from 'zod';
import { assumptionRef, expression, id, isoDate, title } from './words.ts';

/** What the service intends for people and the public. */
export const outcome = z.strictObject({
  id,
  title,
  for_whom: z.string().optional().describe('Who gets it.'),
  measure: id
    .optional()
    .describe('The quality measure that shows it; without one the outcome is declared unmeasured.'),
});

/** What the service produces, each case counted once. */
export const output = z.strictObject({
  id,
  title,
  unit: z.string().describe('What one is, such as "passport" or "decision".'),
  from: z.enum(['cases', 'volumes']).describe('Counted from cases, or given as totals in the volumes table.'),
  where: expression.optional().describe('Which cases count (from: cases). Each case counts once.'),
  at: z.string().optional().describe('The time column that places a case in a period; "closed" by default.'),
  unit_cost: assumptionRef
    .optional()
    .describe('Cost of one; not needed when the volumes table carries unit costs.'),
  group: id
    .optional()
    .describe('Outputs of one group are the same service by another route and share one weight.'),
  group_reason: z.string().optional().describe('Why the outcome is the same.'),
  group_owner: z.string().min(1).optional().describe('The role that answers for the group.'),
  group_since: isoDate.optional().describe('The day from which the group holds.'),
  group_margin: z
    .number()
    .positive()
    .max(0.5)
    .optional()
    .describe(
      'How far a share of quality may differ between the routes for their outcome to count as the same; 0.02, two points, by default.',
    ),
  essential: z.boolean().optional().describe('True when the service may not stop it.'),
  measured_by: z
    .literal('inputs')
    .optional()
    .describe(
      '`inputs` where it has no measure of its own and its volume is that of its inputs: its productivity then cannot change, and its share is shown.',
    ),
});

/** How well an output is produced, with its weight and whose weight that is. */
export const quality = z.strictObject({
  id,
  title,
  outputs: z.union([z.literal('all'), z.array(id).min(1)]).describe('The outputs it speaks for.'),
  from: z
    .enum(['cases', 'quality'])
    .describe('Worked out from cases, or given as values in the quality table.'),
  share: expression.optional().describe('Cases that have the quality (from: cases).'),
  of: expression.optional().describe('Cases that could have it; all cases of the outputs by default.'),
  mean: expression.optional().describe('A number to average instead of a share (from: cases).'),
  measure: z.string().optional().describe('Name in the quality table (from: quality); the id by default.'),
  direction: z.enum(['higher', 'lower']).describe('Which way is better.'),
  weight: z
    .number()
    .min(0)
    .max(1)
    .describe('Share of the quality adjustment it carries. Weights that speak for one output add to 1.'),
  weight_source: z.string().min(1).describe('Whose weight it is, and why.'),
});

/** What the service uses. */
export const input = z.strictObject({
  id,
  title,
  category: z
    .enum(['labour', 'labour-indirect', 'goods-services', 'capital', 'citizen-time'])
    .describe('What kind of input it is.'),
  input: z.string().optional().describe('Name in the inputs table; the id by default.'),
  error: z
    .strictObject({
      percent: z
        .number()
        .positive()
        .max(100)
        .describe(
          'Relative standard error, in percent, of how this input changed from the earlier to the later period. A level that is wrong alike in both cancels out.',
        ),
      source: z.string().min(1).describe('Who says so, and from what.'),
      shared: z
        .string()
        .min(1)
        .optional()
        .describe(
          'A word of your own: inputs that give the same word err together, as those with one deflator do.',
        ),
    })
    .optional()
    .describe(
      'How far its records, costs or deflator may be out. It widens the range of growth of inputs and of productivity; without it the input counts as exact.',
    ),
});

/** Something the service gives to people, as the charter counts and costs it. */
export type Output = z.infer<typeof output>;

/** A measure of how good an output is, with its weight and whose weight that is. */
export type QualityMeasure = z.infer<typeof quality>;

/** Something the service uses: staff time, goods and services, capital or citizens' own time. */
export type Input = z.infer<typeof input>;
