import { z } from 'zod';
import { lintMetric, metricClaims, metricCounts, metricStats, pairedRoles } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';

const share = z.number().min(0).max(1);
const days = z.number().nonnegative();

const definition = z
  .strictObject({
    stat: z.enum(metricStats).describe('How it is put together.'),
    counts: z.enum(metricCounts).describe('What it counts.'),
    claims: z.enum(metricClaims).describe('What it is offered as.'),
    denominator_scope: z.enum(['all', 'conditional']).describe('Whether some cases are left out.'),
    excluded_share: share.nullable().describe('Share of cases left out; null where nobody knows.'),
    clock_pauses: z.array(z.string()).describe('What stops the clock for a while.'),
    clock_restarts_on: z.array(z.string()).describe('What starts the clock again.'),
    within_target: share.nullable().describe('The share that must fall within a limit; null without one.'),
    tail_reported: z.boolean().describe('True where a percentile or the longest wait stands beside it.'),
    subgroups_reported: z.boolean().describe('True where it is shown by group.'),
    stop_is_final_outcome: z.boolean().describe('False where it stops short of the end.'),
    respondents: z.enum(['all', 'completers', 'sample']).describe('Who was asked.'),
    response_rate: share.nullable().describe('Share of those asked who replied; null where not known.'),
    self_reported: z.boolean().describe('True where those measured report it.'),
    maturity_days: days.describe('Days until the outcome can be known.'),
    measured_after_days: days.describe('Days after which it is read.'),
    level: z.enum(['service', 'unit', 'team', 'person']).describe('Whom it speaks of.'),
    owner: z.string().nullable().describe('The role that answers for it; null without one.'),
    effective_from: z.string().nullable().describe('The day it starts; null where not recorded.'),
    source: z.string().nullable().describe('Where it comes from; null where not recorded.'),
    target_history: z
      .array(z.strictObject({ period: z.string(), value: z.number(), easier: z.boolean().optional() }))
      .describe('Levels aimed at, by period; easier where one replaced a harder one.'),
    same_cohort: z.boolean().describe('True where numerator and denominator follow the same cases.'),
    downstream_cost_included: z.boolean().describe('True where costs elsewhere and later count.'),
    weights: z.enum(['none', 'declared', 'hidden']).describe('Weights of an index.'),
    repeat_window_days: days
      .nullable()
      .describe('Days without another contact; null where repeats are not looked for.'),
    paired: z
      .array(z.strictObject({ metric: z.string(), role: z.enum(pairedRoles) }))
      .describe('Metrics always shown with it, and what they are there for.'),
  })
  .partial();

/** `calc lint-metric`: how a metric will mislead. */
export const lintMetricMethod = calcMethod({
  name: 'lint-metric',
  title: 'How a metric will mislead',
  summary:
    'Reads the definition of a metric by twenty rules; each that fires says in one sentence how the number misleads, and the repair. ' +
    'Fields left out take the value of a metric without fault, or, with "absent": "not-checked", leave the rules that need them open.',
  source:
    "After Bevan, G. and Hood, C. (2006), What's measured is what matters: targets and gaming in the English public health care system; the rules are ours.",
  inputSchema: definition.extend({
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
