import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { avoidableCost } from './avoidable-cost.ts';
import { caseMixChange } from './case-mix.ts';
import { equivalenceGroup } from './equivalence-group.ts';
import { fewestSampled, valueOutput } from './failure-demand.ts';
import { healthQuality } from './health-quality.ts';
import { inputVolume, productivityWithCitizens } from './input-volume.ts';
import { impliedWait } from './littles-law.ts';
import { qualityGrowth } from './quality-indicators.ts';
import { stayCredit, stayRule } from './stay-credit.ts';
import { conservation, stockWindow } from './stock.ts';
import { sumCheck } from './sum-check.ts';
import { volumeMix } from './volume-mix.ts';

describe('health in four parts', () => {
  const group = {
    id: 'g',
    x0: 100,
    x1: 100,
    c0: 10,
    a0: 0.95,
    a1: 0.95,
    k: 0.8,
    L0: 10,
    L1: 10,
    w0: 0.3,
    w1: 0.3,
  };
  const quality = (change: Partial<typeof group>) => healthQuality([{ ...group, ...change }]).qualityIndex;

  test('rises with survival and with life, falls with the wait, and stays where nothing changes', () => {
    expect(quality({})).toBeCloseTo(1, 12);
    expect(quality({ a1: 0.96 })).toBeGreaterThan(1);
    expect(quality({ L1: 11 })).toBeGreaterThan(1);
    expect(quality({ w1: 0.4 })).toBeLessThan(1);
  });

  test.each([
    [{ w1: 110 }, /is it in days/],
    [{ w0: -1 }, /negative/],
    [{ k: 1 }, /k does not lie/],
    [{ L0: 0 }, /life expectancy/],
    [{ a1: 1.1 }, /above 1/],
    [{ a1: 0.8 }, /not above k/],
    [{ L1: 0.1, w1: 3 }, /outweighs/],
  ])('%j falls back to volume and says why', (change, reason) => {
    const found = healthQuality([
      { ...group, ...change, x1: 110 },
      { ...group, id: 'h' },
    ]);
    expect(found.groups[0]?.fellBackBecause).toMatch(reason);
    expect(found.groups[0]?.survivalFactor).toBeNull();
    expect(found.qualityAdjustedIndex).toBeCloseTo(1.05, 12);
    expect(found.qualityIndex).toBeCloseTo(1, 12);
  });

  test('falls where less health is gained, by (a1 − k1)/(a0 − k), and falls back where k1 makes no sense', () => {
    const gained = healthQuality([{ ...group, k1: 0.85 }]);
    expect(gained.qualityIndex).toBeCloseTo((0.95 - 0.85) / (0.95 - 0.8), 12);
    expect(healthQuality([{ ...group, k1: 0.95 }]).groups[0]?.fellBackBecause).toMatch(/not above k/);
  });

  test('without discounting counts years as they are', () => {
    const { groups } = healthQuality([group], { rL: 0, rw: 0 });
    expect(groups[0]?.lambdaBase).toBeCloseTo(9.7, 12);
  });
});

describe('quality indicators', () => {
  const one = { id: 'a', base: 0.5, current: 0.5, direction: 'up' as const, weight: 1, isShare: true };

  test('name what is saturated and state no growth from nothing', () => {
    expect(qualityGrowth([{ ...one, base: 0.97, current: 0.985 }])?.saturated).toEqual(['a']);
    expect(qualityGrowth([{ ...one, base: 0 }])).toBeNull();
    expect(qualityGrowth([{ ...one, direction: 'down', base: 1 }])).toBeNull();
  });

  test('turn a mean where lower is better, and a collapse to nothing ends the geometric mean', () => {
    expect(
      qualityGrowth([{ ...one, isShare: false, direction: 'down', base: 20, current: 16 }])?.arithmetic,
    ).toBeCloseTo(0.25, 12);
    expect(qualityGrowth([{ ...one, current: 0 }])?.geometric).toBe(-1);
  });
});

