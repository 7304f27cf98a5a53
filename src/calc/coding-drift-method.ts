import { z } from 'zod';
import { codingDrift } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';
import { screenOutput, screenResult } from './screen-method.ts';

const share = z.number().min(0).max(1).optional();

/** `calc coding-drift`: recorded severity against an outcome that coding cannot move. */
export const codingDriftMethod = calcMethod({
  name: 'coding-drift',
  title: 'Cases coded as ever harder',
  summary:
    'The trend of recorded severity beside that of an outcome that coding cannot move, both by inverse variance. A rise that the outcome shares is not the pattern.',
  source: 'Ours.',
  inputSchema: z.strictObject({
    periods: z
      .array(
        z.strictObject({
          severity: z.number(),
          severityVariance: z.number().positive(),
          outcome: z.number().describe('Higher where cases are harder.'),
          outcomeVariance: z.number().positive(),
          cases: z.number().nonnegative(),
          newCodes: share.describe('Share of activity in codes younger than 12 months.'),
          movedUp: share.describe('Share whose final code is dearer than their first.'),
          movedDown: share.describe('Share whose final code is cheaper.'),
        }),
      )
      .min(1),
  }),
  outputSchema: screenOutput({
    severityTrend: z.number().describe('Change a period.'),
    outcomeTrend: z.number(),
    newCodes: z.number().nullable(),
    movedUpLessDown: z.number().nullable(),
  }),
  run: ({ periods }) => screenResult(codingDrift(periods)),
  example: {
    input: {
      periods: [
        { severity: 0.3, severityVariance: 0.0002, outcome: 0.1, outcomeVariance: 0.0001, cases: 1000 },
        { severity: 0.31, severityVariance: 0.0002, outcome: 0.11, outcomeVariance: 0.0001, cases: 1000 },
        { severity: 0.33, severityVariance: 0.0002, outcome: 0.1, outcomeVariance: 0.0001, cases: 1000 },
        { severity: 0.34, severityVariance: 0.0002, outcome: 0.09, outcomeVariance: 0.0001, cases: 1000 },
        { severity: 0.35, severityVariance: 0.0002, outcome: 0.1, outcomeVariance: 0.0001, cases: 1000 },
        { severity: 0.37, severityVariance: 0.0002, outcome: 0.1, outcomeVariance: 0.0001, cases: 1000 },
      ],
    },
    output: {
      testable: true,
      n: 6000,
      p: 0.00004976233487907421,
      leans: true,
      severityTrend: 0.013714285714285712,
      outcomeTrend: -0.001142857142857156,
      newCodes: null,
      movedUpLessDown: null,
      statement:
        'Pattern consistent with cases coded as harder than before. Also consistent with: fuller recording of what was always there / a change in who comes / new codes or tariffs. To tell them apart: have a random sample of cases from both ends coded again by people who do not know the period.',
    },
  },
});
