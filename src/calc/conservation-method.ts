import { z } from 'zod';
import { conservation, stockWindow } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';

const count = z.number().nonnegative();

const inputSchema = z
  .strictObject({
    counts: z
      .strictObject({
        opening: count,
        received: count,
        reopened: count.default(0),
        completed: count,
        transferredOut: count.default(0),
        setAside: count.default(0),
        closing: count,
      })
      .optional()
      .describe('Published counts of a period.'),
    cases: z
      .array(
        z
          .strictObject({
            id: z.string().min(1),
            start: z.number().describe('Day on any calendar.'),
            end: z.number().nullable().describe('Day it ended; null while it is open.'),
          })
          .refine((one) => one.end === null || one.end >= one.start, {
            message: 'a case ends before it starts',
          }),
      )
      .optional()
      .describe('Or cases, from which the counts are worked out.'),
    window: z
      .strictObject({ from: z.number(), to: z.number() })
      .refine((one) => one.to > one.from, { message: 'the window ends before it starts' })
      .optional()
      .describe('The days that are looked at, with `cases`.'),
  })
  .refine((given) => (given.counts === undefined) !== (given.cases === undefined), {
    message: 'give either counts or cases',
  })
  .refine((given) => (given.cases === undefined) === (given.window === undefined), {
    path: ['window'],
    message: 'cases need a window, and counts have none',
  });

/** `calc conservation`: whether cases are lost or appear. */
export const conservationMethod = calcMethod({
  name: 'conservation',
  title: 'Whether cases are lost or appear',
  summary:
    'From counts: opening + received + reopened = completed + transferred out + set aside + closing; what is left is shown, never spread. ' +
    'From cases: the same counts in a window, and the mean stock, whose integral is exactly the time that cases spend in the window.',
  source: 'Accounting identity of stocks and flows.',
  inputSchema,
  outputSchema: z.strictObject({
    impliedClosing: z.number(),
    unexplained: z.number(),
    unexplainedShare: z.number().nullable().describe('Of completions.'),
    isConserved: z.boolean(),
    verdict: z.string(),
    window: z
      .strictObject({
        opening: z.number(),
        arrivals: z.number(),
        completions: z.number(),
        closing: z.number(),
        isConserved: z.boolean(),
        caseDays: z.number(),
        meanStock: z.number(),
      })
      .nullable(),
  }),
  run: ({ counts, cases, window }) => {
    const found = cases && window ? stockWindow(cases, window.from, window.to) : null;
    const account = counts ?? {
      opening: found?.opening ?? 0,
      received: found?.arrivals ?? 0,
      reopened: 0,
      completed: found?.completions ?? 0,
      transferredOut: 0,
      setAside: 0,
      closing: found?.closing ?? 0,
    };
    return { ...conservation(account), window: found };
  },
  example: {
    input: { counts: { opening: 1200, received: 900, completed: 850, closing: 1190 } },
    output: {
      impliedClosing: 1250,
      unexplained: -60,
      unexplainedShare: -60 / 850,
      isConserved: false,
      verdict: 'not conserved: 60 cases left without a recorded completion',
      window: null,
    },
  },
});
