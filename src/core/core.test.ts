import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { addWorkingDays, bankHolidays, isWorkingDay, workingDaysBetween } from './calendar.ts';
import { quantileRanks, wilson } from './interval.ts';

const holidays = new URL('../../../shared/data/choose/bank_holidays_ew.csv', import.meta.url);

describe('calendar of England and Wales', () => {
  it.skipIf(!existsSync(holidays))('gives every bank holiday of the published list and no other', () => {
    const published = readFileSync(holidays, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.match(/\d{4}-\d{2}-\d{2}/)?.[0] ?? '')
      .sort();
    const years = [...new Set(published.map((day) => Number(day.slice(0, 4))))];
    expect(years.flatMap((year) => [...bankHolidays(year)])).toEqual(published);
  });

  it('moves Christmas and Boxing Day to the next free weekdays', () => {
    expect(bankHolidays(2021).slice(-2)).toEqual(['2021-12-27', '2021-12-28']);
    expect(bankHolidays(2022).slice(-2)).toEqual(['2022-12-26', '2022-12-27']);
  });

  it('counts working days after the first date up to the second', () => {
    expect(workingDaysBetween('2026-04-02', '2026-04-07')).toBe(1);
    expect(workingDaysBetween('2026-04-02', '2026-04-07', 'none')).toBe(3);
    expect(workingDaysBetween('2026-04-07', '2026-04-02')).toBe(0);
    expect(addWorkingDays('2026-04-02', 1)).toBe('2026-04-07');
    expect(isWorkingDay('2026-12-25')).toBe(false);
  });
});

describe('intervals', () => {
  it('Wilson agrees with the worked example of Newcombe (1998, table I): 81 of 263', () => {
    const { low, high } = wilson(81, 263);
    expect(low).toBeCloseTo(0.2553, 4);
    expect(high).toBeCloseTo(0.3662, 4);
  });

  it('Wilson stays inside 0 and 1 at the ends: 0 of 20 and 20 of 20', () => {
    expect(wilson(0, 20)).toMatchObject({ low: 0 });
    expect(wilson(0, 20).high).toBeCloseTo(0.1611, 4);
    expect(wilson(20, 20)).toMatchObject({ high: 1 });
  });

  it('ranks around a median are clipped to the sample', () => {
    expect(quantileRanks(100, 0.5)).toEqual({ low: 40, high: 61 });
    expect(quantileRanks(3, 0.9)).toEqual({ low: 1, high: 3 });
  });
});
