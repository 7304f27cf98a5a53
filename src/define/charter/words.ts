import { z } from 'zod';

/** A short name. */
export const id = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'lower-case letters, digits and hyphens, starting with a letter')
  .describe('A short name used to refer to this entry: lower-case letters, digits and hyphens.');

/** What a reader sees. */
export const title = z.string().min(1).describe('What a reader sees.');

/** A condition or value. */
export const expression = z.string().min(1).describe('A condition or value in the expression language.');

/** A day of the calendar. */
export const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-04-01');

/** The name of an assumption. */
export const assumptionRef = id.describe(
  'The id of an assumption, which holds the value with its source, owner and review date.',
);
