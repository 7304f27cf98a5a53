import { benfordMethod } from './benford-method.ts';
import { bunchingMethod } from './bunching-method.ts';
import type { CalcMethod } from './calc-method.ts';
import { codingDriftMethod } from './coding-drift-method.ts';
import { cohortMethod } from './cohort-method.ts';
import { costGeneratedMethod } from './cost-generated-method.ts';
import { creamSkimmingMethod } from './cream-skimming-method.ts';
import { denominatorMethod } from './denominator-method.ts';
import { densityMethod } from './density-method.ts';
import { efficiencyMethod } from './efficiency-method.ts';
import { effortReturnMethod } from './effort-return-method.ts';
import { falseDiscoveryMethod } from './false-discovery-method.ts';
import { heapingMethod } from './heaping-method.ts';
import { interruptedSeriesMethod } from './interrupted-series-method.ts';
import { lintMetricMethod } from './lint-metric-method.ts';
import { officialGapMethod } from './official-gap-method.ts';
import { payoutErrorMethod } from './payout-error-method.ts';
import { periodEndMethod } from './period-end-method.ts';
import { ratchetMethod } from './ratchet-method.ts';
import { windowMethod } from './window-method.ts';

/** The methods behind "which green numbers should I not trust?". */
export const trustMethods: readonly CalcMethod[] = [
  benfordMethod,
  bunchingMethod,
  codingDriftMethod,
  cohortMethod,
  costGeneratedMethod,
  creamSkimmingMethod,
  denominatorMethod,
  densityMethod,
  efficiencyMethod,
  effortReturnMethod,
  falseDiscoveryMethod,
  heapingMethod,
  interruptedSeriesMethod,
  lintMetricMethod,
  officialGapMethod,
  payoutErrorMethod,
  periodEndMethod,
  ratchetMethod,
  windowMethod,
];
