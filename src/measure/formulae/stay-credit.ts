import { quantile } from '../../stats/index.ts';

/** Fixed for a bed type from a reference year, and applied to all years. Days. */
export interface StayRule {
  /** Upper quartile of stays that are not zero. */
  readonly trimPoint: number;
  /** Mean of those stays, each capped at the trim point. */
  readonly meanCapped: number;
}

/** The rule of a reference year from its stays, days; null where no stay is longer than zero. */
export function stayRule(stays: readonly number[]): StayRule | null {
  const longer = stays.filter((stay) => stay > 0);
  if (longer.length === 0) return null;
  const trimPoint = quantile(longer, 0.75);
  const sum = longer.reduce((all, stay) => all + Math.min(stay, trimPoint), 0);
  return { trimPoint, meanCapped: sum / longer.length };
}

/**
 * Days credited for a stay (NHS England, mental health cost-weighted activity): nothing for 0, the mean m for
 * any stay up to the trim point T, m + (d − T)/2 beyond it. A stay that is still open gets min(d, T)·m/T so far.
 */
export function stayCredit(days: number, { trimPoint, meanCapped }: StayRule, isOpen = false): number {
  if (days <= 0) return 0;
  if (isOpen) return (Math.min(days, trimPoint) * meanCapped) / trimPoint;
  return meanCapped + Math.max(0, days - trimPoint) / 2;
}
