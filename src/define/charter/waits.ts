import { z } from 'zod';

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

const clockTime = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'a time of day such as 09:00');

const othersWaits = z.strictObject({
  teams: z
    .array(z.string())
    .optional()
    .describe("Teams that stand for them: what comes before such a team's step waits on them."),
  statuses: z
    .array(z.string())
    .optional()
    .describe('Statuses of a case during which the service waits for them.'),
});

/** What is known about waits: on whom they are, and who works when. */
export const waits = z.strictObject({
  applicant: othersWaits.optional().describe('How else a wait for the person shows.'),
  third_party: othersWaits.optional().describe('How else a wait for somebody else shows.'),
  systems: z
    .array(z.string())
    .optional()
    .describe('Teams that are systems, not people: their steps take no time.'),
  hours: z
    .array(
      z.strictObject({
        team: z.string().optional().describe('The team; left out for all others.'),
        days: z.array(z.enum(weekdays)).min(1).describe('Days of the week.'),
        from: clockTime.describe('When work begins, on the wall.'),
        to: clockTime.describe('When it ends; not after the beginning for a night shift.'),
      }),
    )
    .optional()
    .describe('Working hours, less the bank holidays of the calendar: they tell time off duty apart.'),
  infer_hours: z
    .boolean()
    .optional()
    .describe('True to read working hours off the log where none are given; every page then says so.'),
});
