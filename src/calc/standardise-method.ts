import { z } from 'zod';
import { WellspentError } from '../core/index.ts';
import { standardiseUnits } from '../stats/index.ts';
import { calcMethod } from './calc-method.ts';

const sums = z.strictObject({
  unit: z.string().min(1),
  n: z.int().nonnegative().describe('Cases of the unit in the stratum.'),
  sum: z.number().describe('Sum of the value over them; for a share, how many have it.'),
  squares: z
    .number()
    .nonnegative()
    .optional()
    .describe('Sum of the squared value; for a share it is the sum, and may be left out.'),
});

const inputSchema = z
  .strictObject({
    strata: z
      .array(
        z.strictObject({
          id: z.string().min(1).describe('Cases alike in what was fixed before the service acted.'),
          units: z.array(sums).min(2),
        }),
      )
      .min(1),
  })
  .superRefine(({ strata }, context) => {
    const names = (strata[0]?.units ?? []).map(({ unit }) => unit);
    strata.forEach(({ units }, s) => {
      if (new Set(units.map(({ unit }) => unit)).size !== units.length)
        context.addIssue({ code: 'custom', path: ['strata', s], message: 'a unit stands twice' });
      if (units.map(({ unit }) => unit).join() !== names.join())
        context.addIssue({
          code: 'custom',
          path: ['strata', s],
          message: `every stratum names the same units in the same order: ${names.join(', ')}`,
        });
    });
  });

/** `calc standardise`: means of several units allowing for who came. */
export const standardiseMethod = calcMethod({
  name: 'standardise',
  title: 'Units compared, allowing for who came to each',
  summary:
    'Means or shares of several units at the mix of all of them together (direct standardisation, with its standard error), and observed over expected (indirect). Strata must be fixed before the service acted. A stratum in which some unit has no case is left out, with its share of cases.',
  source:
    'Breslow, N. E. and Day, N. E. (1987), Statistical Methods in Cancer Research, volume II, chapter 2. Checked against Fay, M. P. and Feuer, E. J. (1997), table 1.',
  inputSchema,
  outputSchema: z.strictObject({
    reference: z.number().describe('Mean of all units together.'),
    units: z.array(
      z.strictObject({
        unit: z.string(),
        crude: z.number(),
        expected: z.number(),
        indirect: z.number().nullable().describe('Observed over expected; null where nothing is expected.'),
        standardised: z.number(),
        standardError: z.number(),
      }),
    ),
    leftOut: z.array(z.string()),
    shareLeftOut: z.number(),
  }),
  run: ({ strata }) => {
    const found = standardiseUnits(
      strata.map(({ units }) => units.map(({ n, sum, squares = sum }) => ({ n, sum, squares }))),
    );
    if (!found)
      throw new WellspentError(
        'INDEX_NOT_DEFINED',
        'No comparison can be made: there is no stratum in which every unit has a case.',
      );
    return {
      reference: found.reference,
      units: found.units.map(({ indirect, ...own }, u) => ({
        unit: strata[0]?.units[u]?.unit ?? String(u),
        ...own,
        indirect: Number.isFinite(indirect) ? indirect : null,
      })),
      leftOut: found.leftOut.map((s) => strata[s]?.id ?? String(s)),
      shareLeftOut: found.shareLeftOut,
    };
  },
  example: {
    input: {
      strata: [
        {
          id: 'easy',
          units: [
            { unit: 'north', n: 80, sum: 72 },
            { unit: 'south', n: 20, sum: 19 },
          ],
        },
        {
          id: 'hard',
          units: [
            { unit: 'north', n: 20, sum: 10 },
            { unit: 'south', n: 80, sum: 48 },
          ],
        },
      ],
    },
    // North at the common mix of 100 and 100: (0.9 + 0.5)/2; south: (0.95 + 0.6)/2. Worked by hand.
    output: {
      reference: 0.745,
      units: [
        {
          unit: 'north',
          crude: 0.82,
          expected: 0.844,
          indirect: 0.82 / 0.844,
          standardised: 0.7,
          standardError: Math.sqrt((0.25 * 0.09) / 79 + (0.25 * 0.25) / 19),
        },
        {
          unit: 'south',
          crude: 0.67,
          expected: 0.646,
          indirect: 0.67 / 0.646,
          standardised: 0.775,
          standardError: Math.sqrt((0.25 * 0.0475) / 19 + (0.25 * 0.24) / 79),
        },
      ],
      leftOut: [],
      shareLeftOut: 0,
    },
  },
});
