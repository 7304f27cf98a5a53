import { type Grain, leastCases } from '../core/index.ts';
import { type CheckRow, sumChecks } from './collect-checks.ts';

/** The span that a floor is judged by, and its counts. */
export interface FloorSpan {
  readonly starts: readonly string[];
  readonly label: string;
  readonly counts: Omit<CheckRow, 'period'>;
  /** True where the latest periods alone hold too few cases, so that a longer span is judged. */
  readonly isLonger: boolean;
}

/** Periods of a quarter and of a year, by the grain of the reports. */
const longer: Readonly<Record<Grain, readonly number[]>> = {
  day: [91, 365],
  week: [13, 52],
  month: [3, 12],
  quarter: [4],
  'financial-year': [],
  year: [],
};

/**
 * The shortest recent span in which a floor covers ten cases or more: the latest periods, else the last quarter,
 * the last year, or all the data. Where even that is too few, the span of all the data.
 */
export function floorSpan(
  rows: readonly CheckRow[],
  latest: { readonly starts: readonly string[]; readonly label: string },
  periods: readonly { readonly start: string; readonly label: string }[],
  grain: Grain,
): FloorSpan {
  const upTo = periods.filter(({ start }) => start <= (latest.starts.at(-1) ?? ''));
  const lengths = longer[grain].filter((length) => length > latest.starts.length && length < upTo.length);
  const spans = [
    ...lengths.map((length) => upTo.slice(-length)),
    ...(periods.length > latest.starts.length ? [periods] : []),
  ].map((span) => ({
    starts: span.map(({ start }) => start),
    label: `${span[0]?.label ?? ''} to ${span.at(-1)?.label ?? ''}`,
  }));
  const judged = [latest, ...spans].map((span) => ({
    ...span,
    counts: sumChecks(rows, span.starts),
    isLonger: span !== latest,
  }));
  const enough = judged.find(({ counts }) => counts.covered >= leastCases);
  return enough ?? judged.at(-1) ?? { ...latest, counts: sumChecks(rows, latest.starts), isLonger: false };
}
