import { avoidableCostMethod } from './avoidable-cost-method.ts';
import { beforeAfterMethod } from './before-after-method.ts';
import { benchmarkMethod } from './benchmark-method.ts';
import type { CalcMethod } from './calc-method.ts';
import { caseMixMethod } from './case-mix-method.ts';
import { conservationMethod } from './conservation-method.ts';
import { contributionsMethod } from './contributions-method.ts';
import { controlChartMethod } from './control-chart-method.ts';
import { equivalenceGroupMethod } from './equivalence-group-method.ts';
import { failureDemandMethod } from './failure-demand-method.ts';
import { growthMethod } from './growth-method.ts';
import { indexMethod } from './index-method.ts';
import { inputErrorMethod } from './input-error-method.ts';
import { inputsMethod } from './inputs-method.ts';
import { intervalMethod } from './interval-method.ts';
import { jackknifeMethod } from './jackknife-method.ts';
import { littlesLawMethod } from './littles-law-method.ts';
import { measuredPartMethod } from './measured-part-method.ts';
import { productivityMethod } from './productivity-method.ts';
import { provisionalYearMethod } from './provisional-year-method.ts';
import { qualityHealthMethod } from './quality-health-method.ts';
import { qualityIndicatorsMethod } from './quality-indicators-method.ts';
import { rankingMethod } from './ranking-method.ts';
import { resolvedMethod } from './resolved-method.ts';
import { revisionsMethod } from './revisions-method.ts';
import { spliceMethod } from './splice-method.ts';
import { standardiseMethod } from './standardise-method.ts';
import { stayCreditMethod } from './stay-credit-method.ts';
import { sumCheckMethod } from './sum-check-method.ts';
import { volumeMixMethod } from './volume-mix-method.ts';
import { weightsMethod } from './weights-method.ts';

/** The methods behind output, quality, inputs and productivity. */
export const measureMethods: readonly CalcMethod[] = [
  avoidableCostMethod,
  beforeAfterMethod,
  benchmarkMethod,
  caseMixMethod,
  conservationMethod,
  contributionsMethod,
  controlChartMethod,
  equivalenceGroupMethod,
  failureDemandMethod,
  growthMethod,
  indexMethod,
  inputErrorMethod,
  inputsMethod,
  intervalMethod,
  jackknifeMethod,
  littlesLawMethod,
  measuredPartMethod,
  productivityMethod,
  provisionalYearMethod,
  qualityHealthMethod,
  qualityIndicatorsMethod,
  rankingMethod,
  resolvedMethod,
  revisionsMethod,
  spliceMethod,
  standardiseMethod,
  stayCreditMethod,
  sumCheckMethod,
  volumeMixMethod,
  weightsMethod,
];