describe('case mix', () => {
  const stratum = (
    id: string,
    baseN: number,
    baseSuccess: number,
    currentN: number,
    currentSuccess: number,
  ) => ({
    id,
    baseN,
    baseSuccess,
    currentN,
    currentSuccess,
  });

  test('puts small strata together and leaves out one without cases on a side, with its share', () => {
    const found = caseMixChange([
      stratum('a', 100, 50, 90, 50),
      stratum('b', 8, 4, 20, 10),
      stratum('c', 20, 10, 9, 5),
      stratum('d', 0, 0, 11, 11),
    ]);
    expect(found?.pooled).toEqual(['b', 'c']);
    expect(found?.leftOut).toEqual(['d']);
    expect(found?.shareLeftOut).toBeCloseTo(11 / 130, 12);
    expect(found?.crudeBase).toBeCloseTo(64 / 128, 12);
    expect(caseMixChange([stratum('a', 0, 0, 5, 5)])).toBeNull();
  });

  test('finds nothing where each stratum stands still, whoever comes', () => {
    const amount = fc.integer({ min: 20, max: 500 });
    fc.assert(
      fc.property(amount, amount, amount, amount, (n1, n2, m1, m2) => {
        const found = caseMixChange([
          stratum('easy', n1 * 10, n1 * 9, m1 * 10, m1 * 9),
          stratum('hard', n2 * 10, n2 * 5, m2 * 10, m2 * 5),
        ]);
        expect(found?.indirect).toBeCloseTo(1, 12);
        expect(found?.direct).toBeCloseTo(1, 12);
      }),
    );
  });
});

describe('inputs', () => {
  test('may be declared none, and contributions add to growth', () => {
    const found = inputVolume({
      labour: [{ grade: 'x', base: 10, current: 11, pay: 100 }],
      labourIndirect: 'none',
      goodsServices: { spendBase: 1000, spendCurrent: 1050, deflator: 1.05 },
      capital: 'none',
    });
    expect(found?.growth).toBeCloseTo(0.05, 12);
    expect(found?.components.map((one) => one.component)).toEqual(['labour-direct', 'goods-services']);
    const none = { labour: [], labourIndirect: 'none', goodsServices: 'none', capital: 'none' } as const;
    expect(inputVolume(none)).toBeNull();
  });

  test('a gain of the body that citizens pay for with their time is flagged', () => {
    const given = { outputGrowth: 0, inputGrowth: -0.05, inputCost: 1000, poundsAnHour: 10, hoursBase: 100 };
    const paid = productivityWithCitizens({ ...given, hoursCurrent: 110 });
    // Body 950 for 1000; with time (950 + 1100)/2000.
    expect(paid.productivity).toBeCloseTo(1 / 0.95 - 1, 12);
    expect(paid.withCitizens).toBeCloseTo(2000 / 2050 - 1, 12);
    expect(paid.isPaidForByCitizens).toBe(true);
    expect(productivityWithCitizens({ ...given, hoursCurrent: 100 }).isPaidForByCitizens).toBe(false);
  });
});

test('an equivalence group of one is that output, and an empty base has no index', () => {
  const member = { id: 'a', unitCost: 5, base: 10, current: 12, fixedShare: 0 };
  expect(equivalenceGroup([member])).toMatchObject({ separate: 1.2, group: 1.2, weight: 5 });
  expect(equivalenceGroup([{ ...member, base: 0 }])).toBeNull();
});

test('capacity that grows is always paid for, released or not', () => {
  const channel = {
    id: 'a',
    fixed: 0,
    stepCost: 7,
    stepCapacity: 10,
    variable: 1,
    base: 10,
    current: 11,
    isNew: false,
    stepsReleased: false,
  };
  expect(avoidableCost([channel]).saving).toBe(-8);
});

