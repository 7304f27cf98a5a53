import { describe, expect, test } from 'vitest';
import { fixtureJson, fixtureRows, hasFixtures } from '../stats/fixtures.test-support.ts';
import { runCalc } from './index.ts';

const near = (actual: unknown, expected: unknown, digits = 9) =>
  expect(Number(actual)).toBeCloseTo(Number(expected), digits);

/** The six products of Balk (2008) over some of the five periods. */
function observations(periods = ['t1', 't2', 't3', 't4', 't5']) {
  const quantities = fixtureRows('quantity6.csv');
  return fixtureRows('price6.csv').flatMap((row, i) =>
    periods.map((period) => ({
      item: Number(row.product),
      period,
      price: Number(row[period]),
      quantity: Number(quantities[i]?.[period]),
    })),
  );
}

describe.skipIf(!hasFixtures)('index on the data of Balk (2008)', () => {
  test('reports the covariance of the second link, the drift and that the formula matters', () => {
    const { values, diagnostics } = runCalc('index', {
      formula: 'laspeyres',
      link: 'chained',
      of: 'quantity',
      observations: observations(),
    }) as { values: number[]; diagnostics: Record<string, unknown> & { covariance: number[] } };
    near(values[4], 1.780301992494);
    near(diagnostics.covariance[2], -0.04099992, 8);
    near(diagnostics.drift, 1.780301992494 - 2.51);
    expect(diagnostics.formulaMatters).toBe(true);
  });
});

describe('what an index leaves out', () => {
  const row = (item: string, period: string, price: number, quantity: number) => ({
    item,
    period,
    price,
    quantity,
  });
  const index = (observations: readonly object[], link = 'chained') =>
    runCalc('index', { formula: 'laspeyres', link, of: 'quantity', observations }) as {
      values: number[];
      notices: string[];
    };

  test('is named with its share of cost', () => {
    const rows = [
      row('a', '2023', 1, 60),
      row('b', '2023', 1, 20),
      row('a', '2024', 1, 66),
      row('c', '2024', 2, 67),
    ];
    const { values, notices } = index(rows);
    near(values[1], 1.1);
    // 2 × 67 of 66 + 2 × 67, and 20 of 60 + 20: worked by hand.
    expect(notices).toEqual([
      'new, not in growth from "2023" to "2024": "c", 67.0% of the cost of "2024"',
      'gone, not in growth from "2023" to "2024": "b", 25.0% of the cost of "2023"',
    ]);
    const later = [...rows, row('a', '2025', 1, 66), row('c', '2025', 2, 67)];
    expect(index(later).notices).toHaveLength(2);
    expect(index(later, 'fixedbase').notices[2]).toMatch(/^new, not in growth from "2023" to "2025": "c"/);
  });

  test('one period has no growth', () => {
    expect(index([row('a', '2023', 1, 60)])).toMatchObject({
      values: [1],
      notices: [expect.stringMatching(/no growth can be stated/)],
    });
  });

  test('periods of more than one kind are refused', () => {
    const two =
      (...periods: readonly string[]) =>
      () =>
        index(periods.map((period) => row('a', period, 1, 60)));
    expect(two('2023', '2024-04')).toThrow(expect.objectContaining({ code: 'CALC_INPUT_INVALID' }));
    expect(two('2024-04', '2024-04-01')).toThrow();
    for (const periods of [
      ['2023', '2024'],
      ['2010-11', '2011-12', '2012-13'],
      ['2023-04', '2024-05'],
      ['t1', 't2'],
    ])
      expect(two(...periods)).not.toThrow();
  });
});

describe.skipIf(!hasFixtures)('contributions', () => {
  test.each(['fisher-reinsdorf', 'fisher-van-ijzeren', 'jevons'] as const)(
    '%s are those published for the first link',
    (method) => {
      const { contributions } = runCalc('contributions', {
        method,
        of: 'price',
        observations: observations(['t1', 't2']),
      }) as { contributions: { contribution: number }[] };
      const published = fixtureRows('balk_contributions_published.csv').filter(
        (row) => row.method === method.replaceAll('-', '_'),
      );
      expect(contributions).toHaveLength(published.length);
      published.forEach((row, i) => {
        near(contributions[i]?.contribution, row.contribution, 8);
      });
    },
  );
});

test('contributions with quality add, part by part, to the growth of output with quality', () => {
  const row = (item: string, period: string, price: number, quantity: number, quality: number | null) => ({
    item,
    period,
    price,
    quantity,
    quality,
  });
  const { growth, contributions } = runCalc('contributions', {
    method: 'laspeyres-quality',
    of: 'quantity',
    observations: [
      row('a', '2023', 1, 60, 0.8),
      row('a', '2024', 1, 66, 0.84),
      row('b', '2023', 1, 40, null),
      row('b', '2024', 1, 38, 0.9),
    ],
  }) as { growth: number[]; contributions: { volume: number; quality: number; contribution: number }[] };
  // 0.6·1.1·1.05 + 0.4·0.95 − 1; parts 0.6·0.1, 0.6·1.1·0.05 and 0.4·(−0.05): worked by hand.
  near(growth[1], 0.073, 12);
  near(contributions[0]?.volume, 0.06, 12);
  near(contributions[0]?.quality, 0.033, 12);
  near(contributions[1]?.volume, -0.02, 12);
  near(contributions[1]?.quality, 0, 12);
});

test('contributions in logarithms refuse a value of zero', () => {
  const zero = [
    { item: 'a', period: '2023', price: 1, quantity: 10 },
    { item: 'a', period: '2024', price: 1, quantity: 0 },
  ];
  expect(() => runCalc('contributions', { method: 'jevons', of: 'quantity', observations: zero })).toThrow(
    /item "a" goes from 10 to 0/,
  );
});

test.skipIf(!hasFixtures)('benchmark gives the series of Statistics Canada with its printed bias', () => {
  const { cases } = fixtureJson<{
    cases: {
      case: string;
      rho?: number;
      indicator: number[];
      benchmarks: number[];
      k: number;
      expected: number[];
    }[];
  }>('benchmark_cases.json');
  const printed = cases.find((one) => one.case === 'statcan_proportional_bias');
  const { values, bias, extrapolated } = runCalc('benchmark', {
    method: 'cholette-dagum',
    indicator: printed?.indicator,
    benchmarks: printed?.benchmarks,
    perBenchmark: printed?.k,
    rho: printed?.rho,
  }) as { values: number[]; bias: number; extrapolated: number };
  near(bias, 1.025, 12);
  expect(extrapolated).toBe(1);
  printed?.expected.forEach((value, t) => {
    near(values[t], value, 6);
  });
});

test('a splice by judgement needs its range, and any other refuses one', () => {
  const series = { old: [{ period: 1, value: 10 }], new: [{ period: 2, value: 5 }] };
  expect(() => runCalc('splice', { method: 'judgement', growth: 0.1, ...series })).toThrow(/a fault/);
  expect(() => runCalc('splice', { method: 'none', growth: 0.1, ...series })).toThrow(/a fault/);
  expect(() =>
    runCalc('splice', { method: 'judgement', growth: 0.1, low: 0.2, high: 0.3, ...series }),
  ).toThrow(/a fault/);
  const linked = runCalc('splice', { method: 'judgement', growth: 0.1, low: 0, high: 0.2, ...series });
  expect(linked).toMatchObject({ factor: 2.2, low: 2, high: 2.4 });
});
