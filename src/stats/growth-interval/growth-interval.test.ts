import { describe, expect, test } from 'vitest';
import { drawsFor } from '../../core/index.ts';
import { poissonDraw, growthInterval as tryInterval } from '../index.ts';
import type { CaseRow } from './case-growth.ts';
import { errorFactor } from './declared-error.ts';
import type { GrowthRequest } from './growth-interval.ts';

const row = (
  item: string,
  period: 'earlier' | 'later',
  n: number,
  quality: number | null = null,
): CaseRow => ({
  item,
  period,
  cluster: null,
  quality,
  n,
});

const request = (parts: Partial<GrowthRequest>): GrowthRequest => ({
  cases: [row('a', 'earlier', 400), row('a', 'later', 440)],
  unitCosts: { a: 10 },
  inputGrowth: 0,
  blocks: null,
  weeksPerBlock: 4,
  errors: [],
  level: 0.95,
  replicates: 1000,
  seed: 1,
  ...parts,
});

function growthInterval(given: GrowthRequest) {
  const found = tryInterval(given);
  if (!found) throw new Error('no interval');
  return found;
}

/** Thirteen blocks with growth of 10%, spread more than chance where `spread` is large. */
function blocks(spread: number) {
  const earlier = Array.from({ length: 13 }, (_, b) => 40 + spread * Math.sin(7 * b));
  const later = Array.from({ length: 13 }, (_, b) => 44 + spread * Math.cos(5 * b));
  return { earlier, later };
}

describe('growth with its interval', () => {
  test('is cost-weighted with quality, over growth of inputs: worked by hand', () => {
    // a: 100 to 110 with quality 0.8 to 0.84; b: 50 to 40, quality unmeasured. Costs 10 and 20.
    const found = growthInterval(
      request({
        cases: [
          row('a', 'earlier', 80, 1),
          row('a', 'earlier', 20, 0),
          row('a', 'later', 92.4, 1),
          row('a', 'later', 17.6, 0),
          row('b', 'earlier', 50),
          row('b', 'later', 40),
        ],
        unitCosts: { a: 10, b: 20 },
        inputGrowth: 0.02,
        replicates: 50,
      }),
    );
    expect(found.growth).toBeCloseTo((1000 * 1.1 * 1.05 + 800) / 2000 / 1.02 - 1, 12);
    expect(found.undeclared).toEqual(['a', 'b']);
  });

  test('over independent cases has the spread of a ratio of two Poisson counts', () => {
    const found = growthInterval(request({ replicates: 4000 }));
    const expected = 1 / 400 + 1 / 440;
    expect(Math.abs(found.variance / expected - 1)).toBeLessThan(5 * Math.sqrt(2 / 4000));
    expect(found.chance).toBe('cases');
    expect(found.verdict).toBe('cannot tell yet');
  });

  test('over people who come ten times is wider by about the root of ten', () => {
    const rows = (['earlier', 'later'] as const).flatMap((period) =>
      Array.from({ length: 40 }, (_, i) => ({ ...row('a', period, 10), cluster: `${period} ${i}` })),
    );
    const found = growthInterval(request({ cases: rows }));
    expect(Math.abs(found.variance / (2 / 40) - 1)).toBeLessThan(0.25);
  });

  test('over people who come in both years shares their draw, so that a common change is certain', () => {
    const rows = (['earlier', 'later'] as const).flatMap((period) =>
      Array.from({ length: 40 }, (_, i) => ({
        ...row('a', period, period === 'earlier' ? 10 : 11),
        cluster: `person ${i}`,
      })),
    );
    const found = growthInterval(request({ cases: rows, replicates: 200 }));
    expect(found.variance).toBeLessThan(1e-20);
    expect(found.growth).toBeCloseTo(0.1, 12);
  });

  test('takes the wider of cases and paired weeks, and tells a change from 26 weeks on', () => {
    const wide = growthInterval(request({ blocks: blocks(30), replicates: 300 }));
    expect(wide.chance).toBe('weeks');
    expect(wide.verdict).toBe('cannot tell yet');
    expect(wide.weeksNeeded).toBeGreaterThan(52);
    const many = [row('a', 'earlier', 40_000), row('a', 'later', 44_000)];
    const told = growthInterval(request({ cases: many, blocks: blocks(0.5), replicates: 300 }));
    expect(told.verdict).toBe('rose');
    expect(told.pairedWeeks).toBe(52);
    const short = { earlier: blocks(0.5).earlier.slice(0, 5), later: blocks(0.5).later.slice(0, 5) };
    expect(growthInterval(request({ cases: many, blocks: short, replicates: 300 }))).toMatchObject({
      verdict: 'cannot tell yet',
      weeksNeeded: 26,
    });
  });

  test('is not given where a handful of cases is all there is, unless weeks are', () => {
    const few = [row('a', 'earlier', 1), row('a', 'later', 2)];
    expect(tryInterval(request({ cases: few }))).toBeNull();
    expect(growthInterval(request({ cases: few, blocks: blocks(5) }))).toMatchObject({
      cases: null,
      chance: 'weeks',
    });
  });

  test('does not hang on the order of rows', () => {
    const rows = [row('a', 'earlier', 30, 1), row('a', 'earlier', 10, 0), row('a', 'later', 50, 1)];
    const first = growthInterval(request({ cases: rows, replicates: 100 }));
    const again = growthInterval(request({ cases: rows.toReversed(), replicates: 100 }));
    expect(again).toEqual(first);
  });
});

