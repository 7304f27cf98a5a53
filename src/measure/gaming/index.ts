/** Screens for patterns that targets leave in data. Screening, not proof: each says what else would leave the same pattern. */
export { bunching } from './bunching.ts';
export { codingDrift } from './coding-drift.ts';
export { creamSkimming } from './cream-skimming.ts';
export {
  benfordFit,
  firstDigitCounts,
  whyNotBenford,
} from './first-digits.ts';
export { heaping } from './heaping.ts';
export { measuredAgainstUnmeasured } from './measured-against-unmeasured.ts';
export { officialAgainstIndependent } from './official-against-independent.ts';
export { periodEnd } from './period-end.ts';
export { ratchet } from './ratchet.ts';
export type { NotTestable, Tested } from './screen.ts';
export { targetAndDenominator } from './target-and-denominator.ts';
export { thresholdDensity } from './threshold-density.ts';
export { thresholdWindow } from './threshold-window.ts';
