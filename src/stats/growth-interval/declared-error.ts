import { drawsFor } from '../../core/index.ts';
import { standardNormal } from '../bootstrap.ts';

/** What a declared error falls on: the unit cost of an item, all inputs (a deflator), or all output of the later period. */
export type ErrorTarget = { readonly unitCost: string } | 'inputs' | 'output';

/**
 * An error that somebody has declared, with its source elsewhere. Errors of one id share their draw, as one
 * deflator errs alike wherever it is used.
 */
export interface DeclaredError {
  readonly id: string;
  readonly on: ErrorTarget;
  /** Log-normal by its relative standard error; triangular by factors, where 1 is "as given". */
  readonly shape:
    | { readonly relative: number }
    | { readonly low: number; readonly mode: number; readonly high: number };
}

/** The factor at probability u of a triangular distribution. */
function triangular(u: number, { low, mode, high }: { low: number; mode: number; high: number }): number {
  const span = high - low;
  if (span === 0) return mode;
  const turn = (mode - low) / span;
  return u < turn
    ? low + Math.sqrt(u * span * (mode - low))
    : high - Math.sqrt((1 - u) * span * (high - mode));
}

/** What a declared error multiplies its target by in one replicate: a pure function of seed, replicate and id. */
export function errorFactor({ id, shape }: DeclaredError, seed: number, replicate: number): number {
  const draw = drawsFor(seed, `declared error ${id}`, replicate);
  if (!('relative' in shape)) return triangular(draw(0), shape);
  let item = 0;
  const normal = standardNormal(() => {
    item += 1;
    return draw(item);
  });
  // The median is 1 and the coefficient of variation is the declared one.
  return Math.exp(Math.sqrt(Math.log1p(shape.relative ** 2)) * normal);
}
