import { type Interval, wilson } from '../../core/index.ts';

/** An estimate with the limits of its interval. */
export interface Limits {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The difference of two independent estimates with the interval that their own intervals give by square and add
 * (Zou and Donner, 2008, "Construction of confidence limits about effect measures", eq. 4).
 */
export function squareAndAdd(
  a: Limits,
  b: Limits,
): { readonly difference: number; readonly low: number; readonly high: number } {
  const difference = a.value - b.value;
  return {
    difference,
    low: difference - Math.hypot(a.value - a.low, b.high - b.value),
    high: difference + Math.hypot(a.high - a.value, b.value - b.low),
  };
}

/**
 * The 95% interval of the difference of two shares, `x1` of `n1` less `x2` of `n2`: Wilson's intervals by square and
 * add (Newcombe, 1998, "Interval estimation for the difference between independent proportions", method 10).
 */
export function shareDifferenceInterval(x1: number, n1: number, x2: number, n2: number): Interval {
  const { low, high } = squareAndAdd(
    { ...wilson(x1, n1), value: x1 / n1 },
    { ...wilson(x2, n2), value: x2 / n2 },
  );
  return {
    low,
    high,
    level: 0.95,
    method: 'Newcombe (1998), method 10: difference of two Wilson intervals',
    meaning: 'The range that would hold the true difference in 95 of 100 such services.',
  };
}

/** How far two shares lie apart, in standard errors of their pooled share; 0 where all or none have it. */
export function pooledScore(x1: number, n1: number, x2: number, n2: number): number {
  const pooled = (x1 + x2) / (n1 + n2);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2));
  return error === 0 ? 0 : (x1 / n1 - x2 / n2) / error;
}
