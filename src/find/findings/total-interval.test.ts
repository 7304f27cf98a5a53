import { expect, test } from 'vitest';
import { drawsFor } from '../../core/index.ts';
import { poissonDraw } from '../../stats/index.ts';
import { sizeCells, sizeColumns } from '../results/finding-sizes.ts';
import { yearly, yearsBetween } from '../results/yearly.ts';
import type { Finding } from './finding.ts';
import { totalInterval } from './total-interval.ts';

test('the interval is that of a bootstrap of cases with Poisson weights', () => {
  const draw = drawsFor(3, 'amounts');
  const amounts = Array.from({ length: 400 }, (_, i) => 5 + 40 * draw(i) ** 3);
  const total = amounts.reduce((a, b) => a + b, 0);
  const found = totalInterval(
    total,
    amounts.reduce((sum, x) => sum + x * x, 0),
  );
  const weight = drawsFor(3, 'weights');
  const sums = Array.from({ length: 2000 }, (_, r) =>
    amounts.reduce((sum, x, i) => sum + x * poissonDraw(1, () => weight(r, i)), 0),
  ).sort((a, b) => a - b);
  const half = (found?.high ?? 0) - total;
  expect(((sums[1949] ?? 0) - (sums[50] ?? 0)) / 2 / half).toBeCloseTo(1, 1);
  expect(totalInterval(null, 4)).toBeNull();
  expect(totalInterval(1, 100)?.low).toBe(0);
});

const finding: Finding = {
  id: 'rework-1',
  key: 'rework · check',
  pattern: 'rework',
  title: 'Done again.',
  cases: 400,
  affected: null,
  share: 0.1,
  days: null,
  hours: 100,
  hoursInterval: totalInterval(100, 25),
  pounds: null,
  delayPounds: null,
  gap: null,
  confidence: '',
  evidence: '',
  question: '',
};

test('a year is scaled from the days that the data cover, both ends counted', () => {
  expect(yearsBetween('2024-01-01', '2025-12-31')).toBeCloseTo(2, 2);
  expect(yearsBetween('2026-01-05', '2026-01-13')).toBeNull();
  // 400 as a Poisson count: 362 to 441 (exact limits 361.8 to 441.2).
  expect(yearly(finding, 2)).toMatchObject({
    yearCases: 200,
    yearCasesInterval: '181 to 221',
    yearHours: 50,
    yearHoursInterval: '45.1 to 54.9 hours',
    yearPounds: null,
    yearMissed: null,
  });
  expect(yearly(finding, null)).toEqual({});
});

const between = (low: number, high: number) => ({ low, high, level: 0.95, method: '', meaning: '' });

test('a total of less than a day and its interval are told as more than 0 to 1', () => {
  const days = { ...finding, days: 0.8, daysInterval: between(0.7, 0.9) };
  expect(sizeCells(days)).toMatchObject({ days: 0.8, daysInterval: '0.7 to 0.9 days' });
  expect(sizeColumns(null).find(({ key }) => key === 'days')?.type).toBe('days');
  const hours = { ...finding, days: 0.02, daysInterval: between(0.01, 0.03) };
  expect(sizeCells(hours).daysInterval).toBe('0.2 to 0.7 hours');
});
