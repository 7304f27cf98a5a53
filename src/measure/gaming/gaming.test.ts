import { describe, expect, it } from 'vitest';
import { fixtureJson, fixtureRows, hasFixtures } from '../../stats/fixtures.test-support.ts';
import { bunching } from './bunching.ts';
import { codingDrift } from './coding-drift.ts';
import { creamSkimming } from './cream-skimming.ts';
import { benfordFit, firstDigitCounts, firstDigits } from './first-digits.ts';
import { heaping } from './heaping.ts';
import { madeDurations, madeMinutes, madeResults, madeSeries, streamOf } from './made-data.test-support.ts';
import { measuredAgainstUnmeasured } from './measured-against-unmeasured.ts';
import { officialAgainstIndependent } from './official-against-independent.ts';
import { periodEnd } from './period-end.ts';
import { ratchet } from './ratchet.ts';
import { type NotTestable, screenFamily, type Tested, tested } from './screen.ts';
import { targetAndDenominator } from './target-and-denominator.ts';
import { thresholdDensity } from './threshold-density.ts';
import { thresholdWindow } from './threshold-window.ts';

const required = /^Pattern consistent with .+\. Also consistent with: .+ \/ .+\. To tell them apart: .+\.$/;

/** The screen as run, or the test stops with why it was not. */
function ran<T extends Tested>(screen: T | NotTestable): T {
  if (!screen.isTestable) throw new Error(screen.statement);
  return screen;
}

describe('what a screen says', () => {
  const words = { pattern: 'x', also: ['y', 'z'], tellApart: 'w' };

  it('is the required wording where chance will not do', () => {
    expect(tested({ test: 'T1', n: 100, p: 0.01, leans: true, words }).statement).toBe(
      'Pattern consistent with x. Also consistent with: y / z. To tell them apart: w.',
    );
  });

  it('is no pattern where chance would do, or the data lean the other way', () => {
    expect(tested({ test: 'T1', n: 100, p: 0.2, leans: true, words }).statement).toMatch(
      /^No pattern.*20\.0%/,
    );
    expect(tested({ test: 'T1', n: 100, p: 0.0001, leans: false, words }).statement).toMatch(/^No pattern/);
  });

  it('within a family is held to a false discovery rate of 5%', () => {
    const screens = [0.03, 0.6, 0.7].map((p) =>
      tested({ test: 'T1' as const, n: 100, p, leans: true, words }),
    );
    expect(screenFamily(screens.slice(0, 1), 'independent')[0]?.isPattern).toBe(true);
    const family = screenFamily([...screens, firstDigits([1])], 'independent');
    expect(family.map(({ isPattern }) => isPattern)).toEqual([false, false, false, false]);
    expect(family.map(({ adjusted }) => adjusted && Number(adjusted.toFixed(4)))).toEqual([
      0.09,
      0.7,
      0.7,
      null,
    ]);
    expect(family[3]?.statement).toMatch(/^Not testable, because /);
  });

  it('never accuses', () => {
    const { targeted, untargeted } = madeResults(streamOf('words', 1), true);
    const statements = [
      ran(bunching(madeDurations(streamOf('words', 2), true))),
      ran(heaping({ values: madeMinutes(streamOf('words', 3), true) })),
      ran(ratchet(targeted, untargeted)),
    ].map(({ statement }) => statement);
    for (const statement of statements) {
      expect(statement).toMatch(required);
      expect(statement).not.toMatch(/gam(ed|ing)|cheat|fraud|dishonest/i);
    }
  });
});

describe.skipIf(!hasFixtures)('published and made cases', () => {
  it('T3: 675 planted at a kink are found by every degree', () => {
    const rows = fixtureRows('bunching_kink_bins.csv');
    const expected = fixtureJson<{
      by_degree: Record<string, { B: number; counterfactual_at_target: number; b: number }>;
    }>('bunching_kink_expected.json');
    for (const [degree, { B, counterfactual_at_target, b }] of Object.entries(expected.by_degree)) {
      const found = ran(
        bunching({
          counts: rows.map((row) => Number(row.count)),
          target: 20,
          below: 0,
          above: 0,
          degree: Number(degree),
          scale: 20,
        }),
      );
      expect(Math.abs(found.excess - B)).toBeLessThan(1e-3);
      expect(
        Math.abs(
          (found.byDegree.find((one) => one.degree === Number(degree))?.fitAtTarget ?? 0) -
            counterfactual_at_target,
        ),
      ).toBeLessThan(1e-3);
      expect(found.relative).toBeCloseTo(b, 5);
      expect(found.interval.low).toBeLessThan(675);
      expect(found.interval.high).toBeGreaterThan(B);
      expect(found.statement).toMatch(required);
    }
  });

  it('T5: Finnish waiting lists follow the law (Pinilla and others, 2018)', () => {
    const { chiSquare, df, p, mad } = benfordFit(
      fixtureRows('benford_waiting_list.csv').map((row) => Number(row.count)),
    );
    expect(chiSquare).toBeCloseTo(5.9584, 4);
    expect(df).toBe(8);
    expect(p).toBeCloseTo(0.6519, 4);
    expect(mad).toBeGreaterThan(0);
  });
});

