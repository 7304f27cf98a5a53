import { z } from 'zod';
import { assumptionRef, expression, id, isoDate, title } from './words.ts';

const moment = z.union([
  z.strictObject({
    step: z
      .union([z.string(), z.array(z.string()).min(1)])
      .describe('A step, or a list of steps of which any will do.'),
    which: z.enum(['first', 'last']).optional().describe('Whether its first or its last time counts.'),
  }),
  z.strictObject({ column: z.string().describe('A time column of the cases.') }),
]);

/** How a time is counted: what starts it, stops it and makes it stand still. */
export const clock = z.strictObject({
  id,
  title,
  start: moment.describe('The step (first time by default) or the case column that starts it.'),
  stop: moment.describe('The step (last time by default) or the case column that stops it.'),
  restart: z.array(z.string()).optional().describe('Steps at which this clock starts again from nothing.'),
  pause: z
    .array(
      z.strictObject({
        from: z.string().describe('The step at which it stops for a while.'),
        to: z.string().describe('The step at which it runs again; a pause that never ends runs to the stop.'),
      }),
    )
    .optional()
    .describe('Steps between which it stands still.'),
});

/** A change of how the work is done, so that before and after can be compared. */
export const change = z.strictObject({
  id,
  title,
  on: isoDate.describe('The day from which the work is done in the new way.'),
});

/** A way to split figures, to see for whom the service works. */
export const group = z.strictObject({
  id,
  title,
  column: z.string().describe('A case column that splits figures, such as region or channel.'),
});

/** What is known about kinds of steps. */
export const steps = z.strictObject({
  front: z.array(z.string()).optional().describe('Steps that the user sees.'),
  waiting_for_applicant: z
    .array(z.string())
    .optional()
    .describe('Steps after which the service waits for the person.'),
  waiting_for_third_party: z
    .array(z.string())
    .optional()
    .describe('Steps after which the service waits for somebody else, such as another body.'),
  waiting: z
    .array(z.string())
    .optional()
    .describe('Steps whose own duration is waiting and no work, such as a cooling-off period.'),
  legitimate_repeats: z.array(z.string()).optional().describe('Steps that repeat by design.'),
  rejection: z
    .array(z.string())
    .optional()
    .describe('Steps that turn a case back or down, such as a refusal.'),
  submission: z.array(z.string()).optional().describe('Steps at which a case is sent in, or sent in again.'),
  checks: z
    .array(
      z.strictObject({
        step: z.string().describe('A check that can turn a case down.'),
        after: z
          .array(z.string())
          .describe('Steps that must come before it; every other check may come after it. May be empty.'),
      }),
    )
    .max(12)
    .optional()
    .describe('Checks whose order may be changed, as far as `after` allows.'),
});

/** A limit of amounts that a case may be kept below by splitting it. */
export const amountLimit = z.strictObject({
  id,
  title,
  amount: z.string().min(1).describe('The column of cases that holds the amount.'),
  limit: assumptionRef.describe('The amount below which a case needs less, such as no approval.'),
  unites: z
    .array(z.string().min(1))
    .min(1)
    .describe('Columns of cases that must agree for two cases to belong together, such as the supplier.'),
});

/** How a case ends. */
export const ending = z.strictObject({
  id,
  title,
  where: expression.describe("The first ending whose condition holds is the case's."),
});

/** A time the charter measures: where it starts, stops and pauses. */
export type Clock = z.infer<typeof clock>;
