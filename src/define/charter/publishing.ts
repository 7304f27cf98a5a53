import { z } from 'zod';

/** A profile of disclosure control of one's own: what is suppressed, what is rounded, and what stands instead. */
export const ownDisclosureProfile = z.strictObject({
  name: z.string().min(1).default('own').describe('What the notes of a publication call it.'),
  threshold: z
    .int()
    .positive()
    .describe('Counts of people or cases under this are suppressed; means and rates need this many.'),
  base: z
    .int()
    .positive()
    .default(5)
    .describe('Other counts go to the nearest multiple of this; 1 leaves them as they are.'),
  symbol: z.string().min(1).default('[c]').describe('What stands in the place of a suppressed value.'),
  zeros: z
    .enum(['small', 'shown'])
    .default('small')
    .describe('Whether a zero is suppressed like other small counts, or shown.'),
  width: z
    .int()
    .positive()
    .optional()
    .describe('How wide the range of a suppressed count must stay; the threshold when left out.'),
});

/** What of a service is published, and how its small counts are protected. */
export const publishing = z.strictObject({
  profile: z
    .union([z.enum(['10-5', '5-star']), ownDisclosureProfile])
    .optional()
    .describe(
      '`10-5` (when left out): counts under 10 suppressed, others to the nearest 5; `5-star`: under 5; or one of your own.',
    ),
  pages: z
    .array(z.string().regex(/^(measure|find)\/[a-z0-9-]+$/, 'a page such as measure/output'))
    .min(1)
    .optional()
    .describe(
      'Pages marked for publication, such as `measure/output`: they show protected values, and `export` writes these alone.',
    ),
});
