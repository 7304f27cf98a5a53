import { allOf, type Truth } from '../../core/index.ts';
import type { Circumstances, Claim } from './claim.ts';
import { defaultMargin, isAbove, isMore, isNotLower } from './effects.ts';
import { isNamed, isStated } from './stated.ts';

/** A sign that a saving will cost more than it saves. */
export interface FalseEconomySignal {
  readonly signal: string;
  readonly truth: Truth;
  /** What it means where it is true, and what would tell where it is not known. */
  readonly words: string;
}

/** How far clearing may run ahead of resolving before it is a sign (product rule): two points. */
const clearedAhead = 0.02;

const positive = (amount: number | null | undefined) => isMore(amount, 0);

/** The signs of a false economy (product rule), each true, false or not known. */
export function falseEconomySignals(claim: Claim, around: Circumstances): readonly FalseEconomySignal[] {
  const ahead =
    typeof around.cleared === 'number' && typeof around.resolved === 'number'
      ? around.cleared - around.resolved
      : null;
  return [
    {
      signal: 'staff released before demand fell',
      truth: isNotLower(around.demand_at_release, claim.margin ?? defaultMargin),
      words: 'Demand was no lower on the day the staff left. Needed: the demand index at that day.',
    },
    {
      signal: 'cost put off',
      truth: claim.deferred ?? null,
      words: 'The cost comes back in a later year. Needed: the plan of later years.',
    },
    {
      signal: 'cost moved to another body',
      truth: positive(claim.shifted_public_gbp),
      words: 'Another public body pays. Needed: its costs before and after.',
    },
    {
      signal: 'cost moved to citizens',
      truth: positive(claim.shifted_citizen_hours),
      words: 'Citizens spend more hours. Needed: their hours before and after.',
    },
    {
      signal: 'cost moved to staff: overtime',
      truth: isAbove(around.overtime),
      words: 'Overtime rose. Needed: hours of overtime before and after.',
    },
    {
      signal: 'cost moved to staff: sickness',
      truth: isAbove(around.sickness),
      words: 'Sickness rose. Needed: days of sickness before and after.',
    },
    {
      signal: 'no headroom',
      truth: isMore(around.utilisation, around.utilisation_limit),
      words: 'More of the capacity is in use than declared as safe. Needed: utilisation and its limit.',
    },
    {
      signal: 'no counterfactual',
      truth: isStated(claim.counterfactual) ? !isNamed(claim.counterfactual) : null,
      words: 'Nothing tells what would have happened anyway. Needed: a comparison.',
    },
    {
      signal: 'stock cleared, cohort not resolved',
      truth: allOf(positive(around.cleared), isMore(ahead, clearedAhead)),
      words: 'Cases were cleared that have no final outcome. Needed: the cohort to its final outcome.',
    },
  ];
}
