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
} from './made-data.test-support.ts';
import { measuredAgainstUnmeasured } from './measured-against-unmeasured.ts';
import { officialAgainstIndependent } from './official-against-independent.ts';
import { periodEnd } from './period-end.ts';
import { ratchet } from './ratchet.ts';
import type { NotTestable, Tested } from './screen.ts';
import { targetAndDenominator } from './target-and-denominator.ts';
import { thresholdDensity } from './threshold-density.ts';
import { thresholdWindow } from './threshold-window.ts';

/** A screen of data made from uniforms, clean or with a tenth of the cases distorted. */
export type Made = (u: () => number, distorted: boolean) => Tested | NotTestable;

const atThreshold = (centre: number): Record<string, Made> => ({
  [`T1, units about ${centre}`]: (u, d) =>
    thresholdDensity({ shares: madeShares(u, d, centre), cut: 0.95, bandwidth: 0.02 }),
  [`T2, units about ${centre}`]: (u, d) =>
    thresholdWindow({ shares: madeShares(u, d, centre), cut: 0.95, width: 0.005 }),
});

/** T11 on months correlated as given. */
export const madeBreak =
  (correlation: number): Made =>
  (u, d) => {
    const { targeted, others, at } = madeSeries(u, d, correlation);
    return measuredAgainstUnmeasured(targeted, others, at);
  };

/** Every screen, by name. */
export const madeScreens: Record<string, Made> = {
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
  T11: madeBreak(0),
  T12: (u, d) => targetAndDenominator(madeTargetPeriods(u, d)),
};
