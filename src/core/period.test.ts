import { describe, expect, it } from 'vitest';
import { nextPeriod, periodLabel, periodStart, periodsBetween } from './period.ts';

describe('periods', () => {
  it('a financial year runs from 1 April to 31 March', () => {
    expect(periodStart('financial-year', '2019-03-31')).toBe('2018-04-01');
    expect(periodStart('financial-year', '2019-04-01')).toBe('2019-04-01');
    expect(periodLabel('financial-year', '2018-04-01')).toBe('2018 to 2019');
  });

  it('a week starts on Monday, also across a year end', () => {
    expect(periodStart('week', '2027-01-03')).toBe('2026-12-28');
    expect(nextPeriod('week', '2026-12-28')).toBe('2027-01-04');
  });

  it('months step over year ends and leap days in both directions', () => {
    expect(nextPeriod('month', '2023-12-01')).toBe('2024-01-01');
    expect(nextPeriod('month', '2024-01-01', -1)).toBe('2023-12-01');
    expect(nextPeriod('day', '2024-02-28')).toBe('2024-02-29');
  });

  it('every period between two dates is listed once', () => {
    expect(periodsBetween('quarter', '2018-02-10', '2018-11-30')).toEqual([
      '2018-01-01',
      '2018-04-01',
      '2018-07-01',
      '2018-10-01',
    ]);
    expect(periodLabel('quarter', '2018-10-01')).toBe('October to December 2018');
  });
});
