/** How small counts are protected in what is published. */
export interface DisclosureProfile {
  readonly name: string;
  /** Counts under this are suppressed; a mean, a rate or a quantile needs at least this many. */
  readonly threshold: number;
  /** Other counts are rounded to the nearest multiple of this; 1 leaves them as they are. */
  readonly base: number;
  /** What stands in the place of a suppressed value. */
  readonly symbol: string;
  /** Whether a count of zero is suppressed like other small counts, or shown. */
  readonly zeros: 'small' | 'shown';
  /** How wide the range must stay within which a reader can place a suppressed count. */
  readonly width: number;
}

/**
 * The profiles that come with the product. "10-5": the ONS rule of counts under 10 suppressed and others to the
 * nearest 5, with zeros as small as UK Longitudinal Linkage Collaboration has it. "5-star": under 5 a star.
 */
export const disclosureProfiles = {
  '10-5': { name: '10-5', threshold: 10, base: 5, symbol: '[c]', zeros: 'small', width: 10 },
  '5-star': { name: '5-star', threshold: 5, base: 5, symbol: '*', zeros: 'small', width: 5 },
} as const satisfies Readonly<Record<string, DisclosureProfile>>;

/** True when a count must be suppressed for its own size. */
export function isSmallCount(value: number, { threshold, zeros }: DisclosureProfile): boolean {
  return value < threshold && !(zeros === 'shown' && value === 0);
}

/** A count as it is published: to the nearest multiple of the base, halves up. */
export function roundedCount(value: number, { base }: DisclosureProfile): number {
  return Math.floor(value / base + 0.5) * base;
}

/** Where a reader can place a count: `high` is Infinity when nothing bounds it. */
export interface CountRange {
  readonly low: number;
  readonly high: number;
}

/**
 * Where a reader can place a count from its published value alone, knowing the rule: whole counts lie up to 2
 * from a multiple of 5, and none that is shown lies under the threshold.
 */
export function rangeOfPublished(published: number, profile: DisclosureProfile, whole: boolean): CountRange {
  const { base, threshold, zeros } = profile;
  if (zeros === 'shown' && published === 0) return { low: 0, high: 0 };
  if (!whole) return { low: Math.max(threshold, published - base / 2), high: published + base / 2 };
  const low = Math.ceil(published - base / 2);
  return { low: Math.max(threshold, low), high: Math.ceil(published + base / 2) - 1 };
}