describe('T1 and T2', () => {
  it('need enough cases a unit, and enough units near the threshold', () => {
    const shares = Array.from({ length: 100 }, (_, i) => 0.9 + i / 1000);
    expect(
      thresholdDensity({ shares, cut: 0.95, bandwidth: 0.02, cases: shares.map(() => 50) }).statement,
    ).toMatch(/^Not testable, because some units have so few cases/);
    expect(thresholdDensity({ shares, cut: 0.5, bandwidth: 0.02 }).statement).toMatch(/^Not testable/);
    expect(thresholdWindow({ shares, cut: 0.95, width: 0.005 }).statement).toMatch(
      /^Not testable, because fewer than 20 lie on one side/,
    );
  });

  it('T2 reports all ten windows, the declared one last, and counts each unit once', () => {
    const u = streamOf('units', 1);
    const shares = Array.from({ length: 4000 }, () => 0.9 + 0.1 * u());
    const units = shares.map((_, i) => `u${i % 40}`);
    const found = ran(thresholdWindow({ shares, units, cut: 0.95, width: 0.01 }));
    expect(found.windows).toHaveLength(10);
    expect(found.windows.at(-1)).toMatchObject({ width: 0.01, below: found.below, above: found.above });
    expect(Math.min(found.windows[0]?.below ?? 0, found.windows[0]?.above ?? 0)).toBeGreaterThanOrEqual(20);
    expect(found.clustered?.clusters).toBe(40);
    expect(found.smoothShare).toBeCloseTo(0.5, 1);
  });
});

describe('T3', () => {
  it('finds how far to the right cases are missing', () => {
    const counts = Array<number>(41).fill(100);
    counts[20] = 160;
    for (const i of [21, 22, 23]) counts[i] = 80;
    const found = ran(bunching({ counts, target: 20, below: 0, above: 3, degree: 3 }));
    expect(found.missingWithin === null || found.missingWithin >= 3).toBe(true);
    expect(found.lastBefore).toEqual({ share: 100 / 4100, neighbours: 100 / 4100 });
    expect(bunching({ counts: counts.slice(0, 10), target: 5, below: 0, above: 0 }).statement).toMatch(
      /^Not testable/,
    );
  });
});

describe('T4', () => {
  it('reports rounding to fives apart, and tests again without it', () => {
    const u = streamOf('rounding', 1);
    const values = Array.from({ length: 2000 }, () => {
      const minutes = 5 + Math.floor(400 * u());
      return u() < 0.3 ? minutes - (minutes % 5) : minutes;
    });
    const found = ran(heaping({ values, units: values.map((_, i) => `u${i % 4}`) }));
    expect(found.all.p).toBeLessThan(1e-6);
    expect(found.roundShare).toBeGreaterThan(found.roundExpected + 0.15);
    expect(found.withoutRound.p).toBeGreaterThan(0.05);
    expect(found.units).toHaveLength(4);
  });

  it('uses G for few numbers, and does not test a narrow span', () => {
    const few = Array.from({ length: 40 }, (_, i) => i * 9 + 1);
    expect(ran(heaping({ values: few })).withoutRound.method).toBe('G');
    expect(heaping({ values: Array.from({ length: 500 }, (_, i) => i % 15) }).statement).toMatch(/span less/);
  });
});

describe('T5', () => {
  it('applies only to numbers that can follow the law', () => {
    const wide = Array.from({ length: 400 }, (_, i) => 10 ** (1 + i / 100));
    expect(firstDigits(wide).isTestable).toBe(true);
    expect(firstDigits(wide, { assigned: true }).statement).toMatch(/assigned/);
    expect(firstDigits(wide, { bounded: true }).statement).toMatch(/threshold bounds/);
    expect(firstDigits(wide.slice(0, 299)).statement).toMatch(/299 numbers/);
    expect(firstDigits(wide.slice(0, 301).map((x) => 1 + x / 1e5)).statement).toMatch(/orders of magnitude/);
  });

  it('reads first digits of any size', () => {
    expect(firstDigitCounts([0.0012, -25, 300, 0, 1e21])).toEqual([2, 1, 1, 0, 0, 0, 0, 0, 0]);
  });
});

