import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newReading, parseTime, type TimeRules, timeFlags } from './parse-time.ts';
import { openZone } from './zone.ts';

const utc: TimeRules = { zone: openZone('UTC'), order: 'day-first' };
const reading = newReading();

function instant(text: string, rules: TimeRules = utc): string | null {
  if (!parseTime(text, rules, reading)) return null;
  return reading.flags & timeFlags.sentinel ? 'sentinel' : new Date(reading.instant / 1000).toISOString();
}

describe('times', () => {
  test('fractions of up to nine digits are read down to microseconds, whatever follows', () => {
    const fraction = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 10 });
    const end = fc.constantFrom('', 'Z', 'z', ' UTC', '+00:00', ' AM', ' am Z');
    fc.assert(
      fc.property(fraction, fc.constantFrom('.', ','), end, (digits, point, after) => {
        const isRead = parseTime(`2024-06-01T09:08:07${point}${digits}${after}`, utc, reading);
        expect(isRead).toBe(digits.length <= 9);
        if (!isRead) return;
        const micros = Number(digits.slice(0, 6).padEnd(6, '0'));
        expect(reading.instant).toBe(Date.UTC(2024, 5, 1, 9, 8, 7) * 1_000 + micros);
      }),
    );
  });

  test('ISO times with any offset equal what the engine reads', () => {
    const date = fc.date({ min: new Date('1971-01-01'), max: new Date('2200-01-01'), noInvalidDate: true });
    const offset = fc.integer({ min: -56, max: 56 }).map((quarter) => quarter * 15);
    fc.assert(
      fc.property(date, offset, (when, minutes) => {
        const wall = new Date(when.getTime() + minutes * 60_000).toISOString().slice(0, 23);
        const sign = minutes < 0 ? '-' : '+';
        const two = (n: number) => String(n).padStart(2, '0');
        const text = `${wall}${sign}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
        expect(instant(text)).toBe(new Date(text).toISOString());
      }),
    );
  });

  test('wall clocks in a zone are where Intl puts them', () => {
    const zones = [
      'Europe/London',
      'America/New_York',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'Europe/Amsterdam',
    ];
    const formats = new Map(
      zones.map((zone) => [
        zone,
        new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }),
      ]),
    );
    const opened = new Map(zones.map((zone) => [zone, openZone(zone)]));
    const when = fc.date({ min: new Date('1990-01-01'), max: new Date('2037-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(fc.constantFrom(...zones), when, (name, date) => {
        const second = new Date(Math.floor(date.getTime() / 1000) * 1000);
        const wall = formats.get(name)?.format(second) ?? '';
        const zone = opened.get(name) ?? openZone(name);
        parseTime(wall, { zone, order: 'day-first' }, reading);
        expect([reading.instant / 1000, reading.later / 1000]).toContain(second.getTime());
      }),
      { numRuns: 1000 },
    );
  });

  test('microseconds survive and finer parts are cut', () => {
    parseTime('2024-06-01T12:00:00.123456789Z', utc, reading);
    expect(reading.instant).toBe(Date.UTC(2024, 5, 1, 12) * 1000 + 123_456);
  });

  test.each([
    ['31/12/9999', 'sentinel'],
    ['0001-01-01T00:00:00', 'sentinel'],
    ['1970-01-01 01:00:00', 'sentinel'],
    ['1970-01-01 01:00:01', '1970-01-01T01:00:01.000Z'],
    ['1899-12-30', 'sentinel'],
    ['29/02/2023', null],
    ['29/02/2024', '2024-02-29T00:00:00.000Z'],
    ['2024-13-01', null],
    ['1 Jun 2024 at noon', null],
    ['June 1, 2024 3:04 PM', '2024-06-01T15:04:00.000Z'],
    ['12:30', null],
    ['01/06/49', '2049-06-01T00:00:00.000Z'],
    ['01/06/50', '1950-06-01T00:00:00.000Z'],
    ['20240601', '2024-06-01T00:00:00.000Z'],
    ['2024-06-01T24:00:00Z', '2024-06-02T00:00:00.000Z'],
    ['2024-06-01T24:00:01Z', null],
    ['2024-06-01T10:00:00+25:00', null],
  ])('%s reads as %s', (text, expected) => {
    expect(instant(text)).toBe(expected);
  });

  test('any text is read or refused, never an exception', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(typeof parseTime(text, utc, newReading())).toBe('boolean');
      }),
    );
  });
});
