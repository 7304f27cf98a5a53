/** How a metric is put together from what it counts. */
export const metricStats = [
  'ratio',
  'share',
  'count',
  'sum',
  'mean',
  'median',
  'percentile',
  'stock',
  'index',
] as const;
/** What a metric counts. */
export const metricCounts = [
  'case',
  'contact',
  'session',
  'event',
  'person',
  'opinion',
  'time',
  'money',
  'input',
] as const;
/** What a metric is offered as. */
export const metricClaims = ['output', 'outcome', 'quality', 'efficiency', 'input'] as const;
/** What another metric beside it is there for. */
export const pairedRoles = ['quality', 'outcome', 'counter', 'end_to_end', 'flow'] as const;

/** Another metric always shown with this one. */
export interface PairedMetric {
  readonly metric: string;
  readonly role: (typeof pairedRoles)[number];
}

/** A level aimed at in a period; `easier` where it replaced a harder one. */
export interface TargetEntry {
  readonly period: string;
  readonly value: number;
  readonly easier?: boolean | undefined;
}

/** A metric as its owner defines it. Days are whole days, shares lie between 0 and 1. */
export interface MetricDefinition {
  readonly stat: (typeof metricStats)[number];
  readonly counts: (typeof metricCounts)[number];
  readonly claims: (typeof metricClaims)[number];
  /** `conditional` where some cases are left out of the denominator. */
  readonly denominator_scope: 'all' | 'conditional';
  /** Share of cases left out; null where nobody knows. */
  readonly excluded_share: number | null;
  readonly clock_pauses: readonly string[];
  readonly clock_restarts_on: readonly string[];
  /** The share that must fall within a limit; null where there is no such target. */
  readonly within_target: number | null;
  readonly tail_reported: boolean;
  readonly subgroups_reported: boolean;
  /** False where the clock or the count stops at something short of the end (withdrawn, sent on, answered). */
  readonly stop_is_final_outcome: boolean;
  readonly respondents: 'all' | 'completers' | 'sample';
  readonly response_rate: number | null;
  readonly self_reported: boolean;
  /** Days until the outcome can be known. */
  readonly maturity_days: number;
  readonly measured_after_days: number;
  readonly level: 'service' | 'unit' | 'team' | 'person';
  readonly owner: string | null;
  readonly effective_from: string | null;
  readonly source: string | null;
  readonly target_history: readonly TargetEntry[];
  /** True where numerator and denominator follow the same cases. */
  readonly same_cohort: boolean;
  readonly downstream_cost_included: boolean;
  readonly weights: 'none' | 'declared' | 'hidden';
  /** Days without another contact on the same issue; null where repeats are not looked for. */
  readonly repeat_window_days: number | null;
  readonly paired: readonly PairedMetric[];
}

/** What is known of a metric; a field left out has not been asked about. */
export type KnownDefinition = {
  readonly [Field in keyof MetricDefinition]?: MetricDefinition[Field] | undefined;
};

/** Values taken for fields left out where a definition is read as complete: those of a metric without fault. */
export const definitionDefaults: MetricDefinition = {
  stat: 'ratio',
  counts: 'case',
  claims: 'outcome',
  denominator_scope: 'all',
  excluded_share: 0,
  clock_pauses: [],
  clock_restarts_on: [],
  within_target: null,
  tail_reported: true,
  subgroups_reported: true,
  stop_is_final_outcome: true,
  respondents: 'all',
  response_rate: null,
  self_reported: false,
  maturity_days: 0,
  measured_after_days: 0,
  level: 'service',
  owner: 'service owner',
  effective_from: '2025-04-01',
  source: 'case system',
  target_history: [],
  same_cohort: true,
  downstream_cost_included: true,
  weights: 'none',
  repeat_window_days: null,
  paired: [],
};
