import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import type { Interval } from '../core/index.ts';
import { twoSidedStudent } from './inference/index.ts';

/** Cases of one week that a share covers, and those that have it. */
export interface WeekShare {
  readonly n: number;
  readonly has: number;
}

/** A share before and after a day. */
export interface BeforeAfter {
  readonly before: number;
  readonly after: number;
  /** After less before, as a share. */
  readonly difference: number;
  readonly interval: Interval;
  /** Two-sided p-value that the two are alike. */
  readonly p: number;
  /**
   * Further weeks after which the range would leave out no difference, if the difference and the usual ups and downs
   * stay as they are; null where weeks after the change alone would not do it.
   */
  readonly moreWeeks: number | null;
}

/** The fewest weeks on each side with which the ups and downs between weeks can be told (product rule). */
export const fewestWeeksEachSide = 4;
const level = 0.95;

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** A share over weeks with its variance: the larger of chance over cases and of the ups and downs between weeks. */
function shareOver(weeks: readonly WeekShare[]) {
  const n = total(weeks.map((week) => week.n));
  const share = total(weeks.map(({ has }) => has)) / n;
  const k = weeks.length;
  const between = total(weeks.map(({ n: own, has }) => (has - share * own) ** 2));
  return {
    share,
    weeks: k,
    variance: Math.max((share * (1 - share)) / n, ((k / (k - 1)) * between) / n ** 2),
  };
}

/**
 * A share after a change less the share before it. Weeks are clusters: the variance of each side is that of a ratio of
 * sums over weeks, linearised (Cochran, 1977, 6.11), or the binomial one where that is larger, and the range uses
 * Student's t with the degrees of freedom of Welch (1947). Null where a side has fewer than four weeks or no cases.
 */
export function compareBeforeAfter(
  before: readonly WeekShare[],
  after: readonly WeekShare[],
): BeforeAfter | null {
  if (Math.min(before.length, after.length) < fewestWeeksEachSide) return null;
  const [was, is] = [shareOver(before), shareOver(after)];
  if (!Number.isFinite(was.share) || !Number.isFinite(is.share)) return null;
  const variance = was.variance + is.variance;
  const freedom =
    variance === 0
      ? before.length + after.length - 2
      : variance ** 2 / (was.variance ** 2 / (was.weeks - 1) + is.variance ** 2 / (is.weeks - 1));
  const t = tQuantile((1 + level) / 2, freedom);
  const half = t * Math.sqrt(variance);
  const difference = is.share - was.share;
  // The weeks before are what they are: only the part of the weeks after can shrink.
  const room = (difference / t) ** 2 - was.variance;
  const needed = room > 0 ? (is.weeks * is.variance) / room : Number.POSITIVE_INFINITY;
  return {
    before: was.share,
    after: is.share,
    difference,
    interval: {
      low: difference - half,
      high: difference + half,
      level,
      method: `weeks as clusters, ${was.weeks} before and ${is.weeks} after, Student t (Welch)`,
      meaning:
        'If nothing but chance and the usual ups and downs between weeks were at work, 95 of 100 such ranges would hold the true difference.',
    },
    p: variance === 0 ? 1 : twoSidedStudent(difference / Math.sqrt(variance), freedom),
    moreWeeks: Number.isFinite(needed) ? Math.max(0, Math.ceil(needed) - is.weeks) : null,
  };
}
