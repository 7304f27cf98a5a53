import { z } from 'zod';
import { costGenerated } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';

const pounds = (of: string) => z.number().nonnegative().describe(of);

/** `calc cost-generated`: what a team's decisions cost in the end. */
export const costGeneratedMethod = calcMethod({
  name: 'cost-generated',
  title: "What a team's decisions cost in the end",
  summary:
    'Handling, payout error, contacts again, rework, complaints and appeals, and the cost to citizens of wrongful refusal, less recoveries, per case, to a fixed horizon from the decision. Teams and what is unattributed must add to the ledger within 1%, or no figure is given. Never by person.',
  source: 'Ours, after Seddon on failure demand and the practice of leakage audits in claims.',
  inputSchema: z.strictObject({
    teams: z
      .array(
        z.strictObject({
          team: z.string().min(1),
          cases: z.number().positive(),
          handling: pounds('Pounds of handling.'),
          payoutError: pounds('Pounds over- and underpaid, from a random audit sample.'),
          recontact: pounds('Pounds of contacts again.'),
          rework: pounds('Pounds of work done again.'),
          complaintsAndAppeals: pounds('Pounds of complaints and appeals.'),
          wrongfulRefusal: pounds('Cost to citizens of refusals that were wrong.'),
          recoveries: pounds('Pounds got back.'),
        }),
      )
      .min(1),
    unattributed: z.number().default(0).describe('Pounds that no team could have changed, or nobody knows.'),
    ledger: z.number().positive().describe('Pounds of the ledger that all must add to.'),
    assignment: z
      .enum(['random', 'case-mix adjusted', 'neither'])
      .describe('How cases came to teams; teams may be compared only with one of the first two.'),
  }),
  outputSchema: z.union([
    z.strictObject({
      isBalanced: z.literal(true),
      teams: z.array(
        z.strictObject({
          team: z.string(),
          cases: z.number(),
          handlingPerCase: z.number(),
          generated: z.number(),
          generatedPerCase: z.number().nullable(),
        }),
      ),
      unattributed: z.number(),
      difference: z.number(),
      mayCompare: z.boolean(),
    }),
    z.strictObject({ isBalanced: z.literal(false), difference: z.number(), why: z.string() }),
  ]),
  run: (given) => {
    const report = costGenerated(given);
    return report.isBalanced ? { ...report, teams: report.teams.map((team) => ({ ...team })) } : report;
  },
  example: {
    input: {
      teams: [
        {
          team: 'north',
          cases: 1000,
          handling: 120000,
          payoutError: 197000,
          recontact: 4000,
          rework: 2000,
          complaintsAndAppeals: 3000,
          wrongfulRefusal: 1000,
          recoveries: 7000,
        },
      ],
      unattributed: 5000,
      ledger: 325000,
      assignment: 'neither',
    },
    output: {
      isBalanced: true,
      teams: [{ team: 'north', cases: 1000, handlingPerCase: 120, generated: 320000, generatedPerCase: 320 }],
      unattributed: 5000,
      difference: 0,
      mayCompare: false,
    },
  },
});
