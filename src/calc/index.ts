/** Every statistical method the product uses, runnable alone: JSON in, JSON out, so that any figure can be recomputed. */
export type { CalcMethod } from './calc-method.ts';
export { calcInputJsonSchema, calcMethodNamed, calcMethods, runCalc } from './run-calc.ts';
