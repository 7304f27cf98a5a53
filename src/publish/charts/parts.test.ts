import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Unit } from '../../core/index.ts';
import { dateOf, dateTicks, roundTicks, shortValue, tickLabels } from './axis.ts';
import { renderOutline } from './outline.ts';
import { rowsOf, spread } from './place-labels.ts';
import { samples } from './samples.test-support.ts';
import { cut, plain, textWidth, wrap } from './text-width.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 80 }).map(plain);
const room = fc.integer({ min: 60, max: 400 });

describe('text that must fit', () => {
  test('fits once cut or wrapped, and stays whole characters', () => {
    fc.assert(
      fc.property(anyText, room, fc.integer({ min: 1, max: 4 }), (text, pixels, most) => {
        const lines = wrap(text, pixels, 16, most);
        expect(lines.length).toBeLessThanOrEqual(most);
        for (const line of [...lines, cut(text, pixels, 16)]) {
          expect(textWidth(line, 16)).toBeLessThanOrEqual(pixels);
          expect(line.isWellFormed()).toBe(true);
        }
      }),
    );
  });

  test('loses nothing where there are lines enough', () => {
    fc.assert(
      fc.property(anyText, room, (text, pixels) => {
        expect(wrap(text, pixels, 16, 200).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
    );
  });

  test('shows by an ellipsis that it was cut, also when it is one long word', () => {
    expect(cut('Attendances at departments', 100, 16)).toMatch(/^Atten.*…$/);
    expect(cut('short', 100, 16)).toBe('short');
    expect(wrap('x'.repeat(50), 100, 16, 2).at(-1)).toMatch(/x…$/);
  });

  test('breaks a long name after a sign inside it', () => {
    expect(wrap('info_requested', 100, 16, 3)).toEqual(['info_', 'requested']);
  });

  test('has no controls and no marks that turn the direction of writing', () => {
    expect(plain(' a\u0000b\n\tc\u202ed\u2066e ')).toBe('a b cde');
    expect(plain('half \ud83d')).toBe('half \ufffd');
  });

  test('an accent takes the room of its letter, and a wide script more than Latin', () => {
    expect(textWidth('é', 16)).toBe(textWidth('e', 16));
    expect(textWidth('漢字', 16)).toBeGreaterThan(textWidth('ab', 16));
  });
});

describe('axes', () => {
  const units: readonly Unit[] = [
    'count',
    'share',
    'growth',
    'percentage-points',
    'index',
    'pounds',
    'days',
    'number',
  ];

  test('ticks lie inside the range and no two read the same', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.double({ min: 1e-4, max: 1e9, noNaN: true }),
        fc.constantFrom(...units),
        (low, span, unit) => {
          const ticks = roundTicks(low, low + span, 5, unit);
          const slack = span * 1e-6 + Math.abs(low) * 1e-12;
          for (const tick of ticks) {
            expect(tick).toBeGreaterThanOrEqual(low - slack);
            expect(tick).toBeLessThanOrEqual(low + span + slack);
          }
          const labels = tickLabels(ticks, unit);
          expect(new Set(labels).size).toBe(ticks.length);
        },
      ),
    );
  });

  test('ticks are round, in the unit of the axis', () => {
    const labels = (low: number, high: number, unit: Unit) =>
      tickLabels(roundTicks(low, high, 5, unit), unit);
    expect(labels(0.74, 1, 'share')).toEqual(['75%', '80%', '85%', '90%', '95%', '100%']);
    expect(labels(-0.02, 0.02, 'growth')).toEqual(['\u22122%', '\u22121%', '0%', '+1%', '+2%']);
    expect(labels(0, 2.1, 'count')).toEqual(['0', '1', '2']);
    expect(labels(0, 4.1e6, 'pounds')).toEqual([
      '£0',
      '£1,000,000',
      '£2,000,000',
      '£3,000,000',
      '£4,000,000',
    ]);
    expect(labels(0, 4.1e9, 'pounds').at(-1)).toBe('£4.00 billion');
    expect(labels(97, 98, 'index')).toEqual(['97.0', '97.2', '97.4', '97.6', '97.8', '98.0']);
  });

  test('a number of very many digits becomes a power of ten', () => {
    expect(shortValue(12_345, 'count', 14)).toBe('12,345');
    expect(shortValue(-1e300, 'count', 14)).toBe('\u22121.00 × 10^300');
    expect(shortValue(-2.5e200, 'pounds', 14)).toBe('\u2212£2.50 × 10^200');
  });

  test('dates read as months, and as days where months would repeat', () => {
    const labels = (...dates: string[]) => dateTicks(dates.map(dateOf), 3).map(({ label }) => label);
    expect(labels('2024-01-01', '2024-02-01', '2024-03-01')).toEqual(['Jan 2024', 'Feb 2024', 'Mar 2024']);
    expect(labels('2024-01-01', '2024-01-08')).toEqual(['1 Jan 2024', '8 Jan 2024']);
    expect(labels('2024-01-01', '2024-02-01', '2024-03-01', '2024-04-01')).toEqual(['Jan 2024', 'Mar 2024']);
  });
});

describe('labels beside each other', () => {
  const label = fc.record({
    middle: fc.double({ min: 0, max: 300, noNaN: true }),
    height: fc.integer({ min: 10, max: 60 }),
  });

  test('do not overlap and stay inside where they fit', () => {
    fc.assert(
      fc.property(fc.array(label, { maxLength: 4 }), (labels) => {
        const middles = spread(labels, 0, 300);
        const boxes = middles
          .map((middle, i) => ({
            top: middle - (labels[i]?.height ?? 0) / 2,
            bottom: middle + (labels[i]?.height ?? 0) / 2,
          }))
          .sort((a, b) => a.top - b.top);
        boxes.forEach(({ top, bottom }, i) => {
          expect(top).toBeGreaterThanOrEqual((boxes[i - 1]?.bottom ?? 0) - 1e-9);
          expect(bottom).toBeLessThanOrEqual(300 + 1e-9);
        });
      }),
    );
  });

  test('that are far apart stay where they are', () => {
    expect(
      spread(
        [
          { middle: 200, height: 20 },
          { middle: 50, height: 20 },
        ],
        0,
        300,
      ),
    ).toEqual([200, 50]);
  });

  test('share a row only where they do not meet', () => {
    expect(
      rowsOf([
        { left: 0, right: 50 },
        { left: 40, right: 90 },
        { left: 60, right: 99 },
      ]),
    ).toEqual([0, 1, 0]);
  });
});

test('the outline of a map says every step, what follows it, how often and after how long', () => {
  const chart = samples.find(({ id }) => id === 'fifteen steps');
  if (chart?.kind !== 'process-map') throw new Error('The sample is gone.');
  const outline = renderOutline(chart, { view: 'frequency', steps: 100, paths: 100 });
  expect(outline.map(({ heading }) => heading.split(':')[0])).toEqual(chart.nodes.map(({ label }) => label));
  expect(outline.flatMap(({ items }) => items).filter((item) => item.startsWith('then'))).toHaveLength(
    chart.edges.length,
  );
  expect(outline[0]?.items[0]).toBe('10,000 cases begin here');
});
