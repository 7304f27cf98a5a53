import { z } from 'zod';
import { benfordFit, firstDigitCounts, whyNotBenford } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';

const spreadNotKnown = 'not known: counts do not show how many orders of magnitude the numbers span';

/** `calc benford`: first digits against Benford's law. */
export const benfordMethod = calcMethod({
  name: 'benford',
  title: "First digits against Benford's law",
  summary:
    'Chi-squared with 8 degrees of freedom, and the mean absolute deviation of shares. Give counts of the digits 1 to 9, or values. "why" says where the law need not hold: numbers that are assigned or bounded, fewer than 300, or spread over fewer than three orders of magnitude. Never to be read alone.',
  source:
    'Benford, F. (1938), The law of anomalous numbers; worked on waiting lists by Pinilla, J. and others (2018).',
  inputSchema: z
    .strictObject({
      counts: z.array(z.number().nonnegative()).length(9).optional().describe('How many begin with 1 to 9.'),
      values: z.array(z.number()).min(1).optional().describe('The numbers; zeros have no first digit.'),
      assigned: z.boolean().optional().describe('True for numbers that someone assigns.'),
      bounded: z.boolean().optional().describe('True for numbers that a threshold bounds.'),
    })
    .refine(({ counts, values }) => (counts === undefined) !== (values === undefined), {
      message: 'give either counts or values',
    })
    .refine(({ counts, values }) => (counts ?? firstDigitCounts(values ?? [])).some((count) => count > 0), {
      message: 'there is no number with a first digit',
    }),
  outputSchema: z.strictObject({
    chiSquare: z.number(),
    df: z.number(),
    p: z.number(),
    mad: z.number(),
    n: z.number(),
    applicable: z
      .boolean()
      .nullable()
      .describe('Whether the law may be asked of these numbers; null where counts alone do not tell.'),
    why: z
      .string()
      .nullable()
      .describe('Why the law need not hold for these numbers, or why that is not known.'),
  }),
  run: ({ counts, values, ...kind }) => {
    const fit = benfordFit(counts ?? firstDigitCounts(values ?? []));
    const why = whyNotBenford(fit.n, values ?? null, kind);
    // Counts of first digits do not show how far the numbers spread.
    if (why === null && values === undefined) return { ...fit, applicable: null, why: spreadNotKnown };
    return { ...fit, applicable: why === null, why };
  },
  example: {
    input: { counts: [301, 176, 125, 97, 79, 67, 58, 51, 46] },
    output: {
      chiSquare: 0.0023622171891271543,
      df: 8,
      p: 0.9999999999999191,
      mad: 0.00010111626992634888,
      n: 1000,
      applicable: null,
      why: spreadNotKnown,
    },
  },
});