describe('T6 to T12', () => {
  it('T6 stays silent on what regression to the mean explains', () => {
    const { targeted, untargeted } = madeResults(streamOf('ratchet', 5), false);
    const found = ran(ratchet(targeted, untargeted));
    expect(found.slope).toBeCloseTo(-1, 1);
    expect(found.untargetedSlope).toBeCloseTo(-1, 1);
    expect(found.statement).toMatch(/^No pattern/);
    expect(ratchet(targeted, []).statement).toMatch(/^Not testable/);
  });

  it('T7 shows the spike and the trough after it', () => {
    const month = Array.from({ length: 30 }, (_, day) => (day >= 27 ? 40 : day < 3 ? 5 : 10));
    const found = ran(periodEnd({ periods: Array.from({ length: 12 }, () => month) }));
    expect(found.endRatio).toBeCloseTo(40 / (255 / 27), 6);
    expect(found.troughRatio).toBeCloseTo(0.5, 6);
    expect(found.statement).toMatch(required);
    expect(periodEnd({ periods: [month] }).statement).toMatch(/fewer than 6 whole periods/);
  });

  it('T8 does not mistake a remit that was always there for skimming', () => {
    const u = streamOf('remit', 1);
    const arrivals = Array.from({ length: 3000 }, (_, i) => {
      const difficulty = u();
      return { period: Math.floor(i / 250), difficulty, accepted: difficulty < 0.9 };
    });
    const found = ran(creamSkimming(arrivals));
    expect(found.gaps.every(({ gap }) => gap < 0)).toBe(true);
    expect(found.refusedByTenth.at(-1)?.earlier).toBeGreaterThan(0.8);
    expect(found.statement).toMatch(/^No pattern/);
    expect(creamSkimming(arrivals.slice(0, 500)).statement).toMatch(/^Not testable/);
  });

  it('T9 does not call a rise that the outcome shares', () => {
    const period = (t: number, outcome: number) => ({
      severity: 0.3 + 0.01 * t,
      severityVariance: 1e-4,
      outcome,
      outcomeVariance: 1e-5,
      cases: 2000,
    });
    const steps = Array.from({ length: 12 }, (_, t) => t);
    expect(ran(codingDrift(steps.map((t) => period(t, 0.1)))).statement).toMatch(required);
    expect(ran(codingDrift(steps.map((t) => period(t, 0.1 + 0.005 * t)))).statement).toMatch(/^No pattern/);
    expect(codingDrift(steps.slice(0, 3).map((t) => period(t, 0.1))).statement).toMatch(/^Not testable/);
  });

  it('T10: A&E 2004/05, 96% official and 77% by patient survey (Bevan and Hood, 2006)', () => {
    const found = ran(officialAgainstIndependent({ share: 0.96, n: null }, { share: 0.77, n: 55_339 }, true));
    expect(found.gap).toBeCloseTo(0.19, 12);
    expect(found.interval.low).toBeGreaterThan(0.186);
    expect(found.interval.high).toBeLessThan(0.194);
    expect(found.statement).toMatch(required);
    expect(officialAgainstIndependent({ share: 0.9, n: 10 }, { share: 0.8, n: 500 }, false).isTestable).toBe(
      false,
    );
  });

  it('T10: the interval of 56 of 70 against 48 of 80 is 0.0524 to 0.3339 (Newcombe, 1998, table II)', () => {
    const { interval, gap } = ran(
      officialAgainstIndependent({ share: 56 / 70, n: 70 }, { share: 48 / 80, n: 80 }, true, 50),
    );
    expect(gap).toBeCloseTo(0.2, 12);
    expect(interval.low).toBeCloseTo(0.0524, 4);
    expect(interval.high).toBeCloseTo(0.3339, 4);
  });

  it('T11 needs both sides to move apart, and reports placebo dates', () => {
    const { targeted, others, at } = madeSeries(streamOf('series', 3), true);
    const found = ran(measuredAgainstUnmeasured(targeted, others, at));
    expect(found.targeted.turned).toBe('better');
    expect(found.others[0]?.turned).toBe('worse');
    expect(found.statement).toMatch(required);
    expect(found.placebos.tried).toBe(7);
    const alone = ran(measuredAgainstUnmeasured(targeted, [others[1] ?? targeted], at));
    expect(alone.statement).toMatch(/^No pattern/);
    expect(measuredAgainstUnmeasured(targeted, [], at).statement).toMatch(/does not count is measured/);
    expect(measuredAgainstUnmeasured(targeted, others, 5).statement).toMatch(/fewer than 12 periods/);
  });

  it('T12 names a target that was eased, and counts that shrink alone', () => {
    const period = (t: number, counted: number, targets: readonly number[]) => ({
      period: `200${t}`,
      targets,
      arrivals: 1000,
      counted,
    });
    const found = ran(
      targetAndDenominator(
        [0, 1, 2, 3, 4, 5].map((t) => period(t, 950 - 40 * t, t === 3 ? [0.9, 0.75] : [t < 3 ? 0.9 : 0.75])),
      ),
    );
    expect(found.changes).toEqual([{ period: '2003', from: 0.9, to: 0.75, isEasier: true }]);
    expect(found.slope).toBeCloseTo(0.04, 6);
    expect(found.shrinksAlone).toBe(true);
    expect(found.statement).toMatch(required);
    expect(targetAndDenominator([period(0, 900, [0.9])]).statement).toMatch(/^Not testable/);
  });
});
