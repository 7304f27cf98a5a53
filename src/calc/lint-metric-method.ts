import { z } from 'zod';
import { metricDefinition } from '../define/index.ts';
import { lintMetric } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';

/** `calc lint-metric`: how a metric will mislead. */
export const lintMetricMethod = calcMethod({
  name: 'lint-metric',
  title: 'How a metric will mislead',
  summary:
    'Reads the definition of a metric by twenty rules; each that fires says in one sentence how the number misleads, and the repair. ' +
    'Fields left out take the value of a metric without fault, or, with "absent": "not-checked", leave the rules that need them open.',
  source:
    "After Bevan, G. and Hood, C. (2006), What's measured is what matters: targets and gaming in the English public health care system; the rules are ours.",
  inputSchema: metricDefinition.extend({
    absent: z
      .enum(['default', 'not-checked'])
      .default('default')
      .describe('What becomes of fields left out.'),
  }),
  outputSchema: z.strictObject({
    flags: z.array(
      z.strictObject({
        rule: z.string(),
        name: z.string(),
        misleads: z.string(),
        repair: z.string(),
        blocks: z.literal(true).optional(),
      }),
    ),
    notChecked: z.array(z.strictObject({ rule: z.string(), name: z.string(), missing: z.array(z.string()) })),
  }),
  run: ({ absent, ...given }) => {
    const { flags, notChecked } = lintMetric(given, absent);
    return {
      flags: flags.map((flag) => ({ ...flag })),
      notChecked: notChecked.map((one) => ({ ...one, missing: [...one.missing] })),
    };
  },
  example: {
    input: {
      stat: 'share',
      within_target: 0.9,
      tail_reported: false,
      clock_pauses: ['information requested'],
      paired: [{ metric: 'decisions overturned', role: 'counter' }],
    },
    output: {
      flags: [
        {
          rule: 'M04',
          name: 'clock',
          misleads:
            'Stopping or restarting the clock shortens the recorded wait and not the one that people live through.',
          repair: 'Show the wait from start to end, without pauses or restarts, beside it.',
        },
        {
          rule: 'M05',
          name: 'threshold without its tail',
          misleads:
            'Effort goes to cases just inside the limit, and those past it can wait for ever without changing the number.',
          repair: 'Show the 90th or 95th percentile, or the longest wait, beside it.',
        },
      ],
      notChecked: [],
    },
  },
});
