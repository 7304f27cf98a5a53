import { z } from 'zod';
import { payoutError } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';

const ratio = z.strictObject({
  ratio: z.number(),
  standardError: z.number(),
  low: z.number(),
  high: z.number(),
  n: z.number(),
});

const sample = Array.from({ length: 40 }, (_, i) => ({ paid: i < 2 ? 120 : i < 4 ? 80 : 100, correct: 100 }));

/** `calc payout-error`: over- and underpayment from an audit sample. */
export const payoutErrorMethod = calcMethod({
  name: 'payout-error',
  title: 'Over- and underpayment from an audit sample',
  summary:
    'Errors as shares of what was paid, from payments drawn at random, with 95% intervals. Underpayment counts too. With `strata`, errors are estimated within each kind of payment and put together at what was paid on it. At least 30 payments; the result is null where nothing was paid.',
  source:
    'Cochran, W. G. (1977), Sampling techniques, chapter 6: ratio estimators; section 6.11: separate ratio estimates.',
  inputSchema: z.strictObject({
    sample: z
      .array(
        z.strictObject({
          paid: z.number().nonnegative(),
          correct: z.number().nonnegative(),
          stratum: z.string().optional().describe('The kind of payment, one of those in `strata`.'),
        }),
      )
      .min(30)
      .describe('Payments drawn at random, and what each should have been.'),
    population: z
      .number()
      .positive()
      .nullable()
      .default(null)
      .describe('Payments that they were drawn from; null where it is large or not known.'),
    strata: z
      .array(
        z.strictObject({
          stratum: z.string(),
          cases: z.number().positive().describe('All payments of this kind.'),
          paid: z.number().nonnegative().describe('Pounds paid on all of them.'),
        }),
      )
      .optional()
      .describe(
        'Every kind of payment; kinds with fewer than 30 audited are taken together. `population` then plays no part.',
      ),
  }),
  outputSchema: z
    .strictObject({ overpaid: ratio, underpaid: ratio, error: ratio, wrongShare: z.number() })
    .nullable(),
  run: ({ sample: audited, population, strata }) => {
    const found = payoutError(audited, population, strata);
    return (
      found && {
        overpaid: { ...found.overpaid },
        underpaid: { ...found.underpaid },
        error: { ...found.error },
        wrongShare: found.wrongShare,
      }
    );
  },
  example: { input: { sample }, output: payoutError(sample, null) },
});
