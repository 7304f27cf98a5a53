import { weightedTrend } from '../../stats/index.ts';
import { type NotTestable, notTestable, type Tested, tested } from './screen.ts';

/** What was recorded in one period; shares between 0 and 1, or means with their variances. */
export interface CodedPeriod {
  /** Mean recorded severity or cost weight, and the variance of that mean. */
  readonly severity: number;
  readonly severityVariance: number;
  /** An outcome that coding cannot move, higher where cases are harder, and the variance of its mean. */
  readonly outcome: number;
  readonly outcomeVariance: number;
  /** Share of activity in codes younger than 12 months. */
  readonly newCodes?: number | undefined;
  /** Share of cases whose final code is dearer than their first, and cheaper. */
  readonly movedUp?: number | undefined;
  readonly movedDown?: number | undefined;
  readonly cases: number;
}

/** The coding test. */
export interface CodingDrift extends Tested {
  readonly test: 'T9';
  readonly severityTrend: number;
  readonly outcomeTrend: number;
  /** In the last period. */
  readonly newCodes: number | null;
  readonly movedUpLessDown: number | null;
}

/**
 * T9: whether cases are recorded as ever more severe while an outcome that coding cannot move stays as it was
 * (the estimator is ours). A rise that the outcome shares is not the pattern.
 */
export function codingDrift(periods: readonly CodedPeriod[]): CodingDrift | NotTestable {
  const severity = weightedTrend(
    periods.map((period) => period.severity),
    periods.map((period) => period.severityVariance),
  );
  const outcome = weightedTrend(
    periods.map((period) => period.outcome),
    periods.map((period) => period.outcomeVariance),
  );
  if (periods.length < 6 || !severity || !outcome)
    return notTestable(
      'T9',
      'fewer than 6 periods have recorded severity and an outcome that coding cannot move',
    );
  const last = periods.at(-1);
  const isShared = outcome.slope > 0 && outcome.p <= 0.05;
  return tested({
    test: 'T9' as const,
    n: periods.reduce((sum, { cases }) => sum + cases, 0),
    p: severity.p,
    leans: severity.slope > 0 && !isShared,
    words: {
      pattern: 'cases coded as harder than before',
      also: ['fuller recording of what was always there', 'a change in who comes', 'new codes or tariffs'],
      tellApart:
        'have a random sample of cases from both ends coded again by people who do not know the period',
    },
    severityTrend: severity.slope,
    outcomeTrend: outcome.slope,
    newCodes: last?.newCodes ?? null,
    movedUpLessDown:
      last?.movedUp === undefined || last.movedDown === undefined ? null : last.movedUp - last.movedDown,
  });
}
