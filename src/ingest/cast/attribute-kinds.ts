import type { ColumnPlan } from '../mapping/column-plan.ts';
import { isPlainNumber, parseNumber } from '../numbers.ts';

/** What an attribute's values have been so far. */
export interface AttributeKind {
  filled: number;
  isNumber: boolean;
  isTime: boolean;
}

export function newKind(plan: ColumnPlan): AttributeKind {
  return { filled: 0, isNumber: true, isTime: plan.maybeTime };
}

/** Takes the values of a batch into account; stops looking once the column is known to be text. */
export function weighNumbers(
  kind: AttributeKind,
  values: readonly (string | null)[],
  style: ColumnPlan['style'],
): void {
  let last: string | null = null;
  for (const value of values) {
    if (value === null) continue;
    kind.filled += 1;
    if (!kind.isNumber || value === last) continue;
    last = value;
    kind.isNumber = style === 'point' ? isPlainNumber(value) : !Number.isNaN(parseNumber(value, style));
  }
}
