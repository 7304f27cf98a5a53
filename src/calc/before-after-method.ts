import { z } from 'zod';
import { compareBeforeAfter, fewestWeeksEachSide } from '../stats/index.ts';
import { calcMethod } from './calc-method.ts';

const week = z
  .strictObject({ n: z.int().nonnegative(), has: z.int().nonnegative() })
  .refine(({ n, has }) => has <= n, { message: 'more cases have it than there are' });
const weeks = z
  .array(week)
  .min(fewestWeeksEachSide)
  .refine((list) => list.some(({ n }) => n > 0), { message: 'no week has a case' });

/** `calc before-after`: a share before and after a change. */
export const beforeAfterMethod = calcMethod({
  name: 'before-after',
  title: 'A share before and after a change',
  summary:
    'The share over the weeks after a change less the share before it. Weeks are clusters: each side has the variance of a ratio of sums over weeks, or the binomial one where that is larger. ' +
    'It says how many more weeks would settle it, if the difference and the ups and downs stay as they are. It shows no cause.',
  source:
    'Cochran, W. G. (1977), Sampling techniques, section 6.11 for the ratio; Welch, B. L. (1947) for the degrees of freedom.',
  inputSchema: z.strictObject({
    before: weeks.describe('Whole weeks before: cases, and those that have the quality.'),
    after: weeks.describe('Whole weeks after.'),
  }),
  outputSchema: z.strictObject({
    before: z.number(),
    after: z.number(),
    difference: z.number(),
    low: z.number(),
    high: z.number(),
    p: z.number(),
    moreWeeks: z
      .number()
      .nullable()
      .describe('0 where the range leaves out no difference already; null where weeks alone never would.'),
  }),
  run: ({ before, after }) => {
    const found = compareBeforeAfter(before, after);
    if (!found) throw new RangeError('too few weeks');
    const { interval, ...rest } = found;
    return { ...rest, low: interval.low, high: interval.high };
  },
  example: {
    input: {
      before: [
        { n: 10, has: 5 },
        { n: 10, has: 7 },
        { n: 10, has: 5 },
        { n: 10, has: 7 },
      ],
      after: [
        { n: 10, has: 8 },
        { n: 10, has: 8 },
        { n: 10, has: 6 },
        { n: 10, has: 10 },
      ],
    },
    output: {
      before: 0.6,
      after: 0.8,
      difference: 0.20000000000000007,
      low: -0.07557586682097128,
      high: 0.4755758668209714,
      p: 0.12602704430800307,
      moreWeeks: 36,
    },
  },
});
