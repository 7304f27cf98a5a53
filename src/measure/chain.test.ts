import { describe, expect, test } from 'vitest';
import { nextPeriod } from '../core/index.ts';
import { parseCharter } from '../define/index.ts';
import { balkMatrix, fixtureJson, fixtureRows, hasFixtures } from '../stats/fixtures.test-support.ts';
import { chainSeries } from './chain.ts';
import type { Change } from './change.ts';
import { linkBetween } from './link.ts';
import { charterText } from './made-workspace.test-support.ts';
import { planMeasures } from './plan.ts';
import type { ItemState } from './snapshot.ts';
import { shareOfDraws, verticesTable, weightShift } from './weight-draws.ts';

const planFor = (reporting: string) =>
  planMeasures(
    parseCharter(
      charterText(
        reporting,
        'outcomes: [{id: o, title: O}]\noutputs: [{id: a, title: A, unit: one, from: cases}]\n',
      ),
      'service.yaml',
    ),
  );

const state = (quantity: number, cost: number, level = 1): ItemState => ({
  quantity,
  cost,
  levels: [level],
  weights: [1],
});

describe('the chained series', () => {
  test.skipIf(!hasFixtures)('by period is the chained Laspeyres volume of the Balk data to 1e-9', () => {
    const prices = balkMatrix('price6');
    const quantities = balkMatrix('quantity6');
    const starts = prices.map((_, t) => `${2000 + t}-01-01`);
    const series = chainSeries(planFor('{grain: year}'), starts, ([start = '']) => {
      const t = starts.indexOf(start);
      return (quantities[t] ?? []).map((quantity, i) => state(quantity, prices[t]?.[i] ?? 0));
    });
    const published = fixtureRows('balk_index_computed.csv').filter(
      (row) => row.side === 'quantity' && row.type === 'chained',
    );
    published.forEach((row, t) => {
      expect((series[t]?.volume ?? 0) / 100).toBeCloseTo(Number(row.laspeyres), 9);
    });
    expect(published).toHaveLength(5);
  });

  test('by month has a mean of 100 in the first year and, from then on, the yearly links of its means', () => {
    const starts = Array.from({ length: 36 }, (_, i) => nextPeriod('month', '2020-04-01', i));
    const monthly = (start: string) => {
      const i = starts.indexOf(start);
      const year = Math.floor(i / 12);
      return [
        { quantity: 100 + i + 30 * Math.sin(i), cost: [10, 14, 9][year] ?? 0 },
        { quantity: 80 - i + 10 * Math.cos(i), cost: [20, 18, 30][year] ?? 0 },
      ];
    };
    const over = (set: readonly string[]) =>
      [0, 1].map((item) => {
        const rows = set.map((start) => monthly(start)[item] ?? { quantity: 0, cost: 0 });
        return state(rows.reduce((sum, row) => sum + row.quantity, 0) / set.length, rows[0]?.cost ?? 0);
      });
    const series = chainSeries(planFor('{grain: month, weights: financial-year}'), starts, over);
    const years = [0, 1, 2].map((year) => starts.slice(12 * year, 12 * year + 12));
    const mean = (year: number) =>
      series.slice(12 * year, 12 * year + 12).reduce((sum, point) => sum + (point.volume ?? 0), 0) / 12;
    expect(mean(0)).toBeCloseTo(100, 9);
    for (const year of [1, 2]) {
      const link = linkBetween(over(years[year - 1] ?? []), over(years[year] ?? []));
      expect(mean(year) / mean(year - 1) - 1).toBeCloseTo(link?.volume ?? Number.NaN, 9);
    }
  });

  test('with quality follows the level when volume stands still', () => {
    const levels = [0.8, 0.84, 0.42];
    const starts = ['2020-01-01', '2021-01-01', '2022-01-01'];
    const series = chainSeries(planFor('{grain: year}'), starts, ([start = '']) => [
      state(50, 3, levels[starts.indexOf(start)] ?? 0),
    ]);
    expect(series.map((point) => Math.round((point.adjusted ?? 0) * 1e9) / 1e9)).toEqual([100, 105, 52.5]);
    expect(series.map((point) => point.volume)).toEqual([100, 100, 100]);
  });
});

