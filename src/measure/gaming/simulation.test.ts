import { describe, expect, it } from 'vitest';
import { bunching } from './bunching.ts';
import { codingDrift } from './coding-drift.ts';
import { creamSkimming } from './cream-skimming.ts';
import { firstDigits } from './first-digits.ts';
import { heaping } from './heaping.ts';
import {
  madeAmounts,
  madeArrivals,
  madeCoding,
  madeDays,
  madeDurations,
  madeGap,
  madeMinutes,
  madeResults,
  madeSeries,
  madeShares,
  madeTargetPeriods,
  streamOf,
} from './made-data.test-support.ts';
import { measuredAgainstUnmeasured } from './measured-against-unmeasured.ts';
import { officialAgainstIndependent } from './official-against-independent.ts';
import { periodEnd } from './period-end.ts';
import { ratchet } from './ratchet.ts';
import { type NotTestable, screenFamily, type Tested } from './screen.ts';
import { targetAndDenominator } from './target-and-denominator.ts';
import { thresholdDensity } from './threshold-density.ts';
import { thresholdWindow } from './threshold-window.ts';

type Made = (u: () => number, distorted: boolean) => Tested | NotTestable;

const atThreshold = (centre: number): Record<string, Made> => ({
  [`T1, units about ${centre}`]: (u, d) =>
    thresholdDensity({ shares: madeShares(u, d, centre), cut: 0.95, bandwidth: 0.02 }),
  [`T2, units about ${centre}`]: (u, d) =>
    thresholdWindow({ shares: madeShares(u, d, centre), cut: 0.95, width: 0.005 }),
});

const series =
  (correlation: number): Made =>
  (u, d) => {
    const { targeted, others, at } = madeSeries(u, d, correlation);
    return measuredAgainstUnmeasured(targeted, others, at);
  };

const screens: Record<string, Made> = {
  ...atThreshold(0.93),
  ...atThreshold(0.97),
  T3: (u, d) => bunching(madeDurations(u, d)),
  T4: (u, d) => heaping({ values: madeMinutes(u, d) }),
  T5: (u, d) => firstDigits(madeAmounts(u, d)),
  T6: (u, d) => {
    const { targeted, untargeted } = madeResults(u, d);
    return ratchet(targeted, untargeted);
  },
  T7: (u, d) => periodEnd({ periods: madeDays(u, d), draws: 199 }),
  T8: (u, d) => creamSkimming(madeArrivals(u, d)),
  T9: (u, d) => codingDrift(madeCoding(u, d)),
  T10: (u, d) => {
    const { official, independent } = madeGap(u, d);
    return officialAgainstIndependent(official, independent, true);
  },
  T11: series(0),
  T12: (u, d) => targetAndDenominator(madeTargetPeriods(u, d)),
};

const cleanRuns = 60;
const plantedRuns = 25;

/** Share of runs in which a family, corrected, calls any pattern. */
function shareCalled(
  runs: number,
  family: (run: number) => readonly (Tested | NotTestable)[],
  dependence: 'independent' | 'dependent' = 'independent',
): number {
  const called = Array.from({ length: runs }, (_, run) =>
    screenFamily(family(run), dependence).some(({ isPattern }) => isPattern),
  );
  return called.filter(Boolean).length / runs;
}

describe('with 5,000 cases', () => {
  it.each(Object.entries(screens))('%s finds a planted tenth in at least 80 of 100 runs', (name, made) => {
    expect(shareCalled(plantedRuns, (run) => [made(streamOf(name, run), true)])).toBeGreaterThanOrEqual(0.8);
  });

  it('the whole family on clean data calls a pattern in at most 5 of 100 runs', () => {
    const share = shareCalled(cleanRuns, (run) =>
      Object.entries(screens).map(([name, made]) => made(streamOf(`clean ${name}`, run), false)),
    );
    expect(share).toBeLessThanOrEqual(0.05);
  });

  it('T4 over ten clean units, corrected by Benjamini and Yekutieli, calls one in at most 5 of 100 runs', () => {
    const share = shareCalled(
      cleanRuns,
      (run) =>
        Array.from({ length: 10 }, (_, unit) =>
          heaping({ values: madeMinutes(streamOf(`unit ${unit}`, run), false).slice(0, 500) }),
        ),
      'dependent',
    );
    expect(share).toBeLessThanOrEqual(0.05);
  });

  it('T11 holds on months that carry over to the next', () => {
    const share = shareCalled(200, (run) => [series(0.3)(streamOf('carry over', run), false)]);
    expect(share).toBeLessThanOrEqual(0.05);
  });
});
