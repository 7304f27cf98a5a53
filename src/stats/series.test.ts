import { describe, expect, test } from 'vitest';
import { fixtureJson, fixtureRows, hasFixtures } from './fixtures.test-support.ts';
import {
  provisionalYear,
  revisionStatistics,
  revisionsTriangle,
  splice,
  standardErrorOfMean,
} from './index.ts';

describe.skipIf(!hasFixtures)('the provisional year 2017 of the ONS', () => {
  const quarters = hasFixtures
    ? fixtureRows('ons_psp_quarterly.csv').filter((row) => row.quarter?.startsWith('2017'))
    : [];
  const expected = hasFixtures
    ? fixtureJson<Record<string, Record<string, number>>>('ons_psp_splice_expected.json')
    : {};

  test.each(['inputs', 'output'] as const)('%s follows from 2016 and the quarters', (series) => {
    const own = expected[series] ?? {};
    const found = provisionalYear(
      own.index_2016 ?? 0,
      quarters.map((row) => ({
        value: Number(row[series]),
        growth: Number(row[`${series}_yoy`]) / 100,
      })),
    );
    expect(quarters).toHaveLength(4);
    expect(found.sum).toBeCloseTo(own.sum_2017_quarters ?? 0, 9);
    expect(found.previousSum).toBeCloseTo(own.implied_sum_2016_quarters ?? 0, 9);
    expect(100 * found.growth).toBeCloseTo(own.annualised_growth_pct ?? 0, 9);
    expect(found.level).toBeCloseTo(own.spliced_index_2017 ?? 0, 9);
    // Against the published figures: growth once rounded, and levels within 0.2.
    const rounded = Math.round(1000 * found.growth) / 10;
    expect(Math.abs(rounded - (own.published_growth_pct ?? 0))).toBeLessThan(0.05);
    expect(Math.abs(found.level - (own.published_index_2017 ?? 0))).toBeLessThan(0.2);
  });

  test('productivity is the ratio of the two', () => {
    const { inputs = {}, output = {}, productivity = {} } = expected;
    const ratio = (100 * (output.spliced_index_2017 ?? 0)) / (inputs.spliced_index_2017 ?? 1);
    expect(ratio).toBeCloseTo(productivity.spliced_index_2017 ?? 0, 9);
    expect(Math.abs(ratio - (productivity.published_index_2017 ?? 0))).toBeLessThan(0.2);
  });
});

describe.skipIf(!hasFixtures)('revisions of the ONS, 30 quarters', () => {
  const rows = hasFixtures ? fixtureRows('ons_psp_revisions.csv') : [];
  const expected = hasFixtures ? fixtureRows('ons_psp_revisions_expected.csv') : [];

  test.each(expected.map((row) => [row.series, row] as const))('%s to 1e-6', (series, row) => {
    const triangle = revisionsTriangle(
      rows.map((one) => one.quarter ?? ''),
      ['previous', 'current'].map((vintage) => rows.map((one) => Number(one[`${series}_${vintage}`]))),
    );
    const found = revisionStatistics(triangle.map((one) => one.revision));
    expect(found?.n).toBe(Number(row.n));
    expect(found?.revised).toBe(Number(row.n_revised));
    for (const [key, column] of [
      ['mean', 'mean_revision_pp'],
      ['meanAbsolute', 'mean_absolute_revision_pp'],
      ['rootMeanSquare', 'rms_revision_pp'],
      ['max', 'max'],
      ['min', 'min'],
    ] as const)
      expect(Math.abs((found?.[key] ?? Number.NaN) - Number(row[column]))).toBeLessThanOrEqual(1e-6);
  });

  test('are six series', () => {
    expect(expected).toHaveLength(6);
  });
});

