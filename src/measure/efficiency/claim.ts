import type { SavingClaim, Circumstances as StatedCircumstances } from '../../define/index.ts';

/**
 * A claimed saving as its owner states it. A field left out, or null, is not known, except that a claim which does
 * not say so neither intends to achieve less nor repeats another. Pounds are those of one year.
 */
export type Claim = Readonly<SavingClaim>;

/** What happened around a saving; a field left out is not known. */
export type Circumstances = Readonly<StatedCircumstances>;

/**
 * An effect on a total as a share of the baseline (0.05 is 5% more): estimate, lower and upper bound of its 95%
 * interval. Without bounds it is an exact count or a ledger figure.
 */
export type Effect = readonly [estimate: number, lower: number | null, upper: number | null];
