import { describe, expect, it } from 'vitest';
import { fixtureJson, fixtureRows, hasFixtures } from '../stats/fixtures.test-support.ts';
import { runCalc } from './index.ts';
import { trustMethods } from './trust-methods.ts';

describe.skipIf(!hasFixtures)('fixtures, as an auditor would run them', () => {
  it('benford: waiting lists, by counts', () => {
    const counts = fixtureRows('benford_waiting_list.csv').map((row) => Number(row.count));
    const fit = runCalc('benford', { counts }) as Record<string, number>;
    expect(fit.chiSquare).toBeCloseTo(5.9584, 4);
    expect(fit.p).toBeCloseTo(0.6519, 4);
    expect(fit).toMatchObject({ df: 8, n: 594, applicable: null });
  });

  it('lint-metric: every definition', () => {
    const { bad, good } = fixtureJson<{
      bad: readonly { definition: object; must_flag: readonly string[] }[];
      good: readonly { definition: object }[];
    }>('metric_linter_cases.json');
    const rules = (definition: object) =>
      (runCalc('lint-metric', definition) as { flags: readonly { rule: string }[] }).flags.map(
        ({ rule }) => rule,
      );
    for (const { definition, must_flag } of bad) expect(rules(definition)).toEqual(must_flag);
    for (const { definition } of good) expect(rules(definition)).toEqual([]);
  });

  it('efficiency: every claim', () => {
    const { cases } = fixtureJson<{ cases: readonly { claim: object; expected: object }[] }>(
      'gef_cases.json',
    );
    for (const { claim, expected } of cases) expect(runCalc('efficiency', claim)).toMatchObject(expected);
  });

  it('cohort: twenty cases, from the rows of the file', () => {
    const cases = fixtureRows('cohort_cases.csv').map((row) =>
      Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value === '' ? null : value])),
    );
    const { observed_to, by_age_days, at_observation_end } = fixtureJson<{
      observed_to: string;
      by_age_days: object;
      at_observation_end: object;
    }>('cohort_expected.json');
    const found = runCalc('cohort', { cases, observed_to }) as { by_age_days: object };
    expect(found.by_age_days).toEqual(by_age_days);
    expect(found).toMatchObject({ at_observation_end });
  });

  it('bunching: the kink', () => {
    const counts = fixtureRows('bunching_kink_bins.csv').map((row) => Number(row.count));
    const found = runCalc('bunching', { counts, target: 20, scale: 20 }) as { byDegree: readonly object[] };
    expect(found).toMatchObject({ testable: true, leans: true });
    const { by_degree } = fixtureJson<{ by_degree: Record<string, { B: number }> }>(
      'bunching_kink_expected.json',
    );
    for (const one of found.byDegree as readonly { degree: number; excess: number }[])
      expect(Math.abs(one.excess - (by_degree[String(one.degree)]?.B ?? 0))).toBeLessThan(1e-3);
  });

  it('density and window: four-hour shares of organisations', () => {
    const sums = new Map<string, { unit: string; type1: number; seen: number; late: number }>();
    for (const row of fixtureRows('ae_attendances.csv')) {
      const key = `${row.period} ${row.org_code}`;
      const sum = sums.get(key) ?? { unit: row.org_code ?? '', type1: 0, seen: 0, late: 0 };
      if (row.type === '1') sum.type1 += Number(row.attendances);
      sum.seen += Number(row.attendances);
      sum.late += Number(row.breaches);
      sums.set(key, sum);
    }
    const months = [...sums.values()].filter(({ type1 }) => type1 >= 500);
    const values = months.map(({ seen, late }) => (seen - late) / seen);
    const units = months.map(({ unit }) => unit);
    const window = runCalc('window', { values, units, cut: 0.95, width: 0.005 }) as {
      clustered: { z: number; p: number };
      exact: number;
    };
    expect(window).toMatchObject({ testable: true, below: 99, above: 139 });
    expect(window.exact).toBeCloseTo(0.0113152, 6);
    expect(window.clustered.z).toBeCloseTo(2.2431, 4);
    expect(window.clustered.p).toBeCloseTo(0.02489, 4);
    const density = runCalc('density', { values, cut: 0.95, bandwidth: 0.02 }) as {
      jumps: readonly { left: number; right: number; statistic: number }[];
      dependsOnBandwidth: boolean;
    };
    expect(Math.abs((density.jumps[0]?.left ?? 0) - 3.8624)).toBeLessThan(2e-4);
    expect(Math.abs((density.jumps[0]?.right ?? 0) - 6.0473)).toBeLessThan(2e-4);
    expect(density.dependsOnBandwidth).toBe(true);
  });
});

