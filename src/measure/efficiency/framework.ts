import { allOf, anyOf, type Truth } from '../../core/index.ts';
import type { Claim, Effect } from './claim.ts';
import {
  defaultMargin,
  isAbove,
  isBelow,
  isHeld,
  isHeldDown,
  isMore,
  isNot,
  widestMargin,
} from './effects.ts';
import { isNamed, isStated } from './stated.ts';

/** The short class of a claim, the same words wherever the product speaks of savings. */
export type ClaimClass =
  | 'efficiency'
  | 'not-evidenced'
  | 'not-an-efficiency'
  | 'non-efficiency-saving'
  | 'investment'
  | 'deferral'
  | 'cost-shift'
  | 'not-classifiable';

/** One row of the decision table. */
export interface FrameworkRule {
  readonly rule: `G${number}`;
  readonly test: string;
  /** Where the rule comes from: the Framework's text, a Treasury answer, or a choice of ours. */
  readonly basis: string;
  readonly holds: (claim: Claim) => Truth;
  /** What the rule looked at, in words. */
  readonly evidence: (claim: Claim) => string;
}

const percent = (share: number) => `${share > 0 ? '+' : ''}${Number((share * 100).toFixed(2))}%`;
const pounds = (amount: number | null | undefined) =>
  amount === null || amount === undefined ? 'not known' : `GBP ${amount}`;

function effectInWords(name: string, effect: Effect | null | undefined): string {
  if (!effect) return `${name} not known`;
  const [estimate, lower, upper] = effect;
  const range = lower === null || upper === null ? 'exact' : `${percent(lower)} to ${percent(upper)}`;
  return `${name} ${percent(estimate)} (${range})`;
}

/** The margin where the claim declares one, as the claimant chose it. */
function marginInWords({ margin }: Claim): string {
  if (margin === undefined || margin === defaultMargin) return '';
  const limit =
    margin > widestMargin ? `, above ${percent(widestMargin).slice(1)}, by which nothing is shown` : '';
  return `; margin declared ${Number((margin * 100).toFixed(2))}%${limit}`;
}

const textInWords = (text: string | null | undefined, none: string) => (isStated(text) ? text : none);

const factInWords = (name: string, fact: boolean | null | undefined) =>
  `${name}: ${fact === null || fact === undefined ? 'not known' : fact ? 'yes' : 'no'}`;

/** Tried first, in this order; the first that fails decides and stops. */
export const gates: readonly (FrameworkRule & { readonly verdict: string; readonly cls: ClaimClass })[] = [
  {
    rule: 'G1',
    test: 'a definition and a baseline are given',
    basis: 'product rule',
    holds: ({ definition, baseline }) => isStated(definition) && isStated(baseline),
    evidence: ({ definition, baseline }) =>
      `definition: ${textInWords(definition, 'none')}; baseline: ${textInWords(baseline, 'none')}`,
    verdict: 'not classifiable',
    cls: 'not-classifiable',
  },
  {
    rule: 'G2',
    test: 'the purpose was not to achieve less',
    basis: 'Government Efficiency Framework',
    holds: ({ intends_less }) => intends_less !== true,
    evidence: ({ intends_less }) => factInWords('intends to achieve less', intends_less ?? false),
    verdict: 'non-efficiency saving',
    cls: 'non-efficiency-saving',
  },
  {
    rule: 'G3',
    test: 'no other claim counts the same pounds or hours',
    basis: 'product rule',
    holds: ({ duplicate_of }) => !isStated(duplicate_of),
    evidence: ({ duplicate_of }) => `counted in: ${textInWords(duplicate_of, 'no other claim')}`,
    verdict: 'not an efficiency',
    cls: 'not-an-efficiency',
  },
];

/** All evaluated; every one that fails is named, and if none fails every one that is not known. */
export const tests: readonly FrameworkRule[] = [
  {
    rule: 'G4',
    test: 'no essential floor is broken',
    basis: 'product rule',
    holds: ({ floor_broken }) => isNot(floor_broken),
    evidence: ({ floor_broken }) => factInWords('floor broken', floor_broken),
  },
  {
    rule: 'G5',
    test: 'output or outcome is not lower',
    basis: 'Government Efficiency Framework',
    holds: ({ output, outcome, margin }) => anyOf(isHeld(output, margin), isHeld(outcome, margin)),
    evidence: (claim) =>
      `${effectInWords('output', claim.output)}; ${effectInWords('outcome', claim.outcome)}${marginInWords(claim)}`,
  },
  {
    rule: 'G6',
    test: 'less is spent, or more is achieved without spending more',
    basis: 'Government Efficiency Framework; that outcome alone may rise is our reading',
    holds: (claim) =>
      anyOf(
        isBelow(claim.input),
        allOf(anyOf(isAbove(claim.output), isAbove(claim.outcome)), isHeldDown(claim.input, claim.margin)),
      ),
    evidence: (claim) =>
      [
        effectInWords('input', claim.input),
        effectInWords('output', claim.output),
        effectInWords('outcome', claim.outcome),
      ].join('; ') + marginInWords(claim),
  },
  {
    rule: 'G7',
    test: 'no cost is put off to later years',
    basis: 'HM Treasury, answer 5754 to the House of Commons, October 2024',
    holds: ({ deferred }) => isNot(deferred),
    evidence: ({ deferred }) => factInWords('cost put off', deferred),
  },
  {
    rule: 'G8',
    test: 'the saving is more than the cost moved to other public bodies',
    basis: 'product rule, after the Committee of Public Accounts, 2005',
    holds: ({ saving_gbp, shifted_public_gbp }) => isMore(saving_gbp, shifted_public_gbp),
    evidence: ({ saving_gbp, shifted_public_gbp }) =>
      `saving ${pounds(saving_gbp)}; moved to other bodies ${pounds(shifted_public_gbp)}`,
  },
  {
    rule: 'G9',
    test: 'the outcome is not lower',
    basis: 'product rule',
    holds: ({ outcome, margin }) => isHeld(outcome, margin),
    evidence: (claim) => `${effectInWords('outcome', claim.outcome)}${marginInWords(claim)}`,
  },
  {
    rule: 'G10',
    test: 'there is a counterfactual',
    basis: 'product rule',
    holds: ({ counterfactual }) => (isNamed(counterfactual) ? true : null),
    evidence: ({ counterfactual }) => `counterfactual: ${textInWords(counterfactual, 'not known')}`,
  },
  {
    rule: 'G11',
    test: 'it was measured, not reported by those who gain',
    basis: 'product rule',
    holds: ({ evidence }) => (evidence === 'measured' ? true : null),
    evidence: ({ evidence }) => `evidence: ${evidence ?? 'not known'}`,
  },
];
