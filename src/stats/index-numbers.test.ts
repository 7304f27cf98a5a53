import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { balkMatrix, fixtureRows, hasFixtures } from './fixtures.test-support.ts';
import { type IndexFormula, type IndexType, indexFormulae, indexLink, indexSeries } from './index.ts';

/** Columns of the fixtures, by our ids. */
const columns: Record<IndexFormula, string> = {
  'harmonic-laspeyres': 'harm_laspeyres',
  'geometric-laspeyres': 'geo_laspeyres',
  laspeyres: 'laspeyres',
  paasche: 'paasche',
  'geometric-paasche': 'geo_paasche',
  palgrave: 'palgrave',
  fisher: 'fisher',
  tornqvist: 'tornqvist',
  'marshall-edgeworth': 'marshall_edgeworth',
  walsh: 'walsh1',
  'vartia-2': 'vartia2',
  'vartia-1': 'vartia1',
  stuvel: 'stuvel',
};

describe.skipIf(!hasFixtures)('against Balk (2008)', () => {
  test.each(indexFormulae)('the %s price index is the published table to four decimals', (formula) => {
    const ours = indexSeries(formula, 'fixedbase', 'price', balkMatrix('price6'), balkMatrix('quantity6'));
    const published = fixtureRows('balk_price_index_published.csv').map((row) =>
      Number(row[columns[formula]]),
    );
    expect(published).toHaveLength(5);
    ours.forEach((value, t) => {
      expect(Math.abs(value - (published[t] ?? Number.NaN))).toBeLessThanOrEqual(5e-5 + 1e-12);
    });
  });

  test.each(indexFormulae)('the %s index agrees on both sides, linked three ways, to 1e-9', (formula) => {
    const rows = fixtureRows('balk_index_computed.csv');
    for (const side of ['price', 'quantity'] as const) {
      for (const type of ['pop', 'chained', 'fixedbase'] as const satisfies readonly IndexType[]) {
        const ours = indexSeries(formula, type, side, balkMatrix('price6'), balkMatrix('quantity6'));
        const theirs = rows.filter((row) => row.side === side && row.type === type);
        expect(theirs).toHaveLength(5);
        theirs.forEach((row, t) => {
          expect(Math.abs((ours[t] ?? Number.NaN) - Number(row[columns[formula]]))).toBeLessThan(1e-9);
        });
      }
    }
  });

  test('a missing price removes the pair whole: 0.9684, not the 0.9949 of dropping one term', () => {
    const [prices, quantities] = [balkMatrix('price6'), balkMatrix('quantity6')];
    const without = [...(prices[2] ?? [])].map((price, i) => (i === 5 ? null : price));
    const link = indexLink('laspeyres', {
      p0: prices[1] ?? [],
      p1: without,
      q0: quantities[1] ?? [],
      q1: quantities[2] ?? [],
    });
    expect(link).toBeCloseTo(0.9684, 4);
  });
});

