import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { balkMatrix, fixtureJson, fixtureRows, hasFixtures } from './fixtures.test-support.ts';
import {
  averageGrowth,
  chainContributions,
  fisherContributions,
  geometricContributions,
  indexSeries,
  laspeyresContributions,
  logmean,
  productivityGrowth,
} from './index.ts';

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const times = (a: readonly number[], b: readonly number[]) => a.map((value, i) => value * (b[i] ?? 0));
const shares = (values: readonly number[]) => values.map((value) => value / sum(values));

describe.skipIf(!hasFixtures)('against published contributions', () => {
  const prices = hasFixtures ? balkMatrix('price6') : [];
  const quantities = hasFixtures ? balkMatrix('quantity6') : [];
  const published = (method: string) =>
    fixtureRows('balk_contributions_published.csv')
      .filter((row) => row.method === method)
      .map((row) => Number(row.contribution));
  const [p1 = [], p2 = []] = prices;
  const [q1 = [], q2 = []] = quantities;
  const relatives = p2.map((price, i) => price / (p1[i] ?? 0));

  test.each([
    ['fisher_van_ijzeren', () => fisherContributions('van-ijzeren', times(p1, q1), times(p1, q2), relatives)],
    ['fisher_reinsdorf', () => fisherContributions('reinsdorf', times(p1, q1), times(p1, q2), relatives)],
    ['jevons', () => geometricContributions([1, 1, 1, 1, 1, 1], relatives)],
  ] as const)('%s is the example output of gpindex to 1e-8', (method, ours) => {
    const theirs = published(method);
    expect(theirs).toHaveLength(6);
    ours().forEach((value, i) => {
      expect(Math.abs(value - (theirs[i] ?? Number.NaN))).toBeLessThanOrEqual(1e-8);
    });
  });

  test('chained Laspeyres volume: weights, links, scaled and cumulative agree and add to 0.780302', () => {
    const weights = prices.slice(0, -1).map((price, t) => shares(times(price, quantities[t] ?? [])));
    const growth = quantities.slice(1).map((row, t) => row.map((q, i) => q / (quantities[t]?.[i] ?? 0)));
    const ours = chainContributions(weights, growth);
    const theirs = fixtureRows('balk_chain_contributions_computed.csv');
    expect(theirs).toHaveLength(ours.length);
    theirs.forEach((row, i) => {
      expect(ours[i]?.weight).toBeCloseTo(Number(row.weight_lagged), 9);
      expect(ours[i]?.link).toBeCloseTo(Number(row.link_contribution), 9);
      expect(ours[i]?.scaled).toBeCloseTo(Number(row.scaled_contribution), 9);
      expect(ours[i]?.cumulative).toBeCloseTo(Number(row.cumulative_contribution), 9);
    });
    const index = indexSeries('laspeyres', 'chained', 'quantity', prices, quantities);
    expect(sum(ours.map((row) => row.scaled))).toBeCloseTo((index.at(-1) ?? 0) - 1, 12);
    expect(sum(ours.map((row) => row.scaled))).toBeCloseTo(0.780302, 6);
  });

  test('the growth identity is the worked example: +1.4853%, not +1.5150%', () => {
    const { growth_identity: worked } = fixtureJson<{
      growth_identity: { inputs: Record<string, number>; expected: Record<string, number> };
    }>('worked_examples.json');
    const { volume_growth = 0, quality_growth = 0, input_growth = 0 } = worked.inputs;
    const parts = productivityGrowth({ volume: volume_growth, quality: quality_growth, input: input_growth });
    const { expected } = worked;
    expect(parts.outputAdjusted).toBeCloseTo(expected.quality_adjusted_output_growth ?? 0, 11);
    expect(parts.productivity).toBeCloseTo(expected.productivity_growth ?? 0, 11);
    expect(parts.productivityUnadjusted).toBeCloseTo(expected.nqa_productivity_growth ?? 0, 11);
    expect(parts.volume).toBeCloseTo(expected.contribution_volume ?? 0, 11);
    expect(parts.quality).toBeCloseTo(expected.contribution_quality ?? 0, 11);
    expect(parts.input).toBeCloseTo(expected.contribution_input ?? 0, 11);
  });

  test('ONS growth 1997 to 2017 follows from the levels by exact ratio within the rounding of the levels', () => {
    const rows = fixtureRows('ons_psp_annual.csv');
    for (const [t, row] of rows.entries()) {
      expect(
        Math.abs((100 * Number(row.output)) / Number(row.inputs) - Number(row.productivity)),
      ).toBeLessThan(0.1);
      const before = rows[t - 1];
      if (!before) continue;
      for (const [level, growth] of [
        ['inputs', 'inputs_yoy'],
        ['output', 'output_yoy'],
      ] as const) {
        const ours = 100 * averageGrowth(Number(before[level]), Number(row[level]), 1);
        expect(Math.abs(ours - Number(row[growth]))).toBeLessThan(0.11);
      }
      const parts = productivityGrowth({
        volume: Number(row.output) / Number(before.output) - 1,
        quality: 0,
        input: Number(row.inputs) / Number(before.inputs) - 1,
      });
      expect(Math.abs(100 * parts.productivity - Number(row.productivity_yoy))).toBeLessThan(0.11);
    }
    expect(rows).toHaveLength(21);
  });
});

describe('properties', () => {
  const positive = fc.double({ min: 0.01, max: 100, noNaN: true });
  const table = fc.integer({ min: 1, max: 6 }).chain((n) => {
    const column = fc.array(positive, { minLength: n, maxLength: n });
    return fc.record({ w: column, u: column, r: column });
  });

  test('contributions add to the growth of their index to 1e-12 of its level', () => {
    fc.assert(
      fc.property(table, ({ w, u, r }) => {
        const laspeyres = sum(times(shares(w), r));
        const paasche = sum(times(shares(u), r));
        const fisher = Math.sqrt(laspeyres * paasche);
        const geometric = Math.exp(sum(times(shares(w), r.map(Math.log))));
        const adds = (parts: readonly number[], index: number) =>
          expect(Math.abs(sum(parts) - (index - 1))).toBeLessThan(1e-12 * Math.max(1, ...r) * 10);
        adds(laspeyresContributions(shares(w), r), laspeyres);
        adds(fisherContributions('van-ijzeren', w, u, r), fisher);
        adds(fisherContributions('reinsdorf', w, u, r), fisher);
        adds(geometricContributions(w, r), geometric);
      }),
    );
  });

  test('volume, quality and input parts add to productivity growth exactly', () => {
    const growth = fc.double({ min: -0.5, max: 1, noNaN: true });
    fc.assert(
      fc.property(growth, growth, growth, (volume, quality, input) => {
        const parts = productivityGrowth({ volume, quality, input });
        expect(Math.abs(parts.volume + parts.quality + parts.input - parts.productivity)).toBeLessThan(1e-12);
      }),
    );
  });

  test('the logarithmic mean lies between geometric and arithmetic means and is continuous where they meet', () => {
    expect(logmean(2, 2)).toBe(2);
    expect(logmean(1, Math.E)).toBeCloseTo(Math.E - 1, 14);
    fc.assert(
      fc.property(positive, positive, (a, b) => {
        const mean = logmean(a, b);
        expect(mean).toBeGreaterThanOrEqual(Math.sqrt(a * b) * (1 - 1e-9));
        expect(mean).toBeLessThanOrEqual(((a + b) / 2) * (1 + 1e-9));
      }),
    );
  });
});
