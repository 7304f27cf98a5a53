import { expect, it } from 'vitest';
import { pairedBlockChange, pOfGrowthRange } from './index.ts';

const range = (low: number, high: number) => ({ low, high, level: 0.95 });

it('a range that ends at no growth has a p-value of one less its level, whatever it rests on', () => {
  for (const blocks of [0, 4, 12]) {
    expect(pOfGrowthRange(0.1, range(0, 0.21), blocks)).toBeCloseTo(0.05, 6);
    expect(pOfGrowthRange(-0.1, range(-0.19, 0), blocks)).toBeCloseTo(0.05, 6);
  }
});

it('agrees with the t test of paired blocks, and few blocks count for less than many cases', () => {
  const earlier = [10, 12, 11, 13, 9, 12];
  const later = [12, 13, 13, 14, 11, 12];
  const paired = pairedBlockChange({ earlier, later });
  if (!paired) throw new Error('no change');
  const p = pOfGrowthRange(paired.growth, { ...paired, level: 0.95 }, 6);
  // By hand: s² = 6/5·Σ(y1/75 − y0/67)² = 0.00096478, t = 3.6313 with 5 degrees of freedom; p by integration.
  const t = Math.log(75 / 67) / paired.standardError;
  expect(t).toBeCloseTo(3.6313, 3);
  expect(p).toBeCloseTo(0.015, 4);
  expect(pOfGrowthRange(paired.growth, { ...paired, level: 0.95 }, 0)).toBeLessThan(p);
});

it('no growth is no surprise', () => {
  expect(pOfGrowthRange(0, range(-0.1, 0.1), 12)).toBe(1);
});
