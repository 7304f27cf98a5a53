import type { QueryRecord } from '../../core/index.ts';
import type { Charter } from '../../define/index.ts';
import type { Warehouse } from '../../stores/index.ts';
import type { Costs } from '../costs.ts';
import { type CheckFacts, checkFacts, type UsualOrder, usualOrder } from './check-facts.ts';
import { type OrderSaving, orderSaving } from './order-saving.ts';
import {
  prepareRejectionLoops,
  type RejectionLoop,
  rejectionLoops,
  type TurnedTotals,
  turnedTotals,
} from './rejection-loops.ts';
import { prepareTurnedRows } from './turned-rows.ts';

/** The checks of the charter, the order in which they are usually taken, and what another would save. */
export interface CheckEvidence {
  readonly checks: readonly CheckFacts[];
  readonly usual: UsualOrder | null;
  readonly saving: OrderSaving | null;
}

/** What the log shows of cases turned back or down. */
export interface TurnedEvidence {
  readonly totals: TurnedTotals;
  readonly byRejection: readonly RejectionLoop[];
  readonly byReturn: readonly RejectionLoop[];
  /** Null where the charter names fewer than two checks. */
  readonly checks: CheckEvidence | null;
}

/** Looks at cases turned back or down; null where the charter names no step that does so. Needs `work_steps`. */
export async function turnedEvidence(
  warehouse: Warehouse,
  steps: NonNullable<Charter['steps']>,
  costs: Costs,
  log: QueryRecord[],
): Promise<TurnedEvidence | null> {
  if (!(await prepareTurnedRows(warehouse, steps, costs, log))) return null;
  await prepareRejectionLoops(warehouse, log);
  const totals = await turnedTotals(warehouse, log);
  const byRejection = await rejectionLoops(warehouse, 'rejected', log);
  const byReturn = await rejectionLoops(warehouse, 'rejected and back', log);
  const rules = [...new Map((steps.checks ?? []).map((check) => [check.step, check])).values()];
  if (rules.length < 2) return { totals, byRejection, byReturn, checks: null };
  const checks = await checkFacts(warehouse, rules, costs, log);
  const names = rules.map(({ step }) => step);
  const usual = await usualOrder(warehouse, names, log);
  return {
    totals,
    byRejection,
    byReturn,
    checks: { checks, usual, saving: usual ? orderSaving(checks, usual) : null },
  };
}
