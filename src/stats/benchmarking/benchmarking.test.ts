import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixtureJson, hasFixtures } from '../fixtures.test-support.ts';
import { benchmarkSeries } from '../index.ts';
import { bandedSystem } from './banded-solve.ts';

interface Case {
  readonly case: string;
  readonly method: string;
  readonly k: number;
  readonly indicator: readonly number[];
  readonly benchmarks: readonly number[];
  readonly expected: readonly number[];
  readonly tolerance_abs: number;
  readonly rho?: number;
  readonly lam?: 0 | 1;
  readonly expected_bias?: number;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

const cases = hasFixtures ? fixtureJson<{ cases: readonly Case[] }>('benchmark_cases.json').cases : [];

describe.skipIf(!hasFixtures)('published series', () => {
  test.each(cases.map((one) => [one.case, one] as const))('%s', (_, one) => {
    const found = benchmarkSeries({
      method: one.method.replaceAll('_', '-') as 'denton-additive',
      indicator: one.indicator,
      benchmarks: one.benchmarks,
      perBenchmark: one.k,
      rho: one.rho,
      lambda: one.lam,
    });
    expect(found.values).toHaveLength(one.expected.length);
    found.values.forEach((value, t) => {
      expect(Math.abs(value - (one.expected[t] ?? Number.NaN))).toBeLessThanOrEqual(one.tolerance_abs);
    });
    if (one.expected_bias !== undefined) expect(found.bias).toBeCloseTo(one.expected_bias, 12);
  });

  test('are five', () => {
    expect(cases).toHaveLength(5);
  });
});

/** Solves by Gauss without any structure: an independent check of the banded systems. */
function denseSolve(matrix: readonly (readonly number[])[], right: readonly number[]): readonly number[] {
  const n = right.length;
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  for (let k = 0; k < n; k++) {
    const best = rows.slice(k).reduce((top, row, i) => {
      return Math.abs(row[k] ?? 0) > Math.abs(rows[top]?.[k] ?? 0) ? k + i : top;
    }, k);
    const [a, b] = [rows[k] ?? [], rows[best] ?? []];
    [rows[k], rows[best]] = [b, a];
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const factor = (rows[i]?.[k] ?? 0) / (rows[k]?.[k] ?? 1);
      rows[i] = (rows[i] ?? []).map((value, j) => value - factor * (rows[k]?.[j] ?? 0));
    }
  }
  return rows.map((row, k) => (row[n] ?? 0) / (row[k] ?? 1));
}

/** The system of the method note, [[Z⁻¹Δ'ΔZ⁻¹, J'],[J, 0]]·[x; λ] = [0; a], or with differences, written out in full. */
function dentonInFull(z: readonly number[], a: readonly number[], per: number, additive: boolean) {
  const n = z.length;
  const size = n + a.length;
  const m = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  const put = (i: number, j: number, value: number) => {
    const row = m[i];
    if (row) row[j] = (row[j] ?? 0) + value;
  };
  const w = (t: number) => (additive ? 1 : 1 / (z[t] ?? 1));
  const right = new Array<number>(size).fill(0);
  for (let t = 1; t < n; t++) {
    put(t, t, w(t) ** 2);
    put(t - 1, t - 1, w(t - 1) ** 2);
    put(t, t - 1, -w(t) * w(t - 1));
    put(t - 1, t, -w(t) * w(t - 1));
    if (!additive) continue;
    const step = (z[t] ?? 0) - (z[t - 1] ?? 0);
    right[t] = (right[t] ?? 0) + step;
    right[t - 1] = (right[t - 1] ?? 0) - step;
  }
  a.forEach((total, j) => {
    right[n + j] = total;
    for (let p = 0; p < per; p++) {
      put(n + j, j * per + p, 1);
      put(j * per + p, n + j, 1);
    }
  });
  return denseSolve(m, right).slice(0, n);
}

