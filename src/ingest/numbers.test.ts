import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPlainNumber, numberStyle, parseNumber, styleOf } from './numbers.ts';

describe('numbers', () => {
  test('every number written plainly reads back as itself', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        // Text keeps no sign of zero.
        expect(parseNumber(String(value), 'point')).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  test.each([
    ['£1,234.50', 'point', 1234.5],
    ['-£5', 'point', -5],
    ['1.234,50', 'comma', 1234.5],
    ['0,00', 'comma', 0],
    ['12', 'comma', 12],
    ['1 234', 'point', 1234],
    ['12.5', 'comma', Number.NaN],
    ['1,23', 'point', Number.NaN],
    ['0,125', 'point', Number.NaN],
    ['0,125', 'comma', 0.125],
    ['0.125', 'comma', Number.NaN],
    ['1,234,567', 'point', 1_234_567],
    ['12a', 'point', Number.NaN],
    ['', 'point', Number.NaN],
  ] as const)('"%s" with a decimal %s is %d', (text, style, value) => {
    expect(parseNumber(text, style)).toBe(value);
  });

  test('a column is read with one decimal mark, chosen from values that can be nothing else', () => {
    expect(numberStyle(['1.234,50', '0,00', '12,00'])).toBe('comma');
    expect(numberStyle(['1,234', '5,678'])).toBe('point');
    expect(numberStyle(['12.5', '3'])).toBe('point');
    expect(numberStyle(['0,125', '1,234'])).toBe('comma');
    expect(numberStyle(['1,234.50', '2,345.60', '12,5'])).toBe('point');
  });

  test.each([
    ['1,234', 'either'],
    ['£1,234', 'either'],
    ['0,125', 'comma'],
    ['12,5', 'comma'],
    ['1.234,5', 'comma'],
    ['12.5', 'point'],
    ['1,234,567', 'point'],
    ['1,234.5', 'point'],
    ['1.234', null],
    ['1234', null],
  ] as const)('"%s" tells %s of the decimal mark', (text, style) => {
    expect(styleOf(text)).toBe(style);
  });

  test('every fraction as programs write it is a number, and one with digits that no double has is not', () => {
    const doubles = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });
    fc.assert(
      fc.property(
        doubles.filter((value) => !Number.isInteger(value)),
        (value) => {
          for (const text of [String(value), String(value).replace(/e([-+])(\d)$/, 'e$10$2')])
            expect([text, isPlainNumber(text)]).toEqual([text, text.length <= 24]);
        },
      ),
    );
    expect(
      ['0.30000000000000004', '12.340000000000000', '-1.2345678901234566E-07'].every(isPlainNumber),
    ).toBe(true);
    expect(['0.30000000000000001', '123456789012345.678'].some(isPlainNumber)).toBe(false);
  });

  test('references with leading zeros or too many digits are kept as text', () => {
    expect(
      ['007', '00', '1234567890123456', '12345678901234567890', '1e', '', '-', '٣'].map(isPlainNumber),
    ).toEqual(Array(8).fill(false));
    expect(['0', '7', '-0.5', '1e5', '0.1', '123456789012345'].map(isPlainNumber)).toEqual(
      Array(6).fill(true),
    );
  });
});
