import { describe, expect, it } from 'vitest';
import { groupJackknife } from './group-jackknife.ts';
import { rankSensitivity, smallestTurn, turningWeights } from './rank-weights.ts';
import { standardiseUnits } from './standardise-units.ts';

/** Births with Down syndrome by age of mother (rows) and birth order (columns): Fleiss (1981), p. 249, printed with R's epitools. */
const births = [
  [230_061, 72_202, 15_050, 2_293, 327],
  [329_449, 326_701, 175_702, 68_800, 30_666],
  [114_920, 208_667, 207_081, 132_424, 123_419],
  [39_487, 83_228, 117_300, 98_301, 149_919],
  [14_208, 28_466, 45_026, 46_075, 104_088],
  [3_052, 5_375, 8_660, 9_834, 34_392],
];
const affected = [
  [107, 25, 3, 1, 0],
  [141, 150, 71, 26, 8],
  [60, 110, 114, 64, 63],
  [40, 84, 103, 89, 112],
  [39, 82, 108, 137, 262],
  [25, 39, 75, 96, 295],
];
const strata = births.map((own, s) =>
  own.map((n, u) => ({ n, sum: affected[s]?.[u] ?? 0, squares: affected[s]?.[u] ?? 0 })),
);

describe('units compared at one mix', () => {
  const found = standardiseUnits(strata);
  const each = (of: (unit: NonNullable<typeof found>['units'][number]) => number) => found?.units.map(of);

  it('gives the adjusted rates of Fay and Feuer (1997), table 1, for the births of Fleiss (1981)', () => {
    expect(each(({ standardised }) => Number((1e5 * standardised).toFixed(1)))?.slice(0, 3)).toEqual([
      92.3, 91.2, 85.1,
    ]);
  });

  it('agrees with an independent calculation (numpy) in rates, ratios and standard errors', () => {
    const close = (values: readonly number[] | undefined, expected: readonly number[], digits: number) =>
      expected.forEach((value, i) => {
        expect(values?.[i]).toBeCloseTo(value, digits);
      });
    close(
      each(({ standardised }) => 1e5 * standardised),
      [92.30452553, 91.17411683, 85.06922134, 92.71786506, 75.52900745],
      7,
    );
    close(
      each(({ crude }) => 1e5 * crude),
      [56.34750546, 67.61987693, 83.33054979, 115.45116807, 167.11418641],
      7,
    );
    close(
      each(({ indirect }) => indirect),
      [1.03924647, 1.03544694, 0.97554428, 1.05288777, 0.94726527],
      7,
    );
    close(
      each(({ standardError }) => 1e5 * standardError),
      [6.24849291, 4.60242758, 4.11421719, 6.7174511, 4.09974804],
      6,
    );
  });

  it('leaves out a stratum in which a unit has no case, and says what share that is', () => {
    const one = { n: 50, sum: 10, squares: 10 };
    const none = { n: 0, sum: 0, squares: 0 };
    const partly = standardiseUnits([
      [one, one],
      [one, none],
    ]);
    expect(partly?.leftOut).toEqual([1]);
    expect(partly?.shareLeftOut).toBeCloseTo(1 / 3, 12);
    expect(standardiseUnits([[one, none]])).toBeNull();
  });
});

describe('the delete-a-group jackknife', () => {
  it('is the standard error of a mean where each group is one case, an identity', () => {
    const values = [3, 1, 4, 1, 5, 9, 2, 6];
    const sum = values.reduce((a, b) => a + b, 0);
    const mean = sum / values.length;
    const spread = values.reduce((all, value) => all + (value - mean) ** 2, 0) / (values.length - 1);
    const found = groupJackknife(
      mean,
      values.map((value) => (sum - value) / (values.length - 1)),
    );
    expect(found?.standardError).toBeCloseTo(Math.sqrt(spread / values.length), 12);
    // Student's t with 7 degrees of freedom: 2.364624.
    expect((found?.high ?? 0) - mean).toBeCloseTo(2.364624 * Math.sqrt(spread / values.length), 5);
  });

  it('tells nothing from fewer than three groups or figures that are not defined', () => {
    expect(groupJackknife(1, [1, 2])).toBeNull();
    expect(groupJackknife(1, [1, 2, Number.NaN])).toBeNull();
  });
});

describe('the order of units under other weights', () => {
  // Three units by four measures; shares of four million draws by numpy, and exactly for the first against the second.
  const values = [
    [1.03 * 0.948, 1.03 * 0.87, 1.03 * 0.68, 1.03 * 1.07],
    [1, 1, 1, 1],
    [1.04, 1.03, 1.05, 1.02],
  ];
  const weights = [0.25, 0.25, 0.25, 0.25];
  const found = rankSensitivity({ values, weights }, { seed: 7, draws: 20_000 });

  it('agrees with an independent simulation (numpy) and with the exact share of the simplex', () => {
    expect(found.ranks).toEqual([3, 2, 1]);
    const [first, second, third] = found.shares[0] ?? [];
    // Three standard errors of 20,000 draws.
    expect(Math.abs((first ?? 0) - 0.0407)).toBeLessThan(0.0042);
    expect(Math.abs((second ?? 0) - 0.0617)).toBeLessThan(0.0051);
    // P(Σ d·v > 0) = Σ over d(k) > 0 of Π d(k)/(d(k) − d(j)) = 0.10235548 for v even over the simplex.
    expect(Math.abs((third ?? 0) - (1 - 0.10235548))).toBeLessThan(0.0065);
    expect(found.sameOrder).toBe(third);
  });

  it('names the place with all weight on one measure, and the weight at which it turns', () => {
    expect(found.alone.map((ranks) => ranks[0])).toEqual([3, 3, 3, 1]);
    const turns = turningWeights({ values, weights }, 0);
    // (1 − w)·(mean of the others less 1) + w·0.1021 = 0 with the mean of the others 0.857647.
    const gap = 1 - (1.03 * (0.948 + 0.87 + 0.68)) / 3;
    expect(turns[3]?.[0]?.side).toBe('above');
    expect(turns[3]?.[0]?.weight).toBeCloseTo(gap / (gap + 1.03 * 1.07 - 1), 12);
    expect(turns[2]).toEqual([]);
  });

  it('finds the least weight to move, from the worst measure to the best', () => {
    const turn = smallestTurn({ values, weights }, 0);
    expect(turn?.other).toBe(1);
    const differences = (values[0] ?? []).map((value) => value - 1);
    const gap = -differences.reduce((sum, value) => sum + value, 0) / 4;
    expect(turn?.moves).toHaveLength(1);
    expect(turn?.moves[0]).toMatchObject({ from: 2, to: 3 });
    // Linear: |difference|/(highest − lowest), as in section 8.4 of the method note.
    expect(turn?.shift).toBeCloseTo(gap / ((differences[3] ?? 0) - (differences[2] ?? 0)), 12);
  });
});
