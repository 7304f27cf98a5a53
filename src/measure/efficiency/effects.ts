import { negate, type Truth } from '../../core/index.ts';
import type { Effect } from './claim.ts';

/** How much worse still counts as the same unless the claim says otherwise (product rule). */
export const defaultMargin = 0.01;

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

/** Not higher than before by more than the margin: the mirror of `isNotLower`. */
export function isNotHigher(effect: Known, margin: number): Truth {
  return isNotLower(opposite(effect), margin);
}

/** Whether something lies above something else; null where either is not known. */
export function isMore(a: number | null | undefined, b: number | null | undefined): Truth {
  return a === null || a === undefined || b === null || b === undefined ? null : a > b;
}

/** The opposite of a stated fact; null where it is not known. */
export function isNot(fact: boolean | null | undefined): Truth {
  return negate(fact ?? null);
}
