import { z } from 'zod';
import { metricDefinition } from '../define/index.ts';
import { lintMetric } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';

const fields = Object.keys(metricDefinition.shape);

/** The fields that a definition says something of. */
const saidOf = (given: Readonly<Record<string, unknown>>) =>
  Object.entries(given).flatMap(([field, value]) => (value === undefined ? [] : [field]));

/** `calc lint-metric`: how a metric will mislead. */
export const lintMetricMethod = calcMethod({
  name: 'lint-metric',
  title: 'How a metric will mislead',
  summary:
    'Reads the definition of a metric by twenty rules; each that fires says in one sentence how the number misleads, and the repair. ' +
    'Fields left out take the value of a metric without fault and are listed as assumed, or, with "absent": "not-checked", leave the rules that need them open. A definition that says nothing is refused: no flag would then mean that all was assumed.',
  source:
    "After Bevan, G. and Hood, C. (2006), What's measured is what matters: targets and gaming in the English public health care system; the rules are ours.",
  inputSchema: metricDefinition
    .extend({
      absent: z
        .enum(['default', 'not-checked'])
        .default('default')
        .describe('What becomes of fields left out.'),
    })
    .superRefine(({ absent, ...given }, context) => {
      if (absent === 'default' && saidOf(given).length === 0)
        context.addIssue({
          code: 'custom',
          message:
            'the definition says nothing of the metric, which is too little to tell: say at least how it is put together (stat), what it counts (counts) and what it is offered as (claims)',
        });
      if (given.denominator_scope === 'all' && (given.excluded_share ?? 0) > 0)
        context.addIssue({
          code: 'custom',
          path: ['excluded_share'],
          message:
            'cases are left out and denominator_scope says "all": say "conditional", or that none is left out',
        });
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
    assumed: z
      .array(z.string())
      .describe(
        'Fields left out that were taken to be those of a metric without fault; none with "not-checked".',
      ),
  }),
  run: ({ absent, ...given }) => {
    const { flags, notChecked } = lintMetric(given, absent);
    return {
      flags: flags.map((flag) => ({ ...flag })),
      notChecked: notChecked.map((one) => ({ ...one, missing: [...one.missing] })),
      assumed: absent === 'default' ? fields.filter((field) => !saidOf(given).includes(field)) : [],
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
      assumed: [
        'counts',
        'claims',
        'denominator_scope',
        'excluded_share',
        'clock_restarts_on',
        'subgroups_reported',
        'stop_is_final_outcome',
        'respondents',
        'response_rate',
        'self_reported',
        'maturity_days',
        'measured_after_days',
        'level',
        'owner',
        'effective_from',
        'source',
        'target_history',
        'same_cohort',
        'downstream_cost_included',
        'weights',
        'repeat_window_days',
      ],
    },
  },
});
