import type { DisclosureProfile } from '../../stats/index.ts';

/** Rounding may move a share by this part of the half-width of its interval, and no further. */
const mostOfHalfWidth = 0.25;
/** And by half a point where the share has no interval. */
const mostAlone = 0.005;

/**
 * How far a share of two rounded counts can lie from that of the true ones, from 0 to 1. Rounding to a base moves a
 * count by at most half of it: 20 of 35 are 18 to 22 of 33 to 37, a share from 0.486 to 0.667, so that 0.571 is wrong
 * by up to 0.095.
 */
export function roundingError(part: number, whole: number, { base }: DisclosureProfile): number {
  const most = Math.floor(base / 2);
  if (most === 0) return 0;
  const share = Math.min(1, part / whole);
  const least = Math.max(0, part - most) / (whole + most);
  const greatest = whole > most ? Math.min(1, (part + most) / (whole - most)) : 1;
  return Math.max(share - least, greatest - share);
}

/**
 * True when rounding cannot move a share by more than a quarter of the half-width of its 95% interval, or by more than
 * half a point where it has none. Rounded counts alone decide, so that the answer tells nothing of the true ones (product
 * rule).
 */
export function isPrecise(
  part: number,
  whole: number,
  interval: { readonly low: number; readonly high: number } | null,
  profile: DisclosureProfile,
): boolean {
  const most = interval ? (mostOfHalfWidth * (interval.high - interval.low)) / 2 : mostAlone;
  return roundingError(part, whole, profile) <= most + 1e-12;
}

/** Why a publication leaves out shares that rounding would move too far, in words for its readers. */
export function precisionNote({ base, symbol }: DisclosureProfile): string {
  return `${symbol} also stands for a share, and what is worked out from it, where rounding its counts to the nearest ${base} could move it by more than a quarter of the half-width of its interval, or by more than half a point where it has none.`;
}
