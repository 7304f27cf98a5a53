import { describe, expect, it } from 'vitest';
import { fixtureJson, hasFixtures } from '../../stats/fixtures.test-support.ts';
import { nonIncreasing } from '../../stats/index.ts';
import { streamOf } from '../gaming/made-data.test-support.ts';
import { costGenerated, type GeneratedCosts } from './cost-generated.ts';
import { effortReturn } from './effort-return.ts';
import { payoutError } from './payout-error.ts';

interface Claims {
  readonly inputs: Record<
    | 'claims'
    | 'mean_paid_gbp'
    | 'handlers_base'
    | 'cost_per_handler_gbp'
    | 'output_per_handler_gain'
    | 'leakage_base'
    | 'leakage_fast',
    number
  >;
  readonly expected: Record<string, number>;
}

const nothing = { recontact: 0, rework: 0, complaintsAndAppeals: 0, wrongfulRefusal: 0, recoveries: 0 };

describe.skipIf(!hasFixtures)('claims handled faster', () => {
  it('cost less to handle and more in the end', () => {
    const { inputs, expected } = fixtureJson<{ claims_cost_generated: Claims }>(
      'worked_examples.json',
    ).claims_cost_generated;
    const { claims, mean_paid_gbp, handlers_base, cost_per_handler_gbp } = inputs;
    const team = (name: string, handlers: number, leakage: number): GeneratedCosts => ({
      team: name,
      cases: claims,
      handling: handlers * cost_per_handler_gbp,
      payoutError: claims * mean_paid_gbp * leakage,
      ...nothing,
    });
    const handlersFast = handlers_base / (1 + inputs.output_per_handler_gain);
    const teams = [
      team('base', handlers_base, inputs.leakage_base),
      team('fast', handlersFast, inputs.leakage_fast),
    ];
    const ledger = teams.reduce((sum, { handling, payoutError: error }) => sum + handling + error, 0);
    const report = costGenerated({ teams, unattributed: 0, ledger, assignment: 'random' });
    if (!report.isBalanced) throw new Error(report.why);
    const [base, fast] = report.teams;
    expect(handlersFast).toBeCloseTo(expected.handlers_needed_fast ?? 0, 6);
    expect(base?.handlingPerCase).toBeCloseTo(expected.handling_per_claim_base ?? 0, 9);
    expect(fast?.handlingPerCase).toBeCloseTo(expected.handling_per_claim_fast ?? 0, 6);
    expect((teams[0]?.payoutError ?? 0) / claims).toBeCloseTo(expected.leakage_per_claim_base ?? 0, 9);
    expect((teams[1]?.payoutError ?? 0) / claims).toBeCloseTo(expected.leakage_per_claim_fast ?? 0, 9);
    expect((teams[1]?.payoutError ?? 0) - (teams[0]?.payoutError ?? 0)).toBeCloseTo(
      expected.extra_leakage_gbp ?? 0,
      6,
    );
    expect((teams[0]?.handling ?? 0) - (teams[1]?.handling ?? 0)).toBeCloseTo(
      expected.staff_saving_gbp ?? 0,
      2,
    );
    expect((fast?.generatedPerCase ?? 0) - (base?.generatedPerCase ?? 0)).toBeCloseTo(
      expected.change_in_cost_generated_per_claim ?? 0,
      6,
    );
  });
});

describe('cost generated', () => {
  const team: GeneratedCosts = {
    team: 'a',
    cases: 100,
    handling: 1000,
    payoutError: 200,
    recontact: 50,
    rework: 40,
    complaintsAndAppeals: 30,
    wrongfulRefusal: 20,
    recoveries: 90,
  };

  it('adds all that followed, less recoveries', () => {
    const report = costGenerated({ teams: [team], unattributed: 50, ledger: 1300, assignment: 'neither' });
    expect(report).toMatchObject({ isBalanced: true, mayCompare: false });
    if (report.isBalanced) expect(report.teams[0]).toMatchObject({ generated: 1250, generatedPerCase: 12.5 });
  });

  it('gives no figure where the parts do not add to the ledger within 1%', () => {
    expect(
      costGenerated({ teams: [team], unattributed: 0, ledger: 1300, assignment: 'random' }),
    ).toMatchObject({
      isBalanced: false,
      difference: -50,
    });
  });

  it('gives no mean of fewer than ten cases', () => {
    const few = costGenerated({
      teams: [{ ...team, cases: 9 }],
      unattributed: 0,
      ledger: 1250,
      assignment: 'random',
    });
    if (few.isBalanced) expect(few.teams[0]?.generatedPerCase).toBeNull();
    expect(few.isBalanced).toBe(true);
  });
});

