import type { Interval } from '../../core/index.ts';
import { groupJackknife } from '../../stats/index.ts';

/** Figures from all cases, and from all but one group of cases at a time, or all but one period. */
export interface Replicates<T> {
  readonly whole: T;
  readonly cases: readonly T[];
  /** Empty where there are fewer than six periods. */
  readonly periods: readonly T[];
}

/** A figure with its range and the p-value that it is 0. */
export interface Ranged {
  readonly value: number;
  readonly interval: Interval | null;
  readonly p: number;
}

const meaning = {
  cases: 'If the same cases came again as by chance, 95 of 100 such ranges would hold the true value.',
  periods:
    'If the same service ran again, 95 of 100 such ranges would hold the true value; periods that vary more than chance are allowed for.',
};

/**
 * A figure with the wider of two ranges: over random groups of cases and over periods (delete-a-group jackknife).
 * `on` is the scale on which it is even: ratios on the log scale.
 */
export function ranged<T>(
  replicates: Replicates<T>,
  of: (scored: T) => number,
  on: 'value' | 'log' = 'value',
): Ranged {
  const scale = (value: number) => (on === 'log' ? Math.log(value) : value);
  const back = (value: number) => (on === 'log' ? Math.exp(value) : value);
  const value = of(replicates.whole);
  const found = (['cases', 'periods'] as const)
    .flatMap((over) => {
      const own = groupJackknife(
        scale(value),
        replicates[over].map((one) => scale(of(one))),
      );
      return own ? [{ over, ...own }] : [];
    })
    .toSorted((a, b) => b.high - b.low - (a.high - a.low))[0];
  if (!found) return { value, interval: null, p: 1 };
  const { over, groups } = found;
  return {
    value,
    p: found.p,
    interval: {
      low: back(found.low),
      high: back(found.high),
      level: 0.95,
      method: `delete-a-group jackknife, ${groups} ${over === 'cases' ? 'random groups of cases' : 'periods'}, Student t`,
      meaning: meaning[over],
    },
  };
}

/** How far one is ahead of another, as a share of the other; below 0 where it is behind. */
export function leadOf<T>(
  replicates: Replicates<T>,
  ahead: (scored: T) => number,
  behind: (scored: T) => number,
): Ranged {
  const { value, interval, p } = ranged(replicates, (scored) => ahead(scored) / behind(scored), 'log');
  return {
    value: value - 1,
    p,
    interval: interval ? { ...interval, low: interval.low - 1, high: interval.high - 1 } : null,
  };
}

/** The ends of a range as cells of a table. */
export function endsOf({ interval }: Ranged): { readonly low: number | null; readonly high: number | null } {
  return { low: interval?.low ?? null, high: interval?.high ?? null };
}
