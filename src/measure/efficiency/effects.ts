import { negate, type Truth } from '../../core/index.ts';
import type { Effect } from './claim.ts';

/** How much worse still counts as the same unless the claim says otherwise (product rule). */
export const defaultMargin = 0.01;

/** The widest margin by which anything is shown to be the same (product rule). */
export const widestMargin = 0.1;

type Known = Effect | null | undefined;

function boundsOf([estimate, lower, upper]: Effect): readonly [number, number] {
  return [lower ?? estimate, upper ?? estimate];
}

function opposite(effect: Known): Known {
  if (!effect) return effect;
  const [lower, upper] = boundsOf(effect);
  return [-effect[0], -upper, -lower];
}

/** Not lower than before by more than the margin: true when the lower bound is within it, false when the upper is not. */
export function isNotLower(effect: Known, margin: number): Truth {
  if (!effect) return null;
  const [lower, upper] = boundsOf(effect);
  if (lower >= -margin) return true;
  return upper < -margin ? false : null;
}

/**
 * Not lower, by the margin that a claim declares. What the claimant sets cannot show what it wants: by a margin above
 * `widestMargin` nothing is shown, and by one above `defaultMargin` nothing whose whole interval is below zero.
 */
export function isHeld(effect: Known, declared: number | undefined): Truth {
  const margin = declared ?? defaultMargin;
  const held = isNotLower(effect, Math.min(margin, widestMargin));
  if (held !== true) return held;
  if (margin > widestMargin) return null;
  return isNotLower(effect, defaultMargin) !== true && isBelow(effect) === true ? null : true;
}

/** Not higher, by the margin that a claim declares: the mirror of `isHeld`. */
export function isHeldDown(effect: Known, declared: number | undefined): Truth {
  return isHeld(opposite(effect), declared);
}

/** Higher than before: true when the whole interval is above 0, false when none of it is. */
export function isAbove(effect: Known): Truth {
  if (!effect) return null;
  const [lower, upper] = boundsOf(effect);
  if (lower > 0) return true;
  return upper <= 0 ? false : null;
}

/** Lower than before: the mirror of `isAbove`. */
export function isBelow(effect: Known): Truth {
  return isAbove(opposite(effect));
}

/** Whether something lies above something else; null where either is not known. */
export function isMore(a: number | null | undefined, b: number | null | undefined): Truth {
  return a === null || a === undefined || b === null || b === undefined ? null : a > b;
}

/** The opposite of a stated fact; null where it is not known. */
export function isNot(fact: boolean | null | undefined): Truth {
  return negate(fact ?? null);
}