describe('payout error', () => {
  it('counts over- and underpayment, both', () => {
    const sample = [
      ...Array.from({ length: 36 }, () => ({ paid: 100, correct: 100 })),
      { paid: 120, correct: 100 },
      { paid: 120, correct: 100 },
      { paid: 80, correct: 100 },
      { paid: 80, correct: 100 },
    ];
    const found = payoutError(sample, 1000);
    expect(found?.overpaid.ratio).toBeCloseTo(40 / 4000, 12);
    expect(found?.underpaid.ratio).toBeCloseTo(40 / 4000, 12);
    expect(found?.error.ratio).toBeCloseTo(0.02, 12);
    expect(found?.wrongShare).toBe(0.1);
    expect(found?.error.low).toBeLessThan(0.02);
    expect(payoutError(sample.slice(0, 29), 1000)).toBeNull();
  });

  it('within kinds is put together at what was paid on each, and narrower where kinds differ', () => {
    // Worked out by hand from sums: 30 small payments of £100, 3 of them £10 too much; 30 large of £1,000, 6 of them £100 too much.
    const small = Array.from({ length: 30 }, (_, i) => ({
      paid: 100,
      correct: i < 3 ? 90 : 100,
      stratum: 's',
    }));
    const large = Array.from({ length: 30 }, (_, i) => ({
      paid: 1000,
      correct: i < 6 ? 900 : 1000,
      stratum: 'l',
    }));
    const strata = [
      { stratum: 's', cases: 9000, paid: 900_000 },
      { stratum: 'l', cases: 100, paid: 100_000 },
    ];
    const found = payoutError([...small, ...large], null, strata);
    expect(found?.overpaid.ratio).toBeCloseTo(0.9 * (30 / 3000) + 0.1 * (600 / 30_000), 12);
    // Variance of a mean of equal payments: p(1 − p)·e²/(n − 1) each, less the share of the kind that was audited.
    const variance = (p: number, size: number, cases: number) =>
      ((p * (1 - p) * size ** 2) / 29) * (1 - 30 / cases);
    const expected = Math.sqrt(0.9 ** 2 * variance(0.1, 0.1, 9000) + 0.1 ** 2 * variance(0.2, 0.1, 100));
    expect(found?.overpaid.standardError).toBeCloseTo(expected, 12);
    const mixed = payoutError([...small, ...large], 9100);
    expect(mixed?.overpaid.ratio).toBeCloseTo(630 / 33_000, 12);
    // One kind alone is the ratio estimate itself; kinds with too few are taken together.
    expect(payoutError(small, 9000, [{ stratum: 's', cases: 9000, paid: 900_000 }])).toEqual(
      payoutError(small, 9000),
    );
    const few = [...small, ...large.slice(0, 29)];
    expect(payoutError(few, null, strata)?.overpaid.ratio).toBeCloseTo(
      payoutError(few, null)?.overpaid.ratio ?? 0,
      12,
    );
  });
});

