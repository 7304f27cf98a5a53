import { z } from 'zod';
import { metricDefinition } from './metric-definition.ts';
import { expression, id, isoDate, title } from './words.ts';

/** An essential outcome that may not be traded away. */
export const floor = z.strictObject({
  id,
  title,
  share: expression.describe('Cases that are as they must be.'),
  of: expression.optional().describe('Cases that it is asked of; all cases by default.'),
  at_least: z.number().min(0).max(1).describe('The share that must be reached, 0 to 1.'),
  why: z.string().min(1).describe('Why it may not be traded away.'),
});

/** A target in use, so that it can be checked. */
export const target = z.strictObject({
  id,
  title,
  share: expression
    .optional()
    .describe('Cases that meet the target; left out where the measure in `compare_with` is the target.'),
  of: expression
    .optional()
    .describe('The cases it covers; a target that covers fewer than all says so on every page.'),
  at_least: z.number().min(0).max(1).describe('The share aimed at, 0 to 1.'),
  since: isoDate.optional().describe('The day from which it holds.'),
  compare_with: id.optional().describe('The quality measure that asks the same of everyone.'),
  definition: metricDefinition
    .optional()
    .describe(
      'What the charter does not otherwise say of how the target is put together; a rule that needs what is left out is not checked.',
    ),
  units: z
    .strictObject({
      column: z.string().describe('What tells units apart: a column of the cases, or of the quality table.'),
      measure: z
        .string()
        .optional()
        .describe('Name in the quality table of the share of each unit; counted from cases by default.'),
      title: z.string().optional().describe('What the units are, in the plural.'),
      window: z
        .number()
        .positive()
        .max(0.5)
        .optional()
        .describe('How far each side of the target is compared, as a share; 0.005 by default.'),
      bandwidth: z
        .number()
        .positive()
        .max(0.5)
        .optional()
        .describe('How far each side counts for the density, as a share; 0.02 by default.'),
    })
    .optional()
    .describe('The units that the target applies to, so that their shares can be screened.'),
});