describe.skipIf(!hasFixtures)('draws of quality weights', () => {
  const changeOf = (growths: readonly number[], weights: readonly number[]) => {
    const base: readonly ItemState[] = [{ quantity: 1, cost: 1, levels: growths.map(() => 0.5), weights }];
    const current: readonly ItemState[] = [
      { quantity: 1, cost: 1, levels: growths.map((growth) => 0.5 * (1 + growth)), weights },
    ];
    const link = linkBetween(base, current);
    if (!link) throw new Error('no link');
    return { link, base, current } as unknown as Change;
  };
  const worked = hasFixtures
    ? fixtureJson<{
        weight_simplex: {
          inputs: { growths: number[]; default_weights: number[] };
          expected: {
            default: number;
            share_positive_uniform_simplex: number;
            minimal_weight_shift_to_zero: number;
          };
        };
        weight_simplex_3: {
          inputs: { growths: number[] };
          expected: { share_positive_uniform_simplex: number };
        };
      }>('worked_examples.json')
    : null;

  test('keep the sign in 62.5 of 100 with two measures and 68 of 100 with three, the closed forms', () => {
    if (!worked) throw new Error('no fixtures');
    const two = worked.weight_simplex;
    const change = changeOf(two.inputs.growths, two.inputs.default_weights);
    expect(change.link.adjusted).toBeCloseTo(two.expected.default, 12);
    expect(
      Math.abs(shareOfDraws(change, null, 1).share - two.expected.share_positive_uniform_simplex),
    ).toBeLessThan(0.01);
    const three = worked.weight_simplex_3;
    const third = shareOfDraws(changeOf(three.inputs.growths, [0.5, 0.3, 0.2]), null, 1);
    expect(Math.abs(third.share - three.expected.share_positive_uniform_simplex)).toBeLessThan(0.01);
    expect(third.measures).toBe(3);
  });

  test('against inputs that grew, ask for the sign of productivity', () => {
    const change = changeOf([0.05, 0.03], [0.5, 0.5]);
    expect(shareOfDraws(change, null, 1).share).toBe(1);
    // Productivity is positive where v·0.05 + (1 − v)·0.03 > 0.045, that is v > 0.75: the charter's weights say no.
    expect(Math.abs(shareOfDraws(change, 0.045, 1).share - 0.75)).toBeLessThan(0.01);
  });

  test('name the weight that must move, 0.225, and what each measure alone would say', () => {
    if (!worked) throw new Error('no fixtures');
    const { inputs, expected } = worked.weight_simplex;
    const change = changeOf(inputs.growths, inputs.default_weights);
    const titles = (k: number) => ['Right first time', 'In time'][k] ?? '';
    const shift = weightShift(change, null, titles);
    expect(shift?.shift).toBeCloseTo(expected.minimal_weight_shift_to_zero, 12);
    expect(shift?.words).toBe('22.5% of the weight from "Right first time" to "In time"');
    const rows = verticesTable(change, null, titles)?.rows ?? [];
    rows.forEach((row, k) => {
      expect(row.growth).toBeCloseTo(inputs.growths[k] ?? Number.NaN, 12);
    });
    expect(rows).toHaveLength(2);
    expect(weightShift(changeOf([0.05, 0.01], [0.5, 0.5]), null, titles)).toBeNull();
    // Productivity: 0.018 less inputs of 0.03; weight must move towards the measure that grew by 0.05.
    expect(weightShift(change, 0.03, titles)?.shift).toBeCloseTo(0.012 / 0.08, 12);
    expect(shareOfDraws(change, null, 1).nearby).toBeGreaterThan(0.99);
  });
});
