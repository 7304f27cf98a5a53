import { z } from 'zod';
import { productivityRange } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';
import { inputShareSchema } from './input-error-method.ts';
import { periodSchema } from './observations.ts';

const series = z.array(z.number().positive()).min(1);

const blocks = z
  .strictObject({
    earlier: z.array(z.number().nonnegative()),
    later: z.array(z.number().nonnegative()),
  })
  .refine((one) => one.earlier.length === one.later.length, {
    message: 'the two years have different numbers of blocks',
  });

const intervalSchema = z.strictObject({
  resampled: z
    .array(z.number().gt(-1))
    .default([])
    .describe('Growth of output between the last two periods, one value for each resample of its cases.'),
  narrowerOverCases: z
    .boolean()
    .default(false)
    .describe(
      'True where a range over cases was drawn and is narrower, so that its resamples may be left out: the range over weeks is then drawn at 94%, so that the wider of both covers 95%.',
    ),
  blocks: blocks.describe('Output by block of weeks at the earlier costs, the same weeks in both years.'),
  inputBlocks: blocks
    .nullable()
    .default(null)
    .describe('Inputs by the same blocks, where they are known by block.'),
  isShort: z
    .boolean()
    .default(false)
    .describe('True where fewer than 26 weeks are compared: weeks then say nothing of chance.'),
  countedFromCases: z.boolean().default(true).describe('False where output is counted in a table alone.'),
  inputs: z.array(inputShareSchema).default([]).describe('Inputs with the errors declared of them.'),
  judged: z
    .array(z.number())
    .nullable()
    .default(null)
    .describe('ln of each draw of a break of output joined by judgement, over what is stated.'),
  seed: z.int().nonnegative().default(20_260_401),
  draws: z.int().min(2).max(100_000).default(2000).describe('Draws of the declared errors.'),
});

const inputSchema = z
  .strictObject({
    periods: z.array(periodSchema).min(1).describe('In time order.'),
    output: series.describe('Index of output, quality adjusted or not, by period.'),
    input: series.describe('Index of inputs with the same base period, by period.'),
    interval: intervalSchema
      .optional()
      .describe(
        'What the interval of the last growth rests on: chance in output, and the errors declared of inputs, drawn jointly. At least two periods.',
      ),
  })
  .superRefine((given, context) => {
    if (given.interval && given.periods.length < 2)
      context.addIssue({ code: 'custom', path: ['interval'], message: 'growth needs two periods' });
    for (const name of ['output', 'input'] as const) {
      if (given[name].length !== given.periods.length) {
        context.addIssue({
          code: 'custom',
          path: [name],
          message: `${name} has ${given[name].length} values for ${given.periods.length} periods`,
        });
      }
    }
    if (new Set(given.periods.map(String)).size !== given.periods.length) {
      context.addIssue({ code: 'custom', path: ['periods'], message: 'a period is given twice' });
    }
  });

/** `calc productivity`: output over inputs, and its growth from exact ratios. */
export const productivityMethod = calcMethod({
  name: 'productivity',
  title: 'Productivity from output and inputs',
  summary:
    'Productivity by period as 100 × output / input, so that two indices with the same base give an index with that base; ' +
    'nothing is rebased. Growth on the period before is the exact ratio of values less 1, as a share (0.01 is one per cent), null for the first period: ' +
    'never the difference of two growth rates. With `interval`, the last growth has its 95% interval as the pages work it out: chance in output by resampled cases or by paired blocks of weeks set against inputs, the wider, with declared errors of inputs and judged breaks drawn jointly with it.',
  source:
    'Office for National Statistics (2019), Quarterly UK public service productivity (Experimental Statistics); interval: method note on measures, section 8; Hanley, J. A. and MacGibbon, B. (2006); Efron, B. (1981).',
  inputSchema,
  outputSchema: z.strictObject({
    periods: z.array(periodSchema),
    values: z.array(z.number()).describe('100 × output / input.'),
    growth: z.array(z.number().nullable()).describe('On the period before, as a share; null for the first.'),
    interval: z
      .strictObject({ low: z.number(), high: z.number(), method: z.string() })
      .nullable()
      .optional()
      .describe('Of the last growth, where asked for; null where nothing says how much it varies.'),
  }),
  run: ({ periods, output, input, interval }) => {
    const values = output.map((value, t) => (100 * value) / (input[t] ?? Number.NaN));
    const growth = values.map((value, t) => {
      const before = values[t - 1];
      return before === undefined ? null : value / before - 1;
    });
    if (!interval) return { periods, values, growth };
    const last = output.at(-1) ?? Number.NaN;
    const found = productivityRange({
      ...interval,
      output: last / (output.at(-2) ?? Number.NaN) - 1,
      productivity: growth.at(-1) ?? Number.NaN,
      basis: {
        isShort: interval.isShort,
        hasCases: interval.countedFromCases,
        narrowerOverCases: interval.narrowerOverCases,
      },
      inputs: interval.inputs.map(({ share, growth: own, error }) => ({
        weight: share,
        ratio: 1 + own,
        error: error ? { id: error.id, relative: error.percent / 100 } : null,
      })),
    });
    return {
      ...{ periods, values, growth },
      interval: found && { low: found.low, high: found.high, method: found.method },
    };
  },
  example: {
    input: { periods: ['2023', '2024'], output: [100, 103], input: [100, 102] },
    output: { periods: ['2023', '2024'], values: [100, 10300 / 102], growth: [null, 103 / 102 - 1] },
  },
});
