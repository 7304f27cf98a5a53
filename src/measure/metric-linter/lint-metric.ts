import type { KnownDefinition } from '../../define/index.ts';
import { withDefaults } from './definition.ts';
import { type MetricRule, metricRules } from './rules.ts';

/** A rule that fires on a metric. */
export type MetricFlag = Pick<MetricRule, 'rule' | 'name' | 'misleads' | 'repair' | 'blocks'>;

/** A rule that could not be decided, and the fields to ask for. */
export interface UncheckedRule {
  readonly rule: MetricRule['rule'];
  readonly name: string;
  readonly missing: readonly string[];
}

/** What the definition of a metric says about how it will mislead. */
export interface MetricReading {
  readonly flags: readonly MetricFlag[];
  readonly notChecked: readonly UncheckedRule[];
}

/**
 * Reads the definition of a metric by the rules M01 to M20 (after Bevan and Hood, 2006). Fields left out take
 * the value of a metric without fault (`absent: 'default'`), or leave the rules that need them not checked, to
 * be asked about (`absent: 'not-checked'`).
 */
export function lintMetric(definition: KnownDefinition, absent: 'default' | 'not-checked'): MetricReading {
  const known = absent === 'default' ? withDefaults(definition) : definition;
  const flags: MetricFlag[] = [];
  const notChecked: UncheckedRule[] = [];
  for (const { rule, name, misleads, repair, blocks, fields, fires } of metricRules) {
    const truth = fires(known);
    if (truth === true) flags.push({ rule, name, misleads, repair, ...(blocks ? { blocks } : {}) });
    if (truth === null)
      notChecked.push({ rule, name, missing: fields.filter((one) => known[one] === undefined) });
  }
  return { flags, notChecked };
}
