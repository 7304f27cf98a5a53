import { z } from 'zod';
import { provisionalYear } from '../stats/index.ts';
import { calcMethod } from './calc-method.ts';

const quarter = z
  .strictObject({
    value: z.number().positive().describe('The quarter of the year that is worked out.'),
    yearAgo: z.number().positive().optional().describe('The same quarter a year ago.'),
    growth: z.number().gt(-1).optional().describe('Or growth on a year ago, as a share.'),
  })
  .refine((row) => (row.yearAgo === undefined) !== (row.growth === undefined), {
    message: 'give either the quarter a year ago or the growth on it',
  });

/** `calc provisional-year`: a year from its quarters, before the annual figure is there. */
export const provisionalYearMethod = calcMethod({
  name: 'provisional-year',
  title: 'A provisional year from its quarters',
  summary:
    'The level of a year whose annual figure is not there yet: last year times the sum of its quarters over the sum of the quarters a year ago, which may be given or worked out from growth on a year ago. ' +
    'It is provisional, and quality is held as it was unless the quarters measure it.',
  source:
    'Office for National Statistics (2019), Quarterly UK public service productivity (Experimental Statistics), whose provisional 2017 it reproduces.',
  inputSchema: z.strictObject({
    previousLevel: z.number().positive().describe('The annual index of the year before.'),
    quarters: z.array(quarter).min(1).max(12).describe('The quarters, or months, of the year so far.'),
  }),
  outputSchema: z.strictObject({
    status: z.literal('provisional'),
    sum: z.number(),
    previousSum: z.number(),
    growth: z.number().describe('On the year before, as a share.'),
    level: z.number(),
  }),
  run: ({ previousLevel, quarters }) => ({
    status: 'provisional' as const,
    ...provisionalYear(
      previousLevel,
      quarters.map(({ value, yearAgo, growth }) =>
        yearAgo === undefined ? { value, growth: growth ?? 0 } : { value, yearAgo },
      ),
    ),
  }),
  example: {
    input: {
      previousLevel: 200,
      quarters: [
        { value: 110, yearAgo: 100 },
        { value: 120, growth: 0.2 },
      ],
    },
    output: { status: 'provisional', sum: 230, previousSum: 200, growth: 0.15, level: 230 },
  },
});