test('a value that leaves an index without a meaning is called by its name, on either side', () => {
  const message = (side: 'price' | 'quantity') => {
    try {
      const [some, none] = [
        [[1], [1]],
        [[0], [1]],
      ];
      indexSeries('tornqvist', 'pop', side, side === 'price' ? none : some, side === 'price' ? some : none);
      return 'none';
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(message('price')).toBe('The tornqvist index is not defined: the base price of item 1 is 0.');
  expect(message('quantity')).toBe('The tornqvist index is not defined: the base quantity of item 1 is 0.');
});

const amount = fc.double({ min: 0.01, max: 1000, noNaN: true });
const links = fc.integer({ min: 1, max: 6 }).chain((n) => {
  const column = fc.array(amount, { minLength: n, maxLength: n });
  return fc.record({ p0: column, p1: column, q0: column, q1: column });
});
const close = (a: number, b: number) => expect(Math.abs(a / b - 1)).toBeLessThan(1e-9);

describe('properties', () => {
  test('every price formula gives the common relative when all prices change alike', () => {
    // Vartia's first index is the one that fails this (Balk, 2008): its weights do not add to 1.
    const formulae = indexFormulae.filter((formula) => formula !== 'vartia-1');
    fc.assert(
      fc.property(links, fc.double({ min: 0.1, max: 10, noNaN: true }), (values, relative) => {
        const alike = { ...values, p1: values.p0.map((price) => price * relative) };
        for (const formula of formulae) close(indexLink(formula, alike), relative);
      }),
    );
  });

  test('changing the unit in which an item is counted changes no formula', () => {
    fc.assert(
      fc.property(links, fc.double({ min: 0.01, max: 100, noNaN: true }), (values, unit) => {
        const scale = (column: readonly number[], by: number) =>
          column.map((value, i) => (i === 0 ? value * by : value));
        const scaled = {
          p0: scale(values.p0, unit),
          p1: scale(values.p1, unit),
          q0: scale(values.q0, 1 / unit),
          q1: scale(values.q1, 1 / unit),
        };
        for (const formula of indexFormulae) close(indexLink(formula, scaled), indexLink(formula, values));
      }),
    );
  });

  test('Fisher, Törnqvist and Walsh run backwards give the reciprocal', () => {
    fc.assert(
      fc.property(links, (values) => {
        const back = { p0: values.p1, p1: values.p0, q0: values.q1, q1: values.q0 };
        for (const formula of ['fisher', 'tornqvist', 'walsh'] as const)
          close(indexLink(formula, back) * indexLink(formula, values), 1);
      }),
    );
  });

  test('the order of items changes nothing, nor does scaling every price', () => {
    fc.assert(
      fc.property(links, fc.double({ min: 0.01, max: 100, noNaN: true }), (values, k) => {
        const reversed = {
          p0: values.p0.toReversed(),
          p1: values.p1.toReversed(),
          q0: values.q0.toReversed(),
          q1: values.q1.toReversed(),
        };
        const quantitySide = (v: typeof values, by: number) => ({
          p0: v.q0,
          p1: v.q1,
          q0: v.p0.map((price) => price * by),
          q1: v.p1.map((price) => price * by),
        });
        for (const formula of indexFormulae) {
          close(indexLink(formula, reversed), indexLink(formula, values));
          close(indexLink(formula, quantitySide(values, k)), indexLink(formula, quantitySide(values, 1)));
        }
      }),
    );
  });

  test('the value ratio is Laspeyres price times Paasche quantity, and Fisher times Fisher', () => {
    fc.assert(
      fc.property(links, (values) => {
        const swapped = { p0: values.q0, p1: values.q1, q0: values.p0, q1: values.p1 };
        const value = (p: readonly number[], q: readonly number[]) =>
          p.reduce((sum, price, i) => sum + price * (q[i] ?? 0), 0);
        const ratio = value(values.p1, values.q1) / value(values.p0, values.q0);
        close(indexLink('laspeyres', values) * indexLink('paasche', swapped), ratio);
        close(indexLink('fisher', values) * indexLink('fisher', swapped), ratio);
      }),
    );
  });

  test('splitting an activity into two alike halves leaves chained Laspeyres volume as it was', () => {
    const prices = [
      [100, 300],
      [110, 320],
      [120, 310],
    ];
    const quantities = [
      [800, 200],
      [700, 300],
      [650, 420],
    ];
    const split = (rows: readonly (readonly number[])[], share: number) =>
      rows.map(([first = 0, ...rest]) => [first * share, first * (share === 1 ? 1 : 1 - share), ...rest]);
    const whole = indexSeries('laspeyres', 'chained', 'quantity', prices, quantities);
    const halves = indexSeries('laspeyres', 'chained', 'quantity', split(prices, 1), split(quantities, 0.25));
    halves.forEach((value, t) => {
      expect(value).toBeCloseTo(whole[t] ?? Number.NaN, 12);
    });
  });
});

describe('what is not defined', () => {
  const values = { p0: [1, 2], p1: [2, 3], q0: [0, 5], q1: [1, 4] };

  test('Laspeyres and Paasche accept a quantity of zero', () => {
    expect(indexLink('laspeyres', values)).toBeCloseTo(15 / 10, 12);
    expect(indexLink('paasche', values)).toBeCloseTo((2 + 12) / (1 + 8), 12);
  });

  test.each(['tornqvist', 'vartia-1', 'vartia-2', 'geometric-laspeyres'] as const)(
    'a zero quantity is an error in %s, which takes logarithms',
    (formula) => {
      expect(() => indexLink(formula, values, (i) => `item ${i}`)).toThrow(/base quantity of item 0 is 0/);
    },
  );

  test('negative values and an empty base are errors, and so is a link without a whole pair', () => {
    expect(() => indexLink('laspeyres', { ...values, p1: [-1, 3] })).toThrow(/is -1/);
    expect(() => indexLink('laspeyres', { ...values, q0: [0, 0] })).toThrow(/base of the comparison is zero/);
    expect(() => indexLink('fisher', { ...values, p1: [null, null] })).toThrow(/no item has every value/);
  });
});
