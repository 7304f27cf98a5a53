import { weightedTrend } from '../../stats/index.ts';
import { type NotTestable, notTestable, type Tested, tested } from './screen.ts';

/** What a target was, and how many it counted, in one period. */
export interface TargetPeriod {
  readonly period: string;
  /** The levels aimed at in the period; more than one where it was changed within. */
  readonly targets: readonly number[];
  /** Cases that came and could have counted. */
  readonly arrivals: number;
  /** Those of them that the target counts. */
  readonly counted: number;
}

/** The test of target and denominator. */
export interface TargetAndDenominator extends Tested {
  readonly test: 'T12';
  /** Periods with two targets, or with one easier than the period before. */
  readonly changes: readonly {
    readonly period: string;
    readonly from: number;
    readonly to: number;
    readonly isEasier: boolean;
  }[];
  /** Share left out by period. */
  readonly leftOut: readonly { readonly period: string; readonly share: number }[];
  /** Change of the share left out a period. */
  readonly slope: number;
  /** Counted cases fell from first to last period while arrivals did not. */
  readonly shrinksAlone: boolean;
}

/**
 * T12: whether a target was changed or eased, and whether the cases it leaves out grow (the estimator is ours).
 * Changes of the target are facts of the register and carry no p-value; the p-value is that of the trend of the
 * share left out.
 */
export function targetAndDenominator(
  periods: readonly TargetPeriod[],
  higherIsHarder = true,
): TargetAndDenominator | NotTestable {
  const shares = periods.map(({ arrivals, counted }) => 1 - counted / arrivals);
  const variances = periods.map(({ arrivals }, i) => {
    // A share of 0 has a variance too: one more case is added on each side (Agresti and Coull, 1998).
    const share = ((shares[i] ?? 0) * arrivals + 1) / (arrivals + 2);
    return (share * (1 - share)) / arrivals;
  });
  const trend = weightedTrend(shares, variances);
  if (periods.length < 6 || !trend || periods.some(({ arrivals }) => arrivals < 10))
    return notTestable('T12', 'fewer than 6 periods, or fewer than 10 arrivals in one');
  const levels = periods.flatMap(({ period, targets }) => targets.map((value) => ({ period, value })));
  const changes = levels.flatMap(({ period, value }, i) => {
    const before = levels[i - 1]?.value;
    if (before === undefined || before === value) return [];
    return [{ period, from: before, to: value, isEasier: value < before === higherIsHarder }];
  });
  const [first, last] = [periods[0], periods.at(-1)];
  return tested({
    test: 'T12' as const,
    n: periods.reduce((sum, { arrivals }) => sum + arrivals, 0),
    p: trend.p,
    leans: trend.slope > 0,
    words: {
      pattern: 'cases being left out of the count',
      also: ['a changed remit', 'more cases of a kind that was always left out', 'fuller recording'],
      tellApart: 'draw a sample of the cases left out, and ask for each who decided it, when and why',
    },
    changes,
    leftOut: periods.map(({ period }, i) => ({ period, share: shares[i] ?? 0 })),
    slope: trend.slope,
    shrinksAlone:
      first !== undefined &&
      last !== undefined &&
      last.counted < first.counted &&
      last.arrivals >= first.arrivals,
  });
}
