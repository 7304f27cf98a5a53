import { z } from 'zod';
import { type SpliceRequest, splice } from '../stats/index.ts';
import { calcMethod } from './calc-method.ts';
import { periodSchema } from './observations.ts';

const series = z
  .array(z.strictObject({ period: periodSchema, value: z.number().nonnegative().nullable() }))
  .min(1)
  .refine((rows) => new Set(rows.map((row) => String(row.period))).size === rows.length, {
    message: 'a period is given twice',
  });

const inputSchema = z
  .strictObject({
    method: z
      .enum(['overlap', 'judgement', 'none'])
      .describe('overlap: by the periods both cover; judgement: by a declared growth; none: no link.'),
    old: series.describe('The series under the old definition, in time order.'),
    new: series.describe('The series under the new definition, in time order.'),
    growth: z
      .number()
      .gt(-1)
      .optional()
      .describe('judgement: growth from the last old period to the first new one, as a share.'),
    low: z.number().gt(-1).optional().describe('judgement: the least that growth could be.'),
    high: z.number().gt(-1).optional().describe('judgement: the most that growth could be.'),
  })
  .superRefine((given, context) => {
    const fault = (key: string, message: string) =>
      context.addIssue({ code: 'custom', path: [key], message });
    const declared = [given.low, given.growth, given.high];
    if (given.method !== 'judgement') {
      for (const key of ['growth', 'low', 'high'] as const)
        if (given[key] !== undefined) fault(key, `${key} belongs to a splice by judgement`);
    } else if (declared.some((value) => value === undefined))
      fault('growth', 'a splice by judgement needs growth with its range, low and high');
    else if (declared.some((value, i) => (value ?? 0) > (declared[i + 1] ?? Number.POSITIVE_INFINITY)))
      fault('growth', 'growth lies outside its range');
  });

/** `calc splice`: an old and a new series joined at a break. */
export const spliceMethod = calcMethod({
  name: 'splice',
  title: 'A series across a break in its definition',
  summary:
    'Joins an old and a new series. By "overlap" the new one is multiplied by the ratio of sums over the periods both cover; one period alone is a weak link. By "judgement" the growth across the break is declared, with its range. With "none" the two stay apart and no growth is stated between them. ' +
    'Growth within each series is never changed, and where there is no overlap or nothing to link by, the break stays.',
  source:
    'Overlap and judgement links as in the Quarterly National Accounts Manual (IMF, 2017, chapter 8); that growth is never stated across an unlinked break is our own rule.',
  inputSchema,
  outputSchema: z.strictObject({
    factor: z
      .number()
      .nullable()
      .describe('What the new series is multiplied by; null where there is no link.'),
    low: z.number().nullable(),
    high: z.number().nullable(),
    variation: z
      .number()
      .nullable()
      .describe('Coefficient of variation of the ratio over the overlap; null under two periods.'),
    overlap: z.number().describe('Periods that both series cover.'),
    isWeak: z.boolean().describe('True where the link rests on one period.'),
    breakAt: periodSchema.nullable().describe('The first period after the old series.'),
    values: z.array(
      z.strictObject({
        period: periodSchema,
        value: z.number().nullable(),
        segment: z.enum(['old', 'new']),
        growth: z.number().nullable(),
      }),
    ),
  }),
  run: (given) => {
    const { values, ...rest } = splice(given as SpliceRequest);
    return { ...rest, values: [...values] };
  },
  example: {
    input: {
      method: 'overlap',
      old: [
        { period: '2022', value: 90 },
        { period: '2023', value: 99 },
      ],
      new: [
        { period: '2023', value: 50 },
        { period: '2024', value: 55 },
      ],
    },
    output: {
      factor: 1.98,
      low: null,
      high: null,
      variation: null,
      overlap: 1,
      isWeak: true,
      breakAt: '2024',
      values: [
        { period: '2022', value: 90, segment: 'old', growth: null },
        { period: '2023', value: 99, segment: 'old', growth: 0.1 },
        { period: '2024', value: 108.9, segment: 'new', growth: 0.1 },
      ],
    },
  },
});
