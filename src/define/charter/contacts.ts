import { z } from 'zod';
import { id } from './words.ts';

/** What contacts are about and who handles them. */
export const contacts = z.strictObject({
  value: z
    .array(z.string())
    .optional()
    .describe('Reasons for a contact that the service is there for, such as a new request.'),
  failure: z
    .strictObject({
      chasing: z.array(z.string()).optional().describe('Asking how a case is getting on.'),
      clarifying: z
        .array(z.string())
        .optional()
        .describe('Not having understood a letter, form or decision.'),
      correcting: z.array(z.string()).optional().describe('Something was done wrong.'),
      complaint: z.array(z.string()).optional().describe('A complaint, or an appeal.'),
      other: z.array(z.string()).optional().describe('Any other failure to do something, or to do it right.'),
    })
    .optional()
    .describe('Reasons that are there because something was not done, or not done right, by kind.'),
  repeat_days: z
    .number()
    .int()
    .min(1)
    .max(90)
    .optional()
    .describe('A contact on the same case within so many days of the last is a repeat; 14 by default.'),
  topic: z
    .string()
    .optional()
    .describe(
      'The column of contacts that says what one is about; `reason` by default. Contacts of one person on one topic are one issue.',
    ),
  automated: z
    .array(z.string())
    .optional()
    .describe('Channels on which nobody is spoken to, such as a recorded message.'),
  open_action: z
    .string()
    .optional()
    .describe('A column of contacts that says yes where something is still to be done after the contact.'),
  hours: z
    .array(
      z.strictObject({
        team: z.string().describe('The team, as the contacts name it.'),
        title: z.string().optional().describe('What a reader sees; the name by default.'),
        input: id.describe('The input that holds its paid hours as volume.'),
      }),
    )
    .optional()
    .describe('Paid hours of the teams that handle contacts, so that resolved an hour can be told.'),
  advancing: z
    .array(z.string())
    .optional()
    .describe('Steps that move a case on, so that a contact after one is no chasing; every step by default.'),
  outbound: z
    .array(z.string())
    .optional()
    .describe('Steps that send the person something: a contact within ten days of one asks about it.'),
});
