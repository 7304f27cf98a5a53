import { type Interval, normalQuantileFor, wilson } from '../../core/index.ts';

/** Contacts of one period, and the share that a failure caused: known, or found in a coded sample. */
export interface DemandPeriod {
  readonly period: string | number;
  readonly contacts: number;
  readonly found: { readonly share: number } | { readonly failure: number; readonly sampled: number };
  /** True where years between this period and the one before it are missing. */
  readonly gapBefore: boolean;
}

interface ValueOutput {
  readonly period: string | number;
  readonly failureShare: number;
  /** Wilson's interval of the share, where it comes from a sample. */
  readonly interval: Interval | null;
  /** Contacts less failure demand: the value output. */
  readonly value: number;
  /** Value output on the first period. */
  readonly index: number;
  /** 95% interval of the index from the samples of both shares; null where neither is a sample. */
  readonly indexInterval: Interval | null;
  /** Growth on the period before; null for the first and across a gap. */
  readonly growth: number | null;
}

/** The fewest contacts a coded sample should have (product rule). */
export const fewestSampled = 200;

const shareOf = ({ found }: DemandPeriod) => ('share' in found ? found.share : found.failure / found.sampled);

/** Variance of ln(1 − share) from a sample (Katz and others, 1978); 0 where the share is known. */
function logVariance(period: DemandPeriod): number {
  const { found } = period;
  if ('share' in found) return 0;
  return found.failure / (found.sampled * (found.sampled - found.failure));
}

/**
 * Output net of failure demand, a·(1 − φ), by period: demand caused by a failure to do something or to do it
 * right (Seddon) is no output, while inputs keep their full cost. Inputs are not adjusted. Null where the first
 * period has no value output.
 */
export function valueOutput(periods: readonly DemandPeriod[]): readonly ValueOutput[] | null {
  const values = periods.map((one) => one.contacts * (1 - shareOf(one)));
  const [first] = periods;
  const base = values[0] ?? 0;
  if (!first || !(base > 0)) return null;
  return periods.map((one, t): ValueOutput => {
    const { found } = one;
    const value = values[t] ?? 0;
    const before = values[t - 1] ?? 0;
    const variance = t === 0 ? 0 : logVariance(first) + logVariance(one);
    const half = normalQuantileFor(0.95) * Math.sqrt(variance);
    const index = value / base;
    return {
      period: one.period,
      failureShare: shareOf(one),
      interval: 'share' in found ? null : wilson(found.failure, found.sampled),
      value,
      index,
      indexInterval:
        variance > 0 && Number.isFinite(half)
          ? {
              low: index * Math.exp(-half),
              high: index * Math.exp(half),
              level: 0.95,
              method: 'Ratio of shares from samples (Katz and others, 1978)',
              meaning: 'The range that would hold the true index in 95 of 100 such samples.',
            }
          : null,
      growth: t === 0 || one.gapBefore || !(before > 0) ? null : value / before - 1,
    };
  });
}
