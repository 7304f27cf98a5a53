/** The wait that stock and flow imply. */
interface ImpliedWait {
  /** Whether the stock stood still enough for one answer: it moved by less than 10% of completions. */
  readonly isSteady: boolean;
  /** Mean stock over the rate of completions. */
  readonly weeks: number;
  /** Mean stock over the rate of arrivals, to be read beside it where the stock moved; null where they are not known. */
  readonly weeksByArrivals: number | null;
  /** Five to a week. */
  readonly workingDays: number;
  /** Measured over implied wait; null without a measured wait. */
  readonly measuredOverImplied: number | null;
  /** True where they differ by more than 20%: missing cases, clocks that start again, or a target that leaves cases out. */
  readonly isInDoubt: boolean;
}

const steady = 0.1;
const doubt = 0.2;

/**
 * Little's law (Little, 1961), L = λW: the mean wait that open work and the rate of completions imply, weeks.
 * Null where nothing was completed.
 */
export function impliedWait(given: {
  readonly opening: number;
  readonly closing: number;
  readonly completions: number;
  readonly arrivals: number | null;
  /** Length of the period in which they were completed. */
  readonly weeks: number;
  readonly measuredWeeks: number | null;
}): ImpliedWait | null {
  if (!(given.completions > 0)) return null;
  const stock = (given.opening + given.closing) / 2;
  const weeks = stock / (given.completions / given.weeks);
  const ratio = given.measuredWeeks === null || weeks === 0 ? null : given.measuredWeeks / weeks;
  return {
    isSteady: Math.abs(given.closing - given.opening) < steady * given.completions,
    weeks,
    weeksByArrivals: given.arrivals ? stock / (given.arrivals / given.weeks) : null,
    workingDays: 5 * weeks,
    measuredOverImplied: ratio,
    isInDoubt: ratio !== null && Math.abs(ratio - 1) > doubt,
  };
}
