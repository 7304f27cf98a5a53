import { z } from 'zod';
import { creamSkimming } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';
import { screenOutput, screenResult } from './screen-method.ts';

/** `calc cream-skimming`: whether those accepted are ever easier. */
export const creamSkimmingMethod = calcMethod({
  name: 'cream-skimming',
  title: 'Whether those accepted are ever easier',
  summary:
    'By period, mean difficulty of those accepted less that of all who came, and its trend. Difficulty must be foretold from facts fixed before the service acted.',
  source: 'Ours: an inverse-variance trend.',
  inputSchema: z.strictObject({
    arrivals: z
      .array(z.strictObject({ period: z.int(), difficulty: z.number(), accepted: z.boolean() }))
      .min(1),
  }),
  outputSchema: screenOutput({
    gaps: z.array(z.strictObject({ period: z.number(), arrivals: z.number(), gap: z.number() })),
    slope: z.number(),
    refusedByTenth: z.array(z.strictObject({ earlier: z.number(), later: z.number() })),
  }),
  run: ({ arrivals }) => {
    const result = screenResult(creamSkimming(arrivals));
    if (!result.testable) return result;
    return {
      ...result,
      gaps: result.gaps.map((one) => ({ ...one })),
      refusedByTenth: result.refusedByTenth.map((one) => ({ ...one })),
    };
  },
  example: {
    input: { arrivals: [{ period: 0, difficulty: 0.4, accepted: true }] },
    output: {
      testable: false,
      statement:
        'Not testable, because fewer than 6 periods have both cases accepted (10 or more) and cases not accepted.',
    },
  },
});