describe('declared errors', () => {
  test('of inputs widen by their own variance, which is named apart from chance', () => {
    const error = { id: 'deflator', on: 'inputs' as const, shape: { relative: 0.1 } };
    const found = growthInterval(request({ errors: [error], replicates: 4000 }));
    const chance = 1 / 400 + 1 / 440;
    const own = Math.log1p(0.01);
    expect(Math.abs(found.variance / (chance + own) - 1)).toBeLessThan(0.12);
    const without = Object.fromEntries(found.components.map((one) => [one.component, one.varianceWithout]));
    expect(Math.abs((without.deflator ?? 0) / chance - 1)).toBeLessThan(0.12);
    expect(Math.abs((without.cases ?? 0) / own - 1)).toBeLessThan(0.12);
  });

  test('of one id are drawn once: an error that falls on all unit costs alike changes nothing', () => {
    const rows = [
      row('a', 'earlier', 100),
      row('a', 'later', 150),
      row('b', 'earlier', 100),
      row('b', 'later', 90),
    ];
    const errorOn = (item: string, id: string) => ({ id, on: { unitCost: item }, shape: { relative: 0.3 } });
    const run = (ids: readonly [string, string]) =>
      growthInterval(
        request({
          cases: rows,
          unitCosts: { a: 10, b: 10 },
          errors: [errorOn('a', ids[0]), errorOn('b', ids[1])],
        }),
      );
    const chanceOff = (found: ReturnType<typeof run>) => found.components[0]?.varianceWithout ?? Number.NaN;
    expect(chanceOff(run(['same', 'same']))).toBeLessThan(1e-20);
    expect(chanceOff(run(['one', 'two']))).toBeGreaterThan(1e-4);
    expect(run(['one', 'two']).undeclared).toEqual([]);
  });

  test('have the moments of their distribution', () => {
    const n = 20_000;
    const moments = (shape: Parameters<typeof errorFactor>[0]['shape']) => {
      const draws = Array.from({ length: n }, (_, r) => errorFactor({ id: 'e', on: 'output', shape }, 3, r));
      const mean = draws.reduce((sum, value) => sum + value, 0) / n;
      return { mean, variance: draws.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n };
    };
    // Triangular on 0.8, 1, 1.4: mean of the three; variance (a² + b² + c² − ab − ac − bc)/18.
    const triangle = moments({ low: 0.8, mode: 1, high: 1.4 });
    expect(triangle.mean).toBeCloseTo(3.2 / 3, 2);
    expect(Math.abs(triangle.variance / ((0.64 + 1 + 1.96 - 0.8 - 1.12 - 1.4) / 18) - 1)).toBeLessThan(0.05);
    const logNormal = moments({ relative: 0.2 });
    expect(Math.abs(Math.sqrt(logNormal.variance) / logNormal.mean / 0.2 - 1)).toBeLessThan(0.05);
    expect(moments({ low: 1, mode: 1, high: 1 })).toEqual({ mean: 1, variance: 0 });
  });
});

test('intervals cover a true growth of 8% in 91 to 99 of 100 made services', () => {
  const runs = 300;
  let covered = 0;
  for (let run = 0; run < runs; run++) {
    const draw = drawsFor(run, 'made service');
    let item = 0;
    const uniform = () => {
      item += 1;
      return draw(item);
    };
    const week = (rate: number) => poissonDraw(rate, uniform);
    const earlier = Array.from({ length: 13 }, (_, b) => week(50 * (1 + 0.3 * Math.sin(b))));
    const later = Array.from({ length: 13 }, (_, b) => week(54 * (1 + 0.3 * Math.sin(b))));
    const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
    const { all } = growthInterval(
      request({
        cases: [row('a', 'earlier', total(earlier)), row('a', 'later', total(later))],
        blocks: { earlier, later },
        replicates: 200,
        seed: run,
      }),
    );
    if (all.low <= 0.08 && all.high >= 0.08) covered += 1;
  }
  expect(covered / runs).toBeGreaterThan(0.91);
  expect(covered / runs).toBeLessThan(0.99);
});