describe('refusals', () => {
  const faults = (name: string, input: unknown) => {
    try {
      runCalc(name, input);
    } catch (error) {
      return (error as { faults: readonly { message: string }[] }).faults
        .map(({ message }) => message)
        .join(' ');
    }
    return 'none';
  };

  it('say what is wrong, where', () => {
    const byCounts = runCalc('benford', { counts: [301, 176, 125, 97, 79, 67, 58, 51, 46] });
    expect(byCounts).toMatchObject({ applicable: null, why: expect.stringMatching(/^not known/) });
    expect(runCalc('benford', { counts: [3, 1, 1, 1, 1, 1, 1, 1, 1] })).toMatchObject({ applicable: false });
    const wide = Array.from({ length: 400 }, (_, i) => 10 ** (i / 100));
    expect(runCalc('benford', { values: wide })).toMatchObject({ applicable: true, why: null });
    expect(runCalc('heaping', { values: Array.from({ length: 60 }, (_, i) => i) })).not.toHaveProperty(
      'leans',
    );
    expect(faults('benford', {})).toMatch(/either counts or values/);
    expect(faults('benford', { counts: [0, 0, 0, 0, 0, 0, 0, 0, 0] })).toMatch(
      /no number with a first digit/,
    );
    expect(faults('window', { values: [1], units: [], cut: 1, width: 1 })).toMatch(/one unit for each value/);
    expect(faults('bunching', { counts: [1, 2, 3, 4, 5], target: 9 })).toMatch(/beyond the bins/);
    expect(faults('efficiency', { output: [0.1, 0.2, 0.3] })).toMatch(/outside its bounds/);
    expect(faults('lint-metric', { stat: 'avarage' })).toMatch(/not one of the known values/);
    expect(faults('lint-metric', { denominator_scope: 'all', excluded_share: 0.4 })).toMatch(
      /cases are left out and denominator_scope says "all"/,
    );
    const cohort = (...cases: readonly object[]) =>
      faults('cohort', { cases, observed_to: '2025-06-30', ages: [60] });
    const row = {
      case_id: 'a',
      received: '2025-01-06',
      first_decision: 'refused',
      first_decision_date: '2025-02-10',
    };
    expect(cohort(row, row)).toMatch(/cases\[1\]\.case_id: "a" is given twice, in rows 0 and 1/);
    expect(cohort({ ...row, appeal_date: '2025-02-09' })).toMatch(/the appeal is before the decision/);
    expect(cohort({ case_id: 'a', received: '2025-01-06', appeal_date: '2025-01-05' })).toMatch(
      /before receipt/,
    );
    expect(
      cohort({
        ...row,
        appeal_date: '2025-02-20',
        appeal_result: 'upheld',
        appeal_result_date: '2025-02-19',
      }),
    ).toMatch(/the appeal is decided before it is made/);
    const group = {
      id: 'hip',
      x0: 1,
      x1: 1,
      c0: 6,
      a0: 0.95,
      a1: 0.96,
      k: 0.8,
      L0: 12,
      L1: 12,
      w0: 0,
      w1: 0,
    };
    expect(faults('quality-health', { groups: [group, group] })).toMatch(/"hip" is given twice/);
    expect(faults('lint-metric', {})).toMatch(/too little to tell/);
    expect(faults('lint-metric', { absent: 'default' })).toMatch(/too little to tell/);
    expect(runCalc('lint-metric', { absent: 'not-checked' })).toMatchObject({ flags: [], assumed: [] });
    expect(runCalc('lint-metric', { stat: 'median' })).toMatchObject({
      flags: [],
      assumed: expect.arrayContaining(['counts', 'claims']),
    });
  });

  it('every method of this family is named and sourced once', () => {
    expect(new Set(trustMethods.map(({ name }) => name)).size).toBe(trustMethods.length);
  });
});