describe('revisions', () => {
  test('compare the first estimate of a period with its latest, over any number of publications', () => {
    const triangle = revisionsTriangle(
      ['Q1', 'Q2', 'Q3'],
      [
        [1.0, null, null],
        [1.2, 0.5, null],
        [1.1, 0.4, 0.3],
      ],
    );
    expect(triangle).toHaveLength(2);
    expect(triangle[0]).toMatchObject({ period: 'Q1', first: 1, latest: 1.1, estimates: 3 });
    expect(triangle[1]?.revision).toBeCloseTo(-0.1, 12);
    expect(revisionStatistics([])).toBeNull();
  });

  test('have the standard error of Newey and West, worked by hand for eight values', () => {
    // Mean 0, squares 8, so γ0 = 1; lags up to 2 with weights 2/3 and 1/3.
    const values = [1, 1, -1, -1, 1, 1, -1, -1];
    const gamma1 = (1 - 1 + 1 - 1 + 1 - 1 + 1) / 8;
    const gamma2 = -6 / 8;
    const variance = 1 + 2 * ((2 / 3) * gamma1 + (1 / 3) * gamma2);
    expect(standardErrorOfMean(values)).toBeCloseTo(Math.sqrt(variance / 8), 12);
    expect(standardErrorOfMean([1])).toBeNull();
  });

  test('that all go one way show first estimates to be biased', () => {
    expect(revisionStatistics([0.2, 0.3, 0.1, 0.2, 0.25, 0.2, 0.3, 0.1])?.isBiased).toBe(true);
    expect(revisionStatistics([0.2, 0.2, 0.2])?.isBiased).toBe(false);
    expect(revisionStatistics([0.2, -0.3, 0.1, -0.2, 0.25, -0.1, 0.1, -0.1])?.isBiased).toBe(false);
    expect(revisionStatistics([0, 0, 0])?.isBiased).toBe(false);
  });
});

const dated = (from: number, values: readonly number[]) =>
  values.map((value, i) => ({ period: from + i, value }));

describe('a splice', () => {
  test('by overlap keeps the growth of both series and says how steady the link is', () => {
    const found = splice({
      method: 'overlap',
      old: dated(2019, [90, 100, 110]),
      new: dated(2020, [50, 54, 60]),
    });
    // (100 + 110)/(50 + 54); ratios 2 and 110/54.
    expect(found.factor).toBeCloseTo(210 / 104, 12);
    const mean = (2 + 110 / 54) / 2;
    expect(found.variation).toBeCloseTo(Math.abs(110 / 54 - 2) / Math.SQRT2 / mean, 12);
    expect(found.values.map((row) => row.period)).toEqual([2019, 2020, 2021, 2022]);
    expect(found.values[3]?.value).toBeCloseTo((60 * 210) / 104, 12);
    expect(found).toMatchObject({ overlap: 2, isWeak: false, breakAt: 2022 });
  });

  test('on one period is a weak link, and without any there is no growth across', () => {
    const weak = splice({ method: 'overlap', old: dated(2019, [90, 100]), new: dated(2020, [50, 54]) });
    expect(weak).toMatchObject({ isWeak: true, variation: null });
    expect(weak.values[2]?.growth).toBeCloseTo(0.08, 12);
    const apart = splice({ method: 'overlap', old: dated(2019, [90]), new: dated(2020, [50, 54]) });
    expect(apart.factor).toBeNull();
    expect(apart.values[1]).toMatchObject({ value: 50, growth: null });
    expect(apart.values[2]?.growth).toBeCloseTo(0.08, 12);
  });

  test('by judgement gives the declared growth with its range', () => {
    const found = splice({
      method: 'judgement',
      old: dated(2019, [90, 100]),
      new: dated(2021, [51, 54]),
      growth: 0.02,
      low: 0,
      high: 0.04,
    });
    expect(found.factor).toBeCloseTo(2, 12);
    expect(found.low).toBeCloseTo(100 / 51, 12);
    expect(found.values[2]?.growth).toBeCloseTo(0.02, 12);
  });

  test('by none leaves two series and never states growth between them', () => {
    const found = splice({ method: 'none', old: dated(2019, [90, 100]), new: dated(2020, [50, 54]) });
    expect(found.factor).toBeNull();
    expect(found.values.map((row) => row.segment)).toEqual(['old', 'old', 'new']);
    expect(found.values[2]).toMatchObject({ value: 54, growth: null });
  });
});

test('a provisional year may rest on the quarters a year ago themselves', () => {
  const found = provisionalYear(200, [
    { value: 110, yearAgo: 100 },
    { value: 130, yearAgo: 100 },
  ]);
  expect(found.growth).toBeCloseTo(0.2, 12);
  expect(found.level).toBeCloseTo(240, 12);
});
