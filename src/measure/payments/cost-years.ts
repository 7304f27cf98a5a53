import { type Comparison, headlineComparison } from '../comparison.ts';
import { bodyInputs } from '../input-states.ts';
import type { Study } from '../study.ts';
import type { PaymentData } from './collect-payments.ts';
import {
  auditOffset,
  type CostChange,
  costChange,
  type Span,
  type SpanCosts,
  spanCosts,
} from './payment-costs.ts';

/** A random sample lies further off than so many standard errors in 3 of 1,000 draws (product rule). */
const mostOffset = 3;

/** Pounds of the inputs that handle cases, over some periods; null where a period has no cost of one. */
function handlingCost({ data, plan }: Study, starts: readonly string[]): number | null {
  const named = plan.charter.payments?.handling;
  const inputs = named
    ? named.map((id) => data.inputList.findIndex((input) => input.id === id))
    : bodyInputs(data);
  if (inputs.length === 0) return null;
  let sum = 0;
  for (const input of inputs)
    for (const start of starts) {
      const cells = data.inputs.filter((cell) => cell.input === input && cell.period === start);
      if (cells.length === 0 || cells.some(({ cost }) => cost === null)) return null;
      for (const { cost } of cells) sum += cost ?? 0;
    }
  return sum;
}

/** The two sets of periods compared, with what handling cost in each; one that has no such cost is left out. */
export const spansOf = (study: Study, { earlier, later, earlierLabel, laterLabel }: Comparison) =>
  [
    { label: earlierLabel, starts: earlier },
    { label: laterLabel, starts: later },
  ].flatMap(({ label, starts }): readonly Span[] => {
    const handling = handlingCost(study, starts);
    return handling === null ? [] : [{ label, starts, handling }];
  });

/** True where what was paid on audited cases differs from what was paid on all by more than a random sample would. */
export function isAuditOdd({ cells, audited }: PaymentData, { earlier, later }: Comparison): boolean {
  return [earlier, later].some((starts) => {
    const isOwn = ({ period }: { readonly period: string }) => starts.includes(period);
    const offset = auditOffset({ cells: cells.filter(isOwn), audited: [] }, audited.filter(isOwn));
    return offset !== null && Math.abs(offset) > mostOffset;
  });
}

/** What cases cost in the end in two years, and the change between them. */
export interface CostYears {
  readonly comparison: Comparison;
  readonly earlier: SpanCosts;
  readonly later: SpanCosts;
  readonly change: CostChange;
}

/** Cost generated in the latest year and the one before; null where no random audit tells it. */
export function costYears(study: Study, data: PaymentData | null): CostYears | null {
  const comparison = headlineComparison(study.data);
  const audit = study.plan.charter.payments?.audit;
  if (!data || !comparison || !audit || audit.drawn === 'by-choice' || isAuditOdd(data, comparison))
    return null;
  const spans = spansOf(study, comparison);
  const [earlier, later] = spans.length < 2 ? [] : spans.map((span) => spanCosts(data, span));
  return earlier && later ? { comparison, earlier, later, change: costChange(earlier, later) } : null;
}
