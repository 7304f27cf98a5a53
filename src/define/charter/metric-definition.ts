import { z } from 'zod';

const share = z.number().min(0).max(1);
const days = z.number().nonnegative();

/** What is known of how a metric is put together; a field left out has not been asked about. */
export const metricDefinition = z
  .strictObject({
    stat: z
      .enum(['ratio', 'share', 'count', 'sum', 'mean', 'median', 'percentile', 'stock', 'index'])
      .describe('How it is put together.'),
    counts: z
      .enum(['case', 'contact', 'session', 'event', 'person', 'opinion', 'time', 'money', 'input'])
      .describe('What it counts.'),
    claims: z
      .enum(['output', 'outcome', 'quality', 'efficiency', 'input'])
      .describe('What it is offered as.'),
    denominator_scope: z.enum(['all', 'conditional']).describe('Whether some cases are left out.'),
    excluded_share: share.nullable().describe('Share of cases left out; null where nobody knows.'),
    clock_pauses: z.array(z.string()).describe('What stops the clock for a while.'),
    clock_restarts_on: z.array(z.string()).describe('What starts the clock again.'),
    within_target: share.nullable().describe('The share that must fall within a limit; null without one.'),
    tail_reported: z.boolean().describe('True where a percentile or the longest wait stands beside it.'),
    subgroups_reported: z.boolean().describe('True where it is shown by group.'),
    stop_is_final_outcome: z
      .boolean()
      .describe('False where it stops short of the end: withdrawn, void, sent on, answered.'),
    respondents: z.enum(['all', 'completers', 'sample']).describe('Who was asked.'),
    response_rate: share.nullable().describe('Share of those asked who replied; null where not known.'),
    self_reported: z.boolean().describe('True where those measured report it.'),
    maturity_days: days.describe('Days until the outcome can be known.'),
    measured_after_days: days.describe('Days after which it is read.'),
    level: z.enum(['service', 'unit', 'team', 'person']).describe('Whom it speaks of.'),
    owner: z.string().nullable().describe('The role that answers for it; null without one.'),
    effective_from: z
      .string()
      .nullable()
      .describe('The day it starts, such as 2025-04-01; null where not recorded.'),
    source: z.string().nullable().describe('Where it comes from; null where not recorded.'),
    target_history: z
      .array(
        z.strictObject({
          period: z.string().describe('The period, such as 2010-11.'),
          value: z.number().describe('The level aimed at.'),
          easier: z
            .boolean()
            .optional()
            .describe('True where it replaced a harder one, false where it did not; else told by its level.'),
        }),
      )
      .describe('Levels aimed at, by period; easier where one replaced a harder one.'),
    same_cohort: z.boolean().describe('True where numerator and denominator follow the same cases.'),
    downstream_cost_included: z.boolean().describe('True where costs elsewhere and later count.'),
    weights: z.enum(['none', 'declared', 'hidden']).describe('Weights of an index.'),
    repeat_window_days: days
      .nullable()
      .describe('Days without another contact; null where repeats are not looked for.'),
    paired: z
      .array(
        z.strictObject({
          metric: z.string().describe('What it is.'),
          role: z
            .enum(['quality', 'outcome', 'counter', 'end_to_end', 'flow'])
            .describe('What it is there for.'),
        }),
      )
      .describe('Metrics always shown with it, and what they are there for.'),
  })
  .partial();

/** What is known of how a metric is put together; a field left out has not been asked about. */
export type KnownDefinition = z.infer<typeof metricDefinition>;
/** A metric of which every field is known. */
export type MetricDefinition = {
  readonly [Field in keyof KnownDefinition]-?:
    | NonNullable<KnownDefinition[Field]>
    | Extract<KnownDefinition[Field], null>;
};
