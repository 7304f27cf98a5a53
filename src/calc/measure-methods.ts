import { benchmarkMethod } from './benchmark-method.ts';
import type { CalcMethod } from './calc-method.ts';
import { contributionsMethod } from './contributions-method.ts';
import { growthMethod } from './growth-method.ts';
import { indexMethod } from './index-method.ts';
import { productivityMethod } from './productivity-method.ts';
import { provisionalYearMethod } from './provisional-year-method.ts';
import { revisionsMethod } from './revisions-method.ts';
import { spliceMethod } from './splice-method.ts';
import { weightsMethod } from './weights-method.ts';

/** The methods behind output, quality, inputs and productivity. */
export const measureMethods: readonly CalcMethod[] = [
  benchmarkMethod,
  contributionsMethod,
  growthMethod,
  indexMethod,
  productivityMethod,
  provisionalYearMethod,
  revisionsMethod,
  spliceMethod,
  weightsMethod,
];