/** θ = s† + V·J'·(J·V·J' + E)⁻¹·(a − J·s†), written out in full. */
function regressionInFull(
  s: readonly number[],
  a: readonly number[],
  per: number,
  rho: number,
  lambda: number,
  alterability: readonly number[],
) {
  const covered = s.slice(0, a.length * per);
  const start =
    lambda === 1
      ? s.map((value) => (value * sum(a)) / sum(covered))
      : s.map((value) => value + (sum(a) - sum(covered)) / covered.length);
  const v = (i: number, j: number) =>
    rho ** Math.abs(i - j) * Math.abs(start[i] ?? 0) ** lambda * Math.abs(start[j] ?? 0) ** lambda;
  const within = (j: number) => Array.from({ length: per }, (_, p) => j * per + p);
  const g = a.map((total, j) =>
    a.map(
      (_, k) =>
        sum(within(j).flatMap((i) => within(k).map((l) => v(i, l)))) +
        (j === k ? (alterability[j] ?? 0) * total : 0),
    ),
  );
  const mu = denseSolve(
    g,
    a.map((total, j) => total - sum(within(j).map((i) => start[i] ?? 0))),
  );
  return start.map(
    (value, t) => value + sum(a.map((_, j) => sum(within(j).map((i) => v(t, i))) * (mu[j] ?? 0))),
  );
}

const positive = fc.double({ min: 1, max: 10, noNaN: true });
const problem = fc
  .record({ runs: fc.integer({ min: 1, max: 5 }), per: fc.integer({ min: 1, max: 6 }) })
  .chain(({ runs, per }) =>
    fc.record({
      per: fc.constant(per),
      indicator: fc.array(positive, { minLength: runs * per, maxLength: runs * per }),
      benchmarks: fc.array(positive, { minLength: runs, maxLength: runs }),
    }),
  );

describe('against the same equations in full', () => {
  test.each(['denton-proportional', 'denton-additive'] as const)('%s agrees to 1e-9', (method) => {
    fc.assert(
      fc.property(problem, ({ indicator, benchmarks, per }) => {
        const { values } = benchmarkSeries({ method, indicator, benchmarks, perBenchmark: per });
        const full = dentonInFull(indicator, benchmarks, per, method === 'denton-additive');
        values.forEach((value, t) => {
          expect(Math.abs(value - (full[t] ?? Number.NaN))).toBeLessThan(1e-9);
        });
      }),
    );
  });

  test('Cholette and Dagum agrees to 1e-9, with extrapolation and benchmarks that do not bind', () => {
    fc.assert(
      fc.property(
        problem,
        fc.constantFrom(0 as const, 1 as const),
        fc.constantFrom(0, 0.5, 0.729, 0.9),
        fc.constantFrom(0, 0.1),
        (given, lambda, rho, loose) => {
          const indicator = [...given.indicator, 3, 4];
          const alterability = given.benchmarks.map((_, j) => (j % 2 === 0 ? loose : 0));
          const { values } = benchmarkSeries({
            method: 'cholette-dagum',
            indicator,
            benchmarks: given.benchmarks,
            perBenchmark: given.per,
            rho,
            lambda,
            alterability,
          });
          const full = regressionInFull(indicator, given.benchmarks, given.per, rho, lambda, alterability);
          values.forEach((value, t) => {
            expect(Math.abs(value - (full[t] ?? Number.NaN))).toBeLessThan(1e-9);
          });
        },
      ),
    );
  });
});

