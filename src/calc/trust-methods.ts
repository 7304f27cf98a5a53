import type { CalcMethod } from './calc-method.ts';
import { efficiencyMethod } from './efficiency-method.ts';
import { lintMetricMethod } from './lint-metric-method.ts';

/** The methods behind "which green numbers should I not trust?". */
export const trustMethods: readonly CalcMethod[] = [efficiencyMethod, lintMetricMethod];
