import { z } from 'zod';
import { calcMethod } from './calc-method.ts';
import { periodSchema } from './observations.ts';

const series = z.array(z.number().positive()).min(1);

const inputSchema = z
  .strictObject({
    periods: z.array(periodSchema).min(1).describe('In time order.'),
    output: series.describe('Index of output, quality adjusted or not, by period.'),
    input: series.describe('Index of inputs with the same base period, by period.'),
  })
  .superRefine((given, context) => {
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
    'never the difference of two growth rates.',
  source:
    'Office for National Statistics (2019), Quarterly UK public service productivity (Experimental Statistics).',
  inputSchema,
  outputSchema: z.strictObject({
    periods: z.array(periodSchema),
    values: z.array(z.number()).describe('100 × output / input.'),
    growth: z.array(z.number().nullable()).describe('On the period before, as a share; null for the first.'),
  }),
  run: ({ periods, output, input }) => {
    const values = output.map((value, t) => (100 * value) / (input[t] ?? Number.NaN));
    const growth = values.map((value, t) => {
      const before = values[t - 1];
      return before === undefined ? null : value / before - 1;
    });
    return { periods, values, growth };
  },
  example: {
    input: { periods: ['2023', '2024'], output: [100, 103], input: [100, 102] },
    output: { periods: ['2023', '2024'], values: [100, 10300 / 102], growth: [null, 103 / 102 - 1] },
  },
});
