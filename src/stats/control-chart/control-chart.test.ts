import { describe, expect, test } from 'vitest';
import { drawsFor } from '../../core/index.ts';
import { controlChart, poissonDraw, standardNormal } from '../index.ts';
import { binomialDraw } from './binomial-draw.ts';
import { calibrate, extremesOf } from './calibrate.ts';
import { type Charted, type ChartKind, standardise } from './standardise.ts';

/** Uniforms in order, keyed so that every run gives the same and none is shared with the chart's own. */
function uniforms(seed: number): () => number {
  const draw = drawsFor(seed, 'test');
  let item = 0;
  return () => {
    item += 1;
    return draw(item);
  };
}

const options = { rate: 0.05, useRuns: true, seed: 11, draws: 10_000 };

function blank(kind: ChartKind, baseline: number, tested: number, size: number, centre: number): Charted {
  const values = Array.from({ length: baseline + tested }, () => size * centre);
  return { kind, values, sizes: values.map(() => size), baseline, varies: false, differencedBy: null };
}

/** How often charts of a process that does not change give any signal under the calibrated limits. */
function falseAlarms(chart: Charted, make: (uniform: () => number) => number, charts: number): number {
  const from = chart.baseline < chart.values.length ? chart.baseline : 0;
  const { limit, run } = calibrate(chart, { ...options, from });
  const uniform = uniforms(99);
  let alarms = 0;
  for (let i = 0; i < charts; i++) {
    const values = chart.values.map(() => make(uniform));
    const { furthest, longest } = extremesOf(standardise({ ...chart, values }).z, from);
    if (furthest > limit || (run !== null && longest >= run)) alarms += 1;
  }
  return alarms / charts;
}

describe('the stated rate of false alarms is the true one', () => {
  // Five standard errors of the check and of the calibration together, at 5%: 0.0134.
  const tolerance = 5 * Math.sqrt(0.05 * 0.95 * (1 / 20_000 + 1 / 10_000));

  test.each([
    [24, 12],
    [12, 1],
    [36, 0],
    [20, 20],
  ])('for a number, %i points of baseline and %i tested', (baseline, tested) => {
    const chart = blank('xmr', baseline, tested, 1, 0);
    const rate = falseAlarms(chart, (uniform) => 50 + 7 * standardNormal(uniform), 20_000);
    expect(Math.abs(rate - 0.05)).toBeLessThan(tolerance);
  });

  test('for a share and for a rate, which being whole counts stay at or below it', () => {
    const share = falseAlarms(blank('p', 24, 12, 200, 0.8), (u) => binomialDraw(200, 0.8, u), 10_000);
    const rate = falseAlarms(blank('u', 24, 12, 10, 3), (u) => poissonDraw(30, u), 10_000);
    for (const found of [share, rate]) {
      expect(found).toBeLessThan(0.05 + 5 * Math.sqrt((0.05 * 0.95) / 5000));
      expect(found).toBeGreaterThan(0.03);
    }
  });

  test('for a share whose true level is two standard errors from the one that is seen', () => {
    const off = 2 * Math.sqrt((0.8 * 0.2) / (24 * 200));
    const found = falseAlarms(blank('p', 24, 12, 200, 0.8 + off), (u) => binomialDraw(200, 0.8, u), 10_000);
    expect(found).toBeLessThan(0.065);
    expect(found).toBeGreaterThan(0.03);
  });

  test('for a share that varies by more than chance from month to month, where chance alone would cry wolf', () => {
    const wobble = (uniform: () => number) =>
      binomialDraw(2000, 0.8 + 0.03 * Math.max(-3, Math.min(3, standardNormal(uniform))), uniform);
    const chart = blank('p', 24, 12, 2000, 0.8);
    expect(falseAlarms(chart, wobble, 4000)).toBeGreaterThan(0.5);
    const measured = falseAlarms({ ...chart, varies: true }, wobble, 10_000);
    expect(Math.abs(measured - 0.05)).toBeLessThan(0.02);
  });
});

