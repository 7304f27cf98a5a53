import type { KnownDefinition, MetricDefinition } from '../../define/index.ts';

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

/** A definition with the values of a metric without fault where it says nothing. */
export function withDefaults(definition: KnownDefinition): KnownDefinition {
  const given = Object.entries(definition).filter(([, value]) => value !== undefined);
  return { ...definitionDefaults, ...Object.fromEntries(given) };
}
