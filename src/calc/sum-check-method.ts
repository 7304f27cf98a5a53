import { z } from 'zod';
import { sumCheck } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';

/** `calc sum-check`: whether published parts add to their totals. */
export const sumCheckMethod = calcMethod({
  name: 'sum-check',
  title: 'Whether published parts add to their totals',
  summary:
    'Checks, row by row, that parts sum to the published total: exactly, within what rounding can make (unit·(m + 1)/2 for m parts), or not. A table in which under 99% of rows pass is refused as a source for that measure.',
  source: 'Arithmetic of rounding; the share of 99% is a product rule.',
  inputSchema: z.strictObject({
    rows: z
      .array(z.strictObject({ id: z.string().min(1), parts: z.array(z.number()).min(1), total: z.number() }))
      .min(1),
    unit: z.number().positive().default(1).describe('What figures are rounded to.'),
  }),
  outputSchema: z.strictObject({
    rows: z.array(
      z.strictObject({
        id: z.string(),
        sum: z.number(),
        difference: z.number().describe('Total less sum.'),
        allowance: z.number(),
        verdict: z.enum(['exact', 'rounding', 'fails']),
      }),
    ),
    failing: z.array(z.string()),
    sharePassing: z.number(),
    isRefused: z.boolean(),
  }),
  run: ({ rows, unit }) => {
    const checked = rows.map((row) => ({ id: row.id, ...sumCheck(row.parts, row.total, unit) }));
    const failing = checked.filter((row) => row.verdict === 'fails').map((row) => row.id);
    const sharePassing = 1 - failing.length / rows.length;
    return { rows: checked, failing, sharePassing, isRefused: sharePassing < 0.99 };
  },
  example: {
    input: {
      rows: [
        { id: 'a', parts: [0, 116], total: 166 },
        { id: 'b', parts: [41, 187], total: 227 },
      ],
    },
    output: {
      rows: [
        { id: 'a', sum: 116, difference: 50, allowance: 1.5, verdict: 'fails' },
        { id: 'b', sum: 228, difference: -1, allowance: 1.5, verdict: 'rounding' },
      ],
      failing: ['a'],
      sharePassing: 0.5,
      isRefused: true,
    },
  },
});