describe('a chart', () => {
  const steady = Array.from({ length: 24 }, (_, t) => 100 + ([3, -2, 1, -4, 2, 0][t % 6] ?? 0));

  test('leaves a steady process alone and names the point that leaves it', () => {
    const quiet = controlChart({
      kind: 'xmr',
      values: [...steady, 101, 99],
      sizes: [],
      baseline: 24,
      varies: false,
      differencedBy: null,
      ...options,
    });
    expect(quiet?.points.every((point) => point.signal === null)).toBe(true);
    const loud = controlChart({
      kind: 'xmr',
      values: [...steady, 101, 130],
      sizes: [],
      baseline: 24,
      varies: false,
      differencedBy: null,
      ...options,
    });
    expect(loud?.points.map((point) => point.signal).slice(-2)).toEqual([null, 'above']);
    expect(loud?.centre).toBe(100);
    expect(loud?.points[25]?.movingRange).toBe(29);
    expect(loud?.points[0]?.isTested).toBe(false);
  });

  test('names a run on one side that no single point shows', () => {
    const shifted = Array.from({ length: 16 }, (_, t) => 102 + (t % 2));
    const found = controlChart({
      kind: 'xmr',
      values: [...steady, ...shifted],
      sizes: [],
      baseline: 24,
      varies: false,
      differencedBy: null,
      ...options,
    });
    expect(found?.run).toBeLessThanOrEqual(16);
    expect(found?.points.filter((point) => point.signal === 'run')).toHaveLength(16);
    const without = controlChart({
      kind: 'xmr',
      values: [...steady, ...shifted],
      sizes: [],
      baseline: 24,
      varies: false,
      differencedBy: null,
      ...options,
      useRuns: false,
    });
    expect(without?.run).toBeNull();
    expect(without?.points.every((point) => point.signal === null)).toBe(true);
  });

  test('keeps shares between 0 and 1, and its limits widen where there are fewer cases', () => {
    const values = [97, 98, 99, 98, 97, 99, 98, 97, 98, 99, 98, 97, 10];
    const sizes = [...new Array<number>(12).fill(100), 10];
    const found = controlChart({
      kind: 'p',
      values,
      sizes,
      baseline: 12,
      varies: false,
      differencedBy: null,
      ...options,
    });
    const [first, last] = [found?.points[0], found?.points.at(-1)];
    expect(last?.upper).toBe(1);
    expect((found?.centre ?? 0) - (last?.lower ?? 0)).toBeGreaterThan(
      (found?.centre ?? 0) - (first?.lower ?? 0),
    );
    expect(last?.signal).toBeNull();
  });

  test('cannot be drawn where nothing varies, and is the same for the same seed', () => {
    const flat = {
      kind: 'xmr' as const,
      values: [5, 5, 5, 5, 5, 6],
      sizes: [],
      baseline: 5,
      varies: false,
      differencedBy: null,
      ...options,
    };
    expect(controlChart(flat)).toBeNull();
    const values = [...steady, 104];
    const once = controlChart({ ...flat, values, baseline: 24 });
    expect(controlChart({ ...flat, values, baseline: 24 })).toEqual(once);
  });
});

test.each([
  [20, 0.1],
  [200, 0.02],
  [200, 0.3],
  [1000, 0.85],
])('binomial draws of %i at %f have their mean, variance and probabilities', (n, p) => {
  const uniform = uniforms(3);
  const draws = Array.from({ length: 30_000 }, () => binomialDraw(n, p, uniform));
  const mean = draws.reduce((sum, k) => sum + k, 0) / draws.length;
  const variance = draws.reduce((sum, k) => sum + (k - mean) ** 2, 0) / draws.length;
  expect(Math.abs(mean - n * p)).toBeLessThan(5 * Math.sqrt((n * p * (1 - p)) / draws.length));
  expect(Math.abs(variance / (n * p * (1 - p)) - 1)).toBeLessThan(0.06);
  const mode = Math.floor((n + 1) * p);
  let logChoose = 0;
  for (let i = 1; i <= mode; i++) logChoose += Math.log((n - mode + i) / i);
  const probability = Math.exp(logChoose + mode * Math.log(p) + (n - mode) * Math.log(1 - p));
  const seen = draws.filter((k) => k === mode).length / draws.length;
  expect(Math.abs(seen - probability)).toBeLessThan(5 * Math.sqrt(probability / draws.length));
});
