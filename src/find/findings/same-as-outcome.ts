import { listInWords } from '../../core/index.ts';
import type { OutcomeMeasure } from '../queries/outcome-gap.ts';

/** The steps of a finding that the outcome counts itself, in words; null where it counts none of them. */
export function sameAsOutcome(measure: OutcomeMeasure | null, steps: readonly string[]): string | null {
  const shared = steps.filter((step) => measure?.reads.counts.has(step));
  if (shared.length === 0) return null;
  const quoted = listInWords([...new Set(shared)].map((step) => `"${step}"`));
  return `This is the outcome seen again, since that counts ${quoted} itself: it tells how many, not why.`;
}