describe('properties', () => {
  test('every method meets its benchmarks, at ten thousand values as at ten', () => {
    const n = 10_000;
    const indicator = Array.from(
      { length: n },
      (_, t) => 100 + 30 * Math.sin(t / 5) + 10 * Math.cos(t * 1.7),
    );
    for (const per of [4, 12, 100, 2500]) {
      const benchmarks = Array.from({ length: n / per }, (_, j) => {
        const own = sum(indicator.slice(j * per, (j + 1) * per));
        return own * (1.2 + 0.1 * Math.sin(j));
      });
      for (const method of ['denton-proportional', 'denton-additive', 'cholette-dagum'] as const) {
        const { values } = benchmarkSeries({ method, indicator, benchmarks, perBenchmark: per });
        benchmarks.forEach((total, j) => {
          expect(Math.abs(sum(values.slice(j * per, (j + 1) * per)) / total - 1)).toBeLessThan(1e-9);
        });
      }
    }
  });

  test('an indicator already at the level of its benchmarks stays as it is, and past them too', () => {
    const indicator = [3, 5, 4, 6, 4, 5, 6, 7, 5];
    for (const method of ['denton-proportional', 'denton-additive', 'cholette-dagum'] as const) {
      const { values } = benchmarkSeries({ method, indicator, benchmarks: [18, 22], perBenchmark: 4 });
      values.forEach((value, t) => {
        expect(value).toBeCloseTo(indicator[t] ?? 0, 9);
      });
    }
  });

  test('as rho nears 1 the regression nears proportional Denton', () => {
    const given = {
      indicator: [98, 101, 102, 101, 99, 102, 103, 101],
      benchmarks: [410, 430],
      perBenchmark: 4,
    };
    const denton = benchmarkSeries({ method: 'denton-proportional', ...given }).values;
    const near = benchmarkSeries({ method: 'cholette-dagum', ...given, rho: 0.99999 }).values;
    near.forEach((value, t) => {
      expect(Math.abs(value - (denton[t] ?? 0))).toBeLessThan(1e-2);
    });
  });

  test('one benchmark shares its total out in proportion', () => {
    const { values } = benchmarkSeries({
      method: 'denton-proportional',
      indicator: [1, 2, 3, 4],
      benchmarks: [20],
      perBenchmark: 4,
    });
    expect(values.map((value) => Math.round(value * 1e9) / 1e9)).toEqual([2, 4, 6, 8]);
  });
});

describe('what a reader must know', () => {
  test('a proportional method gives way where the indicator is zero or below', () => {
    const found = benchmarkSeries({
      method: 'denton-proportional',
      indicator: [0, 2, 3, 4],
      benchmarks: [20],
      perBenchmark: 4,
    });
    expect(found.method).toBe('denton-additive');
    expect(found.notices[0]).toMatch(/zero or negative/);
    expect(found.bi[0]).toBeNull();
  });

  test('results below zero are shown, figures past the last benchmark counted, a strange ratio named', () => {
    const below = benchmarkSeries({
      method: 'denton-additive',
      indicator: [10, 1, 1, 10, 1],
      benchmarks: [2],
      perBenchmark: 4,
    });
    expect(below.values[1]).toBeLessThan(0);
    expect(below.notices.join(' ')).toMatch(/3 values are below zero/);
    expect(below.extrapolated).toBe(1);
    const strange = benchmarkSeries({
      method: 'denton-proportional',
      indicator: [10, 10, 10, 10],
      benchmarks: [10, 11, 10, 20],
      perBenchmark: 1,
    });
    expect(strange.notices.join(' ')).toMatch(/outside its past range/);
    expect(strange.greatestChangeInGrowth).toBeCloseTo(1, 12);
  });

  test.each([
    [
      { indicator: [1, 2, 3], benchmarks: [6, 7], perBenchmark: 2 },
      /has 3 values and the benchmarks cover 4/,
    ],
    [{ indicator: [1, 2], benchmarks: [], perBenchmark: 2 }, /no benchmark/],
    [{ indicator: [1, 2], benchmarks: [3], perBenchmark: 2, rho: 1 }, /rho is 1/],
    [{ indicator: [1, 2], benchmarks: [3], perBenchmark: 1.5 }, /cannot cover 1.5/],
    [{ indicator: [1, 2], benchmarks: [3], perBenchmark: 2, alterability: [0, 0] }, /2 alterabilities for 1/],
  ])('%j is refused', (given, message) => {
    expect(() => benchmarkSeries({ method: 'cholette-dagum', ...given })).toThrow(message);
  });

  test('a system without a solution is a coded error', () => {
    const system = bandedSystem(2, 1);
    system.set(0, 0, 1);
    expect(() => system.solve([1, 1])).toThrow(/No series meets these benchmarks/);
  });
});
