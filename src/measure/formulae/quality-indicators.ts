import { smallestShift } from '../../stats/index.ts';

/** A quality indicator in two periods. */
interface QualityIndicator {
  readonly id: string;
  readonly base: number;
  readonly current: number;
  /** Which way is better. */
  readonly direction: 'up' | 'down';
  readonly weight: number;
  /** A share of 0 to 1; a `down` share enters as its complement, never as a reciprocal. */
  readonly isShare: boolean;
}

/** Growth of quality from several indicators, each with the part it had. */
interface QualityGrowth {
  /** Growth of each indicator where more is better. */
  readonly growth: readonly number[];
  /** Σ v·g, the default. */
  readonly arithmetic: number;
  /** Π (1 + g)^v − 1. */
  readonly geometric: number;
  /** Indicators within 2 points of their bound, which can hardly rise. */
  readonly saturated: readonly string[];
  /** Weight to move for the arithmetic growth to come to zero; null where none does. */
  readonly smallestShift: number | null;
}

const nearBound = 0.98;

/** The level of an indicator where more is better. A `down` number that is no share enters as its reciprocal (product rule). */
function levelOf({ direction, isShare }: QualityIndicator, value: number): number {
  if (direction === 'up') return value;
  return isShare ? 1 - value : 1 / value;
}

/**
 * Growth of quality from indicators with weights that add to 1 (ONS, 2019, *A guide to quality adjustment in
 * public service productivity*). Null where a base level is not positive, as no growth can be stated from it.
 */
export function qualityGrowth(indicators: readonly QualityIndicator[]): QualityGrowth | null {
  const levels = indicators.map((one) => ({
    base: levelOf(one, one.base),
    current: levelOf(one, one.current),
  }));
  if (levels.some(({ base, current }) => !(base > 0) || !(current >= 0) || !Number.isFinite(current)))
    return null;
  const growth = levels.map(({ base, current }) => current / base - 1);
  const weights = indicators.map((one) => one.weight);
  const sum = (of: (g: number) => number) => growth.reduce((all, g, i) => all + (weights[i] ?? 0) * of(g), 0);
  return {
    growth,
    arithmetic: sum((g) => g),
    geometric: weights.some((weight, i) => weight > 0 && growth[i] === -1) ? -1 : Math.expm1(sum(Math.log1p)),
    saturated: indicators
      .filter((one, i) => one.isShare && (levels[i]?.current ?? 0) >= nearBound)
      .map((one) => one.id),
    smallestShift: smallestShift([{ values: growth, weights }])?.shift ?? null,
  };
}
