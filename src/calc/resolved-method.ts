import { z } from 'zod';
import { resolvedRate } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';

/** `calc resolved`: contacts handled against issues resolved. */
export const resolvedMethod = calcMethod({
  name: 'resolved',
  title: 'Contacts handled against issues resolved',
  summary:
    'Where each handled contact leads to another on the same issue with a share r, handled·(1 − r) issues are resolved, each takes 1/(1 − r) contacts and as many times the minutes of one. ' +
    'Hours are paid hours; a repeat is charged to the team that had the contact before it. `ahead` compares each team with the first.',
  source:
    'The geometric law of contacts an issue; the idea that repeats are no output is Seddon’s (failure demand).',
  inputSchema: z.strictObject({
    teams: z
      .array(
        z.strictObject({
          team: z.string().min(1),
          handledPerHour: z.number().positive(),
          repeatShare: z.number().min(0).lt(1).describe('Share of handled contacts that another follows.'),
          handlingMinutes: z.number().positive().nullable().default(null),
        }),
      )
      .min(1),
  }),
  outputSchema: z.strictObject({
    teams: z.array(
      z.strictObject({
        team: z.string(),
        resolvedPerHour: z.number(),
        contactsPerIssue: z.number(),
        minutesPerIssue: z.number().nullable(),
        handledAhead: z.number().describe('Contacts handled an hour against the first team, less 1.'),
        resolvedAhead: z.number().describe('Issues resolved an hour against the first team, less 1.'),
      }),
    ),
  }),
  run: ({ teams }) => {
    const rates = teams.map((team) => ({ ...team, ...resolvedRate(team) }));
    const [first] = rates;
    return {
      teams: rates.map((own) => ({
        team: own.team,
        resolvedPerHour: own.resolvedPerHour,
        contactsPerIssue: own.contactsPerIssue,
        minutesPerIssue: own.minutesPerIssue,
        handledAhead: own.handledPerHour / (first?.handledPerHour ?? own.handledPerHour) - 1,
        resolvedAhead: own.resolvedPerHour / (first?.resolvedPerHour ?? own.resolvedPerHour) - 1,
      })),
    };
  },
  example: {
    input: {
      teams: [
        { team: 'one', handledPerHour: 5, repeatShare: 0.5, handlingMinutes: 10 },
        { team: 'two', handledPerHour: 4, repeatShare: 0.25 },
      ],
    },
    output: {
      teams: [
        {
          team: 'one',
          resolvedPerHour: 2.5,
          contactsPerIssue: 2,
          minutesPerIssue: 20,
          handledAhead: 0,
          resolvedAhead: 0,
        },
        {
          team: 'two',
          resolvedPerHour: 3,
          contactsPerIssue: 4 / 3,
          minutesPerIssue: null,
          handledAhead: 4 / 5 - 1,
          resolvedAhead: 3 / 2.5 - 1,
        },
      ],
    },
  },
});
