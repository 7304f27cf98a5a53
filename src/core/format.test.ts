import { describe, expect, it } from 'vitest';
import {
  countOf,
  durationInWords,
  formatFigure,
  formatInterval,
  formatValue,
  formatWithUnit,
  listInWords,
} from './format.ts';

describe('figures in words', () => {
  it('shares, growth and points keep one decimal and growth keeps its sign', () => {
    expect(formatValue(0.9523, 'share')).toBe('95.2%');
    expect(formatValue(0.0149, 'growth')).toBe('+1.5%');
    expect(formatValue(-0.0078, 'growth')).toBe('\u22120.8%');
    expect(formatValue(-0.0001, 'growth')).toBe('0.0%');
    expect(formatValue(0.0314, 'percentage-points')).toBe('+3.1 points');
  });

  it('pounds carry three significant figures', () => {
    expect(formatValue(4_561_000, 'pounds')).toBe('£4.56 million');
    expect(formatValue(123_456, 'pounds')).toBe('£123,000');
    expect(formatValue(999_600, 'pounds')).toBe('£1.00 million');
    expect(formatValue(12.4, 'pounds')).toBe('£12.40');
    expect(formatValue(-2_250_000, 'pounds')).toBe('\u2212£2.25 million');
  });

  it('counts are grouped, missing values say so', () => {
    expect(formatValue(34_724, 'count')).toBe('34,724');
    expect(formatValue(null, 'days')).toBe('not known');
    expect(formatValue(null, 'text')).toBe('');
    expect(formatValue('2026-04-01', 'date')).toBe('1 April 2026');
  });

  it('a time that would read 0.0 is told in a unit that says something', () => {
    expect(formatInterval({ low: -0.002, high: 0.001 }, 'days')).toBe('\u22122.9 to 1.4 minutes');
    expect(formatInterval({ low: 0.01, high: 0.04 }, 'days')).toBe('0.2 to 1.0 hours');
    expect(formatInterval({ low: 0, high: 0.1 }, 'days')).toBe('0 to 0.1 days');
    expect(formatInterval({ low: 0, high: 0 }, 'days')).toBe('0 to 0 days');
    // A cell stands under its column's unit and cannot choose another.
    expect(formatValue(0.049, 'days')).toBe('<0.1');
    expect(formatValue(0.05, 'days')).toBe('0.1');
    expect(formatValue(0, 'days')).toBe('0');
    expect(formatWithUnit(0.0001, 'hours')).toBe('0.4 seconds');
    expect(formatWithUnit(0.1, 'days')).toBe('0.1 days');
    expect(formatWithUnit(0, 'days')).toBe('0 days');
  });

  it('a figure states its interval, or that it cannot tell', () => {
    const interval = { low: 0.948, high: 0.956, level: 0.95, method: 'Wilson score', meaning: '' };
    const base = { id: 'a', name: 'a', unit: 'share', period: null } as const;
    expect(formatFigure({ ...base, value: 0.952, interval })).toBe('95.2% (95% interval 94.8% to 95.6%)');
    expect(formatFigure({ ...base, value: null, interval: null })).toBe('cannot tell');
    expect(formatInterval({ low: 2, high: 3.25 }, 'days')).toBe('2 to 3.3 days');
  });

  it('durations choose the unit a reader would', () => {
    expect([45, 600, 9000, 300_000, 1_036_800].map((seconds) => durationInWords(seconds))).toEqual([
      '45 seconds',
      '10 minutes',
      '2.5 hours',
      '3.5 days',
      '12 days',
    ]);
  });

  it('lists and counts read as sentences', () => {
    expect(listInWords(['a', 'b', 'c'])).toBe('a, b and c');
    expect(countOf(1, 'case')).toBe('1 case');
    expect(countOf(1200, 'entry', 'entries')).toBe('1,200 entries');
  });
});
