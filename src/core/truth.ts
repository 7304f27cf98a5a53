/** True, false, or null where it is not known. */
export type Truth = boolean | null;

/** False if any part is false, else not known if any is not known (Kleene, 1952, strong three-valued logic). */
export function allOf(...parts: readonly Truth[]): Truth {
  if (parts.includes(false)) return false;
  return parts.includes(null) ? null : true;
}

/** True if any part is true, else not known if any is not known: the mirror of `allOf`. */
export function anyOf(...parts: readonly Truth[]): Truth {
  if (parts.includes(true)) return true;
  return parts.includes(null) ? null : false;
}

/** The opposite; what is not known stays so. */
export function negate(truth: Truth): Truth {
  return truth === null ? null : !truth;
}
