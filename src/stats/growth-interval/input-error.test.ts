import { describe, expect, it } from 'vitest';
import { percentileInterval } from '../bootstrap.ts';
import { inputErrorDraws } from './input-error.ts';

const hours = { weight: 0.6, ratio: 1.05, error: { id: 'hours', relative: 0.03 } };
const goods = { weight: 0.4, ratio: 0.98, error: null };

const deviation = (values: readonly number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
};

describe('the declared error of inputs', () => {
  it('counts by the share of the input: 3% on 61.6% of inputs is 1.85% on all', () => {
    const draws = inputErrorDraws([hours, goods], 7, 20_000) ?? [];
    const share = (0.6 * 1.05) / (0.6 * 1.05 + 0.4 * 0.98);
    expect(deviation(draws) / (0.03 * share)).toBeCloseTo(1, 1);
    const { low, high } = percentileInterval(draws, 0.95);
    expect(low).toBeCloseTo(-1.96 * 0.03 * share, 2);
    expect(high).toBeCloseTo(1.96 * 0.03 * share, 2);
  });

  it('adds up where inputs err together, and less so where they err apart', () => {
    const two = (id: string) => [
      { weight: 0.5, ratio: 1, error: { id: 'deflator', relative: 0.02 } },
      { weight: 0.5, ratio: 1, error: { id, relative: 0.02 } },
    ];
    const together = deviation(inputErrorDraws(two('deflator'), 3, 20_000) ?? []);
    const apart = deviation(inputErrorDraws(two('other'), 3, 20_000) ?? []);
    expect(together / 0.02).toBeCloseTo(1, 1);
    expect(apart / (0.02 / Math.SQRT2)).toBeCloseTo(1, 1);
  });

  it('is nothing where no input declares one, and the same for the same seed', () => {
    expect(inputErrorDraws([goods], 1, 10)).toBeNull();
    expect(inputErrorDraws([hours], 1, 10)).toEqual(inputErrorDraws([hours], 1, 10));
  });
});
