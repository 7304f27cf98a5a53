import { describe, expect, it } from 'vitest';
import { fixtureJson, fixtureRows, hasFixtures } from '../fixtures.test-support.ts';
import { adjustForDiscoveries } from './adjust-p.ts';
import { chiSquareFit, gTestFit } from './goodness-of-fit.ts';
import { leastSquares } from './least-squares.ts';
import { densityJump } from './local-density.ts';
import { neweyWest } from './newey-west.ts';
import { clusterSignTest, exactSplitTest } from './sign-tests.ts';
import { binomialUpperTail, chiSquareTail, twoSidedNormal, twoSidedStudent } from './tails.ts';

interface Expected {
  readonly tests: readonly {
    readonly population: string;
    readonly h?: number;
    readonly density_left: number;
    readonly density_right: number;
    readonly T: number;
    readonly T_projection_variance: number;
    readonly p_projection_variance: number;
    readonly n_below: number;
    readonly n_above: number;
    readonly p_two_sided: number;
    readonly p_one_sided: number;
  }[];
  readonly cluster_check_all_types: {
    readonly orgs_in_window: number;
    readonly sum_difference: number;
    readonly z: number;
    readonly p_two_sided: number;
  };
}

/** Share within four hours of each organisation and month with 500 attendances or more at a type 1 department. */
function organisationMonths(types: 'type 1' | 'all') {
  const rows = fixtureRows('ae_attendances.csv');
  const sums = new Map<string, { org: string; type1: number; seen: number; late: number }>();
  for (const row of rows) {
    const key = `${row.period} ${row.org_code}`;
    const sum = sums.get(key) ?? { org: row.org_code ?? '', type1: 0, seen: 0, late: 0 };
    if (row.type === '1') sum.type1 += Number(row.attendances);
    if (types === 'all' || row.type === '1') {
      sum.seen += Number(row.attendances);
      sum.late += Number(row.breaches);
    }
    sums.set(key, sum);
  }
  return [...sums.values()]
    .filter(({ type1 }) => type1 >= 500)
    .map(({ org, seen, late }) => ({ org, share: (seen - late) / seen }));
}

describe.skipIf(!hasFixtures)('four-hour shares of organisations, at 95%', () => {
  const expected: Expected = hasFixtures
    ? fixtureJson('ae_threshold_expected.json')
    : { tests: [], cluster_check_all_types: { orgs_in_window: 0, sum_difference: 0, z: 0, p_two_sided: 0 } };
  const shares = {
    'type 1 only': hasFixtures ? organisationMonths('type 1') : [],
    'all types of an organisation with a type 1 department': hasFixtures ? organisationMonths('all') : [],
  } as Record<string, ReturnType<typeof organisationMonths>>;

  it.each(expected.tests.filter(({ h }) => h !== undefined))(
    'density test, $population, h $h',
    ({ population, h = 0, ...wanted }) => {
      const jump = densityJump(
        (shares[population] ?? []).map(({ share }) => share),
        0.95,
        h,
      );
      expect(Math.abs((jump?.left ?? 0) - wanted.density_left)).toBeLessThan(2e-4);
      expect(Math.abs((jump?.right ?? 0) - wanted.density_right)).toBeLessThan(2e-4);
      expect(Math.abs((jump?.statistic ?? 0) / wanted.T - 1)).toBeLessThan(0.03);
      expect(jump?.statistic).toBeCloseTo(wanted.T_projection_variance, 3);
      expect(jump?.p).toBeCloseTo(wanted.p_projection_variance, 3);
    },
  );

  it.each(expected.tests.filter(({ h }) => h === undefined))(
    'half a point each side, $population',
    (wanted) => {
      const near = shares[wanted.population] ?? [];
      const below = near.filter(({ share }) => share >= 0.945 && share < 0.95).length;
      const above = near.filter(({ share }) => share >= 0.95 && share < 0.955).length;
      expect([below, above]).toEqual([wanted.n_below, wanted.n_above]);
      expect(exactSplitTest(below, above)).toBeCloseTo(wanted.p_two_sided, 12);
      expect(binomialUpperTail(above, below + above, 0.5)).toBeCloseTo(wanted.p_one_sided, 12);
    },
  );

  it('clustered by organisation', () => {
    const clusters = new Map<string, { below: number; above: number }>();
    for (const { org, share } of shares['all types of an organisation with a type 1 department'] ?? []) {
      if (share < 0.945 || share >= 0.955) continue;
      const counts = clusters.get(org) ?? { below: 0, above: 0 };
      counts[share >= 0.95 ? 'above' : 'below'] += 1;
      clusters.set(org, counts);
    }
    const { orgs_in_window, sum_difference, z, p_two_sided } = expected.cluster_check_all_types;
    const found = clusterSignTest([...clusters.values()]);
    expect([found?.clusters, found?.sum]).toEqual([orgs_in_window, sum_difference]);
    expect(found?.z).toBeCloseTo(z, 4);
    expect(found?.p).toBeCloseTo(p_two_sided, 4);
  });
});

