/** One subject: how long it was followed, and which end it came to; null where it had come to none by then. */
export interface Followed {
  readonly time: number;
  readonly end: string | null;
}

/** Share that has come to one end by a time, with its standard error and 95% interval. */
export interface Incidence {
  readonly end: string;
  readonly share: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
}

interface Step {
  readonly time: number;
  readonly atRisk: number;
  readonly ended: number;
  readonly byEnd: ReadonlyMap<string, number>;
  /** Share still open just before. */
  readonly before: number;
}

/** Times at which anyone ended, with those at risk. Subjects censored at a time are at risk at it. */
function stepsOf(subjects: readonly Followed[]): readonly Step[] {
  const sorted = subjects.toSorted((a, b) => a.time - b.time);
  const steps: Step[] = [];
  let [open, i] = [1, 0];
  while (i < sorted.length) {
    const time = sorted[i]?.time ?? 0;
    const atRisk = sorted.length - i;
    const byEnd = new Map<string, number>();
    let ended = 0;
    for (; i < sorted.length && sorted[i]?.time === time; i++) {
      const end = sorted[i]?.end ?? null;
      if (end === null) continue;
      ended += 1;
      byEnd.set(end, (byEnd.get(end) ?? 0) + 1);
    }
    if (ended > 0) steps.push({ time, atRisk, ended, byEnd, before: open });
    open *= 1 - ended / atRisk;
  }
  return steps;
}

/** Shares that have come to one end after each step. */
function cumulated(steps: readonly Step[], end: string): readonly number[] {
  let share = 0;
  return steps.map((step) => {
    share += (step.before * (step.byEnd.get(end) ?? 0)) / step.atRisk;
    return share;
  });
}

function varianceOf(steps: readonly Step[], end: string, cumulative: readonly number[]): number {
  const share = cumulative.at(-1) ?? 0;
  return steps.reduce((sum, { atRisk: n, ended: d, byEnd, before: s }, j) => {
    const own = byEnd.get(end) ?? 0;
    const rest = share - (cumulative[j] ?? 0);
    // Once nobody is left at risk the rest is 0, and so is its term.
    const open = rest === 0 ? 0 : (rest ** 2 * d) / (n * (n - d));
    return sum + open + (s ** 2 * own * (n - own)) / n ** 3 - (2 * rest * s * own) / n ** 2;
  }, 0);
}

/** log(-log) bounds, which stay between 0 and 1. */
function bounds(share: number, standardError: number): { readonly low: number; readonly high: number } {
  if (share <= 0 || share >= 1 || standardError === 0) return { low: share, high: share };
  const width = (1.95996398454 * standardError) / (share * Math.log(share));
  return { low: share ** Math.exp(-width), high: share ** Math.exp(width) };
}

/**
 * Cumulative incidence of competing ends by a time, where some subjects were not followed to their end (Aalen
 * and Johansen, 1978); variance by the delta method (Marubini and Valsecchi, 1995), interval log(-log). Null
 * where nobody was followed that long and some had not ended: the share by then cannot be told.
 */
export function cumulativeIncidence(
  subjects: readonly Followed[],
  ends: readonly string[],
  time: number,
): readonly Incidence[] | null {
  const isTold = subjects.some((one) => one.time >= time) || subjects.every(({ end }) => end !== null);
  if (subjects.length === 0 || !isTold) return null;
  const steps = stepsOf(subjects).filter((step) => step.time <= time);
  return ends.map((end) => {
    const cumulative = cumulated(steps, end);
    const share = cumulative.at(-1) ?? 0;
    const standardError = Math.sqrt(Math.max(0, varianceOf(steps, end, cumulative)));
    return { end, share, standardError, ...bounds(share, standardError) };
  });
}