describe('effort against return', () => {
  // Saving 100·(1 − e^(−m/20)): the next minute brings 5·e^(−m/20), and £1 at m = 32.2.
  const saving = (minutes: number) => 100 * (1 - Math.exp(-minutes / 20));
  const groups = (noise: () => number) =>
    [5, 15, 25, 35, 45, 55].map((minutes) => ({
      minutes,
      saving: saving(minutes) + noise(),
      standardError: 0.5,
      cases: 500,
    }));

  it('finds where the next minute stops paying, and how sure that is', () => {
    const found = effortReturn({ groups: groups(() => 0), costPerMinute: 1, assignment: 'random' });
    if (!found.isTold) throw new Error(found.why);
    expect(found.best).toBe(35);
    expect(found.interval.low).toBeGreaterThanOrEqual(25);
    expect(found.interval.high).toBeLessThanOrEqual(45);
    expect(found.atEdge).toBeNull();
    const fitted = found.marginal.map((one) => one.fitted);
    expect(fitted).toEqual(fitted.toSorted((a, b) => b - a));
  });

  it('recovers it from noisy groups', () => {
    const best = Array.from({ length: 40 }, (_, run) => {
      const u = streamOf('effort', run);
      const found = effortReturn({
        groups: groups(() => u() - 0.5),
        costPerMinute: 1,
        assignment: 'quasi-random',
        replicates: 50,
      });
      return found.isTold ? found.best : 0;
    });
    expect(best.filter((minutes) => minutes === 35).length).toBeGreaterThan(36);
  });

  it('puts kinds of case together by their curves, not by which of them happened to get more effort', () => {
    // Worked out by hand. Errors that a minute saves, £: quick ones 4, 0.5, 0 and hard ones 2, 2, 0.2, per ten minutes from 10 on.
    const curve = (start: number, steps: readonly number[]) =>
      [10, 20, 30, 40].map((minutes, i) => ({
        minutes,
        saving: start + steps.slice(0, i).reduce((sum, step) => sum + 10 * step, 0),
        ...{ standardError: 0, cases: 100 },
      }));
    const [quick, hard] = [curve(-100, [4, 0.5, 0]), curve(-400, [2, 2, 0.2])];
    const kinds = [
      { share: 0.5, groups: quick },
      { share: 0.5, groups: hard },
    ];
    const bestAt = (costPerMinute: number) => {
      const found = effortReturn({
        groups: quick,
        kinds,
        costPerMinute,
        assignment: 'random',
        replicates: 50,
      });
      return found.isTold ? [found.best, found.bagged] : [];
    };
    // Together 3, 1.25 and 0.1.
    expect(bestAt(1)).toEqual([30, 30]);
    expect(bestAt(2)).toEqual([20, 20]);
    expect(bestAt(0.05)).toEqual([40, 40]);
    // Quick cases that happened to get more minutes: taken together every further minute seems to pay £5 or more.
    const mixed = [0.2, 0.4, 0.7, 0.9].map((share, i) => ({
      minutes: 10 + 10 * i,
      saving: share * (quick[i]?.saving ?? 0) + (1 - share) * (hard[i]?.saving ?? 0),
      ...{ standardError: 0, cases: 100 },
    }));
    const given = { groups: mixed, costPerMinute: 1, assignment: 'random', replicates: 50 } as const;
    expect(effortReturn(given)).toMatchObject({ best: 40 });
    expect(effortReturn({ ...given, kinds })).toMatchObject({ best: 30 });
  });

  it('takes the mean over draws where the curve falls to the cost, which misses by less', () => {
    // 100·(1 − e^(−m/20)) falls to £1 a minute at 32.2; errors of £6 at each effort.
    const misses = Array.from({ length: 60 }, (_, run) => {
      const u = streamOf('bagged', run);
      const noise = () => 6 * (u() + u() + u() + u() - 2) * Math.sqrt(3);
      const noisy = groups(noise).map((group) => ({ ...group, standardError: 6 }));
      const found = effortReturn({ groups: noisy, costPerMinute: 1, assignment: 'random', replicates: 100 });
      return found.isTold ? { best: found.best - 32.2, bagged: found.bagged - 32.2 } : { best: 0, bagged: 0 };
    });
    const size = (of: (one: (typeof misses)[number]) => number) =>
      Math.sqrt(misses.reduce((sum, one) => sum + of(one) ** 2, 0) / misses.length);
    expect(size(({ bagged }) => bagged)).toBeLessThan(size(({ best }) => best));
  });

  it('compares efforts only within a block, and then leaves out what blocks differ by', () => {
    // The first block is worse by £70 throughout and tried little effort more often: without blocks effort seems to pay more.
    const cell = (minutes: number, block: string, less: number) => ({
      minutes,
      block,
      saving: saving(minutes) - less,
      standardError: 0.5,
      cases: 100,
    });
    const blocked = [
      ...[5, 15, 25, 35].map((minutes) => cell(minutes, 'a', 70)),
      ...[25, 35, 45, 55].map((minutes) => cell(minutes, 'b', 0)),
    ];
    const found = effortReturn({ groups: blocked, costPerMinute: 1, assignment: 'quasi-random' });
    const plain = effortReturn({ groups: groups(() => 0), costPerMinute: 1, assignment: 'random' });
    if (!found.isTold || !plain.isTold) throw new Error('not told');
    expect(found.best).toBe(plain.best);
    found.marginal.forEach(({ observed }, i) => {
      expect(observed).toBeCloseTo(plain.marginal[i]?.observed ?? 0, 9);
    });
    expect(found).toMatchObject({ interval: { low: 35, high: 35 }, range: { low: 25, high: 45 } });
    // Two cells of standard error 0.5 each side of ten minutes: 1.96·√(0.5² + 0.5²)/10, where both stand in one block.
    const [first] = plain.marginal;
    expect((first?.high ?? 0) - (first?.observed ?? 0)).toBeCloseTo((1.95996398454 * Math.SQRT1_2) / 10, 9);
    const apart = blocked.filter(({ minutes, block }) => minutes < 25 === (block === 'a'));
    expect(effortReturn({ groups: apart, costPerMinute: 1, assignment: 'random' }).isTold).toBe(false);
  });

  it('holds what the next minute truly brings in 95 of 100 ranges, or nearly', () => {
    const [from, to] = [15, 25];
    const truth = (saving(to) - saving(from)) / (to - from);
    const runs = 200;
    const held = Array.from({ length: runs }, (_, run) => {
      const u = streamOf('next minute', run);
      // The sum of twelve uniforms less six: mean 0, variance 1.
      const noise = () => 3 * (Array.from({ length: 12 }, u).reduce((sum, value) => sum + value, 0) - 6);
      const found = effortReturn({
        groups: groups(noise).map((group) => ({ ...group, standardError: 3 })),
        costPerMinute: 1,
        assignment: 'random',
        window: { from, to },
        replicates: 50,
      });
      const step = found.isTold ? found.marginal.find((one) => one.from === from) : undefined;
      return step !== undefined && step.low <= truth && truth <= step.high;
    }).filter(Boolean).length;
    expect(held / runs).toBeGreaterThan(0.9);
  });

  it('cannot tell where effort was chosen by difficulty, or too little was tried', () => {
    expect(
      effortReturn({ groups: groups(() => 0), costPerMinute: 1, assignment: 'by difficulty' }),
    ).toMatchObject({ isTold: false, why: expect.stringMatching(/^Cannot tell/) });
    expect(
      effortReturn({ groups: groups(() => 0).slice(0, 2), costPerMinute: 1, assignment: 'random' }).isTold,
    ).toBe(false);
  });

  it('says where the best lies at the edge of what was tried', () => {
    expect(
      effortReturn({ groups: groups(() => 0), costPerMinute: 0.01, assignment: 'random' }),
    ).toMatchObject({
      best: 55,
      atEdge: 'most tried',
    });
    expect(effortReturn({ groups: groups(() => 0), costPerMinute: 50, assignment: 'random' })).toMatchObject({
      best: 5,
      atEdge: 'least tried',
    });
  });
});

describe('monotone regression', () => {
  it('pools what rises, by weight', () => {
    expect(nonIncreasing([5, 3, 4, 1], [1, 1, 3, 1])).toEqual([5, 3.75, 3.75, 1]);
    expect(nonIncreasing([1, 2, 3], [1, 1, 1])).toEqual([2, 2, 2]);
  });
});