describe('tails', () => {
  it('agree with published tables and R', () => {
    expect(twoSidedNormal(1.959963984540054)).toBeCloseTo(0.05, 12);
    expect(twoSidedNormal(10) / 1.523970604832105e-23).toBeCloseTo(1, 9);
    expect(chiSquareTail(15.50731305586545, 8)).toBeCloseTo(0.05, 12);
    expect(twoSidedStudent(2.228138851986274, 10)).toBeCloseTo(0.05, 12);
    expect(binomialUpperTail(8, 10, 0.5)).toBeCloseTo(56 / 1024, 12);
    expect(exactSplitTest(5, 5)).toBe(1);
    expect(exactSplitTest(0, 2, 0.25)).toBeCloseTo(0.125, 12);
  });
});

describe('adjusted p-values', () => {
  it('are those of R: p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "BH") and "BY"', () => {
    const p = [0.05, 0.01, 0.04, 0.02, 0.03];
    for (const value of adjustForDiscoveries(p, 'independent')) expect(value).toBeCloseTo(0.05, 12);
    for (const value of adjustForDiscoveries(p, 'dependent'))
      expect(value).toBeCloseTo(0.05 * (137 / 60), 12);
  });

  it('keep the order given and never exceed 1', () => {
    expect(adjustForDiscoveries([0.9, 0.001], 'independent')).toEqual([0.9, 0.002]);
    expect(adjustForDiscoveries([], 'dependent')).toEqual([]);
  });
});

describe('goodness of fit', () => {
  it('gives the worked values for Mendel: 315, 101, 108, 32 against 9:3:3:1', () => {
    const counts = [315, 101, 108, 32];
    expect(chiSquareFit(counts, [9, 3, 3, 1]).statistic).toBeCloseTo(0.470024, 5);
    expect(chiSquareFit(counts, [9, 3, 3, 1]).p).toBeCloseTo(0.9254259, 6);
    expect(gTestFit(counts, [9, 3, 3, 1]).statistic).toBeCloseTo(0.475446, 5);
  });
});

describe('least squares', () => {
  it('recovers a polynomial exactly and refuses what it cannot determine', () => {
    const rows = [0, 1, 2, 3, 4].map((x) => [1, x, x * x]);
    const fit = leastSquares(
      rows,
      rows.map(([, x = 0, xx = 0]) => 2 + 3 * x - xx),
    );
    expect(fit?.coefficients.map((value) => Number(value.toFixed(10)))).toEqual([2, 3, -1]);
    expect(
      leastSquares(
        [
          [1, 2],
          [2, 4],
          [3, 6],
        ],
        [1, 2, 3],
      ),
    ).toBeNull();
    expect(leastSquares([[1, 2]], [1])).toBeNull();
  });

  it("without lags Newey and West is White's estimator: by hand for a mean", () => {
    const y = [1, 3, 2, 6];
    const squares = y.reduce((sum, value) => sum + (value - 3) ** 2, 0);
    const fit = neweyWest(
      y.map(() => [1]),
      y,
      0,
    );
    expect(fit?.standardErrors[0]).toBeCloseTo(Math.sqrt(((squares / 16) * 4) / 3), 12);
  });

  it('with one lag it adds half the covariance of neighbours: by hand for a mean', () => {
    const e = [-2, 0, -1, 3];
    const squares = 14;
    const neighbours = -2 * 0 + 0 * -1 + -1 * 3;
    const fit = neweyWest(
      e.map(() => [1]),
      e.map((value) => value + 3),
      1,
    );
    expect(fit?.standardErrors[0]).toBeCloseTo(Math.sqrt((((squares + neighbours) / 16) * 4) / 3), 12);
  });
});
