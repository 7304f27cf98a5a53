import { allOf, anyOf, type Truth } from '../../core/index.ts';
import type { Claim } from './claim.ts';
import { isAbove } from './effects.ts';
import { type ClaimClass, type FrameworkRule, gates, tests } from './framework.ts';

/** A rule as it came out for one claim. */
export interface RuleOutcome {
  readonly rule: FrameworkRule['rule'];
  readonly test: string;
  readonly basis: string;
  readonly truth: Truth;
  /** What it looked at. */
  readonly evidence: string;
}

/** What a claimed saving is. */
export interface Classification {
  readonly verdict: string;
  /** The rules that decided: those that failed, or if none did, those that are not known. */
  readonly reasons: readonly string[];
  readonly cls: ClaimClass;
  readonly budget_falls: boolean;
  /** Only for an efficiency, shown or claimed. */
  readonly cash?: 'cash-releasing' | 'non-cash-releasing' | 'not monetised';
  readonly type?: 'technical' | 'allocative';
  readonly notes?: readonly string[];
  /** Every rule that was tried, with what it looked at. */
  readonly rules: readonly RuleOutcome[];
}

/** The short class of a claim that failed: the first of these that is among the rules that failed. */
function failedClass(failed: readonly string[], claim: Claim): ClaimClass {
  if (['G4', 'G5', 'G9'].some((rule) => failed.includes(rule))) return 'not-an-efficiency';
  if (failed.includes('G6')) return isInvestment(claim) ? 'investment' : 'not-an-efficiency';
  return failed.includes('G7') ? 'deferral' : 'cost-shift';
}

/** More money for more output or outcome. */
function isInvestment({ input, output, outcome }: Claim): boolean {
  return allOf(isAbove(input), anyOf(isAbove(output), isAbove(outcome))) === true;
}

function cashOf({ budget_reduced, monetised }: Claim): NonNullable<Classification['cash']> {
  if (budget_reduced === true) return 'cash-releasing';
  return monetised === true ? 'non-cash-releasing' : 'not monetised';
}

/** The saving net of what citizens pay in time; a negative net is a false economy whatever the class. */
function citizenNotes({
  saving_gbp,
  shifted_citizen_hours: hours,
  citizen_rate_gbp: rate,
}: Claim): readonly string[] {
  if (!hours || hours <= 0) return [];
  if (typeof rate !== 'number' || typeof saving_gbp !== 'number')
    return [`citizens spend ${hours} hours more; no rate to price them is declared`];
  const net = Number((saving_gbp - hours * rate).toFixed(2));
  return [
    `net of citizen time: GBP ${net}`,
    ...(net < 0 ? ['false economy: citizens pay more than the saving'] : []),
  ];
}

function outcomeOf(rule: FrameworkRule, claim: Claim): RuleOutcome {
  return {
    rule: rule.rule,
    test: rule.test,
    basis: rule.basis,
    truth: rule.holds(claim),
    evidence: rule.evidence(claim),
  };
}

/**
 * Classifies a claimed saving by HM Treasury's Government Efficiency Framework (24 November 2025) as a decision
 * table of eleven rules, each true, false or not known. G1 to G3 stop at the first that fails; of G4 to G11 all
 * are tried. A claim is an efficiency only when every rule is shown to hold.
 */
export function classifyClaim(claim: Claim): Classification {
  const budget = { budget_falls: claim.budget_reduced === true };
  const tried: RuleOutcome[] = [];
  for (const gate of gates) {
    const outcome = outcomeOf(gate, claim);
    tried.push(outcome);
    if (outcome.truth === false)
      return { verdict: gate.verdict, reasons: [gate.rule], cls: gate.cls, ...budget, rules: tried };
  }
  const rules = [...tried, ...tests.map((rule) => outcomeOf(rule, claim))];
  const rulesThatAre = (truth: Truth) =>
    rules.filter((one) => one.truth === truth).map((one) => one.rule as string);
  const failed = rulesThatAre(false);
  const open = rulesThatAre(null);
  const notes = citizenNotes(claim);
  const extra = notes.length > 0 ? { notes } : {};
  if (failed.length > 0) {
    const cls = failedClass(failed, claim);
    return { verdict: 'not an efficiency', reasons: failed, cls, ...budget, ...extra, rules };
  }
  return {
    verdict: open.length > 0 ? 'efficiency (claimed, not shown)' : 'efficiency (shown)',
    reasons: open,
    cls: open.length > 0 ? 'not-evidenced' : 'efficiency',
    ...budget,
    cash: cashOf(claim),
    type: claim.redesigned_inputs_processes_outputs === true ? 'allocative' : 'technical',
    ...extra,
    rules,
  };
}
