/** Revisions of one series: all in the unit of the series. */
interface RevisionStatistics {
  readonly n: number;
  readonly mean: number;
  readonly meanAbsolute: number;
  readonly rootMeanSquare: number;
  readonly max: number;
  readonly min: number;
  /** How many estimates changed at all. */
  readonly revised: number;
  /** Standard error of the mean that allows for runs of like revisions; null under two. */
  readonly standardError: number | null;
  /** True where at least eight revisions have a mean more than two standard errors from zero: first estimates have been biased. */
  readonly isBiased: boolean;
}

/** Revisions smaller than this are rounding of the arithmetic, not of the estimate. */
const nothing = 1e-9;
/** Fewer revisions than this say nothing of bias (product rule). */
const fewest = 8;

/**
 * The standard error of a mean by Newey and West (1987): Bartlett weights over lags up to n^(1/3), rounded down.
 * Null under two values.
 */
export function standardErrorOfMean(values: readonly number[]): number | null {
  const n = values.length;
  if (n < 2) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const lags = Math.floor(Math.cbrt(n) + 1e-9);
  const covariance = (lag: number) =>
    values.slice(lag).reduce((sum, value, t) => sum + (value - mean) * ((values[t] ?? 0) - mean), 0) / n;
  let variance = covariance(0);
  for (let lag = 1; lag <= lags; lag++) variance += 2 * (1 - lag / (lags + 1)) * covariance(lag);
  return Math.sqrt(Math.max(0, variance) / n);
}

/** Statistics of revisions, later estimate less earlier, in time order. Null where there are none. */
export function revisionStatistics(revisions: readonly number[]): RevisionStatistics | null {
  const n = revisions.length;
  if (n === 0) return null;
  const average = (of: (revision: number) => number) =>
    revisions.reduce((sum, revision) => sum + of(revision), 0) / n;
  const mean = average((revision) => revision);
  const standardError = standardErrorOfMean(revisions);
  return {
    n,
    mean,
    meanAbsolute: average(Math.abs),
    rootMeanSquare: Math.sqrt(average((revision) => revision * revision)),
    max: Math.max(...revisions),
    min: Math.min(...revisions),
    revised: revisions.filter((revision) => Math.abs(revision) > nothing).length,
    standardError,
    isBiased: n >= fewest && standardError !== null && Math.abs(mean) > Math.max(2 * standardError, nothing),
  };
}

/** One period of a revisions triangle: its first estimate, its latest, and the difference. */
interface RevisedPeriod {
  readonly period: string | number;
  readonly first: number;
  readonly latest: number;
  readonly revision: number;
  /** How many publications gave it a value. */
  readonly estimates: number;
}

/** Each period's first estimate against its latest, from publications in the order they came; null is not given. */
export function revisionsTriangle(
  periods: readonly (string | number)[],
  vintages: readonly (readonly (number | null)[])[],
): readonly RevisedPeriod[] {
  return periods.flatMap((period, t) => {
    const given = vintages.flatMap((vintage) => vintage[t] ?? []);
    const [first, latest] = [given[0], given.at(-1)];
    if (first === undefined || latest === undefined || given.length < 2) return [];
    return [{ period, first, latest, revision: latest - first, estimates: given.length }];
  });
}
