import { z } from 'zod';
import { expression } from './words.ts';

const audit = z.strictObject({
  correct: expression.describe(
    'Pounds that should have been paid on a case, as an audit found; missing where the case was not audited.',
  ),
  drawn: z
    .enum(['at-random', 'by-choice'])
    .describe('How cases came to be audited. Only a sample drawn at random speaks for the others.'),
});

const effort = z.strictObject({
  minutes: expression.describe('Minutes that were spent on getting the payment of a case right.'),
  what: z.string().optional().describe('What the minutes go into, such as "checking"; "work" by default.'),
  minute_cost: z.string().min(1).describe('The id of the assumption that holds the pounds of a minute.'),
  by_chance: expression
    .optional()
    .describe(
      'Cases whose minutes were set by something that has nothing to do with the case: a lot, a rota, the length of a queue. Without it nobody can tell what effort brings.',
    ),
  groups: z
    .array(z.string().min(1))
    .optional()
    .describe('Ids of groups within which the best effort is sought, such as size and risk.'),
});

/** What a service pays out, and what an audit says should have been paid. */
export const payments = z.strictObject({
  paid: expression.describe('Pounds paid on a case; 0 where nothing was.'),
  audit: audit.optional().describe('Payments that were looked at again, so that their error can be told.'),
  handling: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('Ids of the inputs whose cost is the cost of handling; every input of the service by default.'),
  effort: effort.optional().describe('Effort spent on a case, so that the best effort can be told.'),
});
