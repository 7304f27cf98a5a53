/** Statistical methods that can be run alone, JSON in and JSON out, so that a figure can be worked out again. */
export type { CalcMethod } from './calc-method.ts';
export { calcInputJsonSchema } from './input-faults.ts';
export { calcMethodNamed, calcMethods, runCalc } from './run-calc.ts';