describe('failure demand', () => {
  const sample = (period: number, failure: number) => ({
    period,
    contacts: 1000,
    found: { failure, sampled: fewestSampled },
    gapBefore: false,
  });

  test('carries the error of both samples into the index', () => {
    const found = valueOutput([sample(1, 100), sample(2, 110)]);
    const half = 1.95996398454 * Math.sqrt(100 / (200 * 100) + 110 / (200 * 90));
    expect(found?.[1]?.indexInterval?.low).toBeCloseTo(0.9 * Math.exp(-half), 9);
    expect(found?.[1]?.indexInterval?.high).toBeCloseTo(0.9 * Math.exp(half), 9);
    expect(found?.[0]?.indexInterval).toBeNull();
  });

  test('has no index where everything in the first period was failure', () => {
    expect(valueOutput([sample(1, 200), sample(2, 100)])).toBeNull();
    expect(valueOutput([sample(1, 100), sample(2, 200)])?.[1]?.indexInterval).toBeNull();
  });
});

test('mix is nothing when every activity grows alike', () => {
  const rows = [
    { id: 'a', group: 'x', unitCost: 3, base: 10, current: 11 },
    { id: 'b', group: 'x', unitCost: 9, base: 20, current: 22 },
    { id: 'c', group: 'y', unitCost: 5, base: 0, current: 0 },
  ];
  expect(volumeMix(rows)?.mix).toBeCloseTo(0, 12);
  expect(volumeMix([])).toBeNull();
});

test('stays: the rule of a reference year, and an open stay gets its part of the mean', () => {
  // Non-zero stays 2, 4, 6, 20: upper quartile 9.5, mean of 2, 4, 6 and 9.5.
  const rule = stayRule([0, 2, 4, 6, 20]);
  expect(rule).toEqual({ trimPoint: 9.5, meanCapped: 5.375 });
  expect(stayRule([0, 0])).toBeNull();
  const fixed = { trimPoint: 10, meanCapped: 6 };
  expect(stayCredit(5, fixed, true)).toBe(3);
  expect(stayCredit(500, fixed, true)).toBe(6);
});

describe('stock', () => {
  test('a case that never ended is open at the end, and cases that came from nowhere are named', () => {
    const found = stockWindow([{ start: 2, end: null }], 0, 10);
    expect(found).toMatchObject({ closing: 1, caseDays: 8, isConserved: true });
    const odd = conservation({
      opening: 1,
      received: 1,
      reopened: 0,
      completed: 0,
      transferredOut: 1,
      setAside: 0,
      closing: 2,
    });
    expect(odd.verdict).toBe('not conserved: 1 case is open that never came in');
    expect(odd.unexplainedShare).toBeNull();
  });

  test('a window is conserved whatever the cases', () => {
    const one = fc.record({
      start: fc.integer({ min: -20, max: 40 }),
      length: fc.option(fc.integer({ min: 0, max: 50 })),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 30 }), (rows) => {
        const cases = rows.map(({ start, length }) => ({
          start,
          end: length === null ? null : start + length,
        }));
        expect(stockWindow(cases, 0, 20).isConserved).toBe(true);
      }),
    );
  });

  test('a measured wait far from the implied one is in doubt, and a stock that moves is not steady', () => {
    const given = {
      opening: 100,
      closing: 100,
      completions: 520,
      arrivals: 520,
      weeks: 52,
      measuredWeeks: 6,
    };
    expect(impliedWait(given)).toMatchObject({ weeks: 10, isSteady: true, isInDoubt: true });
    expect(impliedWait({ ...given, measuredWeeks: 9 })?.isInDoubt).toBe(false);
    expect(impliedWait({ ...given, closing: 200 })).toMatchObject({ isSteady: false, weeksByArrivals: 15 });
    expect(impliedWait({ ...given, completions: 0 })).toBeNull();
  });
});

test('a sum is exact, within rounding, or fails', () => {
  expect(sumCheck([1, 2], 3, 1).verdict).toBe('exact');
  expect(sumCheck([0.1, 0.2], 0.3, 0.1).verdict).toBe('exact');
  expect(sumCheck([1, 2], 4, 1)).toMatchObject({ verdict: 'rounding', allowance: 1.5 });
  expect(sumCheck([1, 2], 5, 1).verdict).toBe('fails');
});
