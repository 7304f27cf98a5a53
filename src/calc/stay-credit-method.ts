import { z } from 'zod';
import { WellspentError } from '../core/index.ts';
import { stayCredit, stayRule } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';

const days = z.array(z.number().nonnegative());

const inputSchema = z
  .strictObject({
    stays: days.describe('Stays that ended, days.'),
    openStays: days.default([]).describe('Stays still open, days so far.'),
    rule: z
      .strictObject({ trimPoint: z.number().positive(), meanCapped: z.number().positive() })
      .optional()
      .describe('The rule of the reference year, applied to every year.'),
    referenceStays: days.optional().describe('Or the stays of the reference year, from which it is made.'),
    costPerDay: z.number().positive().describe('Pounds for one credited day.'),
    zeroStayCost: z.number().nonnegative().describe('Pounds for a stay of no days.'),
  })
  .refine((given) => (given.rule === undefined) !== (given.referenceStays === undefined), {
    path: ['rule'],
    message: 'give either the rule or the stays of the reference year',
  });

/** `calc stay-credit`: long stays with diminishing credit. */
export const stayCreditMethod = calcMethod({
  name: 'stay-credit',
  title: 'Long stays with diminishing credit',
  summary:
    'Days credited for stays: none for a stay of no days (costed apart), the mean of the reference year for any stay up to its trim point, and half a day for each day beyond. The credit is the mean, not the days of the stay itself. A stay still open gets its part of the mean. ' +
    'The trim point is the upper quartile of stays that are not zero (type 7), the mean is that of stays capped at it, and both are fixed for all years.',
  source: 'NHS England, mental health cost-weighted activity.',
  inputSchema,
  outputSchema: z.strictObject({
    trimPoint: z.number(),
    meanCapped: z.number(),
    credited: z.array(z.number()).describe('By stay that ended, days.'),
    creditedOpen: z.array(z.number()),
    costWeighted: z.number().describe('Pounds.'),
  }),
  run: ({ stays, openStays, rule: given, referenceStays, costPerDay, zeroStayCost }) => {
    const rule = given ?? stayRule(referenceStays ?? []);
    if (!rule)
      throw new WellspentError(
        'INDEX_NOT_DEFINED',
        'No stay of the reference year is longer than zero days.',
      );
    const credited = stays.map((stay) => stayCredit(stay, rule));
    const creditedOpen = openStays.map((stay) => stayCredit(stay, rule, true));
    const sum = [...credited, ...creditedOpen].reduce((all, credit) => all + credit, 0);
    const zeros = stays.filter((stay) => stay === 0).length;
    return { ...rule, credited, creditedOpen, costWeighted: sum * costPerDay + zeros * zeroStayCost };
  },
  example: {
    input: {
      stays: [0, 3, 30, 50],
      openStays: [15],
      rule: { trimPoint: 30, meanCapped: 14 },
      costPerDay: 700,
      zeroStayCost: 300,
    },
    output: {
      trimPoint: 30,
      meanCapped: 14,
      credited: [0, 14, 14, 24],
      creditedOpen: [7],
      costWeighted: 59 * 700 + 300,
    },
  },
});
