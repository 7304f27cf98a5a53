import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { balkMatrix, hasFixtures } from './fixtures.test-support.ts';
import { indexDiagnostics, linkSpread } from './index.ts';

describe.skipIf(!hasFixtures)('on the data of Balk (2008)', () => {
  const prices = hasFixtures ? balkMatrix('price6') : [];
  const quantities = hasFixtures ? balkMatrix('quantity6') : [];

  test('the covariance of the second link is -0.04099992, which is Paasche over Laspeyres less 1', () => {
    const [, p0 = [], p1 = []] = prices;
    const [, q0 = [], q1 = []] = quantities;
    const link = linkSpread({ p0, p1, q0, q1 });
    expect(link?.covariance).toBeCloseTo(-0.04099992, 8);
    expect(Math.expm1(link?.spread ?? 0)).toBeCloseTo(link?.covariance ?? Number.NaN, 12);
  });

  test('the quantity chain drifts from 2.5100 on a fixed base to 1.7803, so the formula matters', () => {
    const found = indexDiagnostics('laspeyres', 'quantity', prices, quantities);
    expect(found.drift).toBeCloseTo(1.7803 - 2.51, 4);
    expect(found.high).toBeCloseTo(2.51, 9);
    // The lowest of the six is Paasche on the fixed base, 1.388888888889.
    expect(found.low).toBeCloseTo(1.388888888889, 9);
    expect(found.formulaMatters).toBe(true);
    expect(found.links.map((link) => link === null)).toEqual([true, false, false, false, false]);
  });
});

describe('the spread', () => {
  const amount = fc.double({ min: 0.01, max: 1000, noNaN: true });
  const links = fc.integer({ min: 1, max: 6 }).chain((n) => {
    const column = fc.array(amount, { minLength: n, maxLength: n });
    return fc.record({ p0: column, p1: column, q0: column, q1: column });
  });

  test('is the covariance of price and quantity relatives whatever the data', () => {
    fc.assert(
      fc.property(links, (values) => {
        const link = linkSpread(values);
        const [fromSpread, fromCovariance] = [Math.exp(link?.spread ?? 9), 1 + (link?.covariance ?? 0)];
        expect(Math.abs(fromSpread - fromCovariance)).toBeLessThan(1e-9 * Math.max(1, fromSpread));
      }),
    );
  });

  test('is the same for the price and the quantity side', () => {
    fc.assert(
      fc.property(links, (values) => {
        const swapped = { p0: values.q0, p1: values.q1, q0: values.p0, q1: values.p1 };
        expect(linkSpread(swapped)?.spread).toBeCloseTo(linkSpread(values)?.spread ?? Number.NaN, 9);
      }),
    );
  });

  test('allows for a quantity of zero and leaves out an item with a value missing', () => {
    // Laspeyres 15/10, Paasche 14/9: worked by hand.
    const values = { p0: [1, 2, 9], p1: [2, 3, 9], q0: [0, 5, null], q1: [1, 4, 9] };
    const link = linkSpread(values);
    expect(link?.spread).toBeCloseTo(Math.log(14 / 9 / 1.5), 12);
    expect(link?.covariance).toBeCloseTo(14 / 9 / 1.5 - 1, 12);
    expect(linkSpread({ p0: [1], p1: [2], q0: [0], q1: [1] })).toBeNull();
  });

  test('of a point and a half a year speaks up by the year and, in months, already at an eighth of a point', () => {
    const prices = [
      [1, 1],
      [1, 1.1],
    ];
    const quantities = [
      [100, 100],
      [100, 95],
    ];
    const yearly = indexDiagnostics('laspeyres', 'quantity', prices, quantities);
    const spread = Math.abs(yearly.links[1]?.spread ?? 0);
    expect(spread).toBeGreaterThan(0.001);
    expect(spread).toBeLessThan(0.002);
    expect(yearly.formulaMatters).toBe(false);
    expect(indexDiagnostics('laspeyres', 'quantity', prices, quantities, 12).formulaMatters).toBe(true);
  });
});
