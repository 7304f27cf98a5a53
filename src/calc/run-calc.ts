import { WellspentError, WellspentFaults } from '../core/index.ts';
import { nearestName } from '../define/index.ts';
import type { CalcMethod } from './calc-method.ts';
import { inputFaults, ofKind, pathInWords } from './input-faults.ts';
import { measureMethods } from './measure-methods.ts';
import { multitaskingMethod } from './multitasking-method.ts';
import { quantileMethod } from './quantile-method.ts';
import { suppressMethod } from './suppress-method.ts';
import { trustMethods } from './trust-methods.ts';
import { waitsMethod } from './waits-method.ts';
import { wilsonMethod } from './wilson-method.ts';

/** Every method that can be run alone, by name. */
export const calcMethods: readonly CalcMethod[] = [
  ...measureMethods,
  ...trustMethods,
  multitaskingMethod,
  quantileMethod,
  suppressMethod,
  waitsMethod,
  wilsonMethod,
].sort((a, b) => (a.name < b.name ? -1 : 1));

/** The method of that name. Throws `CALC_UNKNOWN_METHOD`, which names the known ones. */
export function calcMethodNamed(name: string): CalcMethod {
  const method = calcMethods.find((candidate) => candidate.name === name);
  if (method) return method;
  const names = calcMethods.map((candidate) => candidate.name);
  const near = nearestName(name, names);
  throw new WellspentError('CALC_UNKNOWN_METHOD', `There is no method "${name}".`, {
    found: name,
    hint: `${near === undefined ? '' : `did you mean "${near}"? `}known: ${names.join(', ')}`,
  });
}

/** Where a result holds a number that JSON cannot say; null where there is none. */
function notFinite(value: unknown, path: readonly PropertyKey[] = []): readonly PropertyKey[] | null {
  if (typeof value === 'number') return Number.isFinite(value) ? null : path;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, part] of Object.entries(value)) {
    const found = notFinite(part, [...path, Array.isArray(value) ? Number(key) : key]);
    if (found) return found;
  }
  return null;
}

/** A result whose numbers are all numbers. Throws `CALC_NOT_FINITE`, never writing `null` for what has no value. */
function finite(name: string, result: unknown): unknown {
  const path = notFinite(result);
  if (!path) return result;
  throw new WellspentError(
    'CALC_NOT_FINITE',
    `${name} gives no number for ${pathInWords(path)} with these inputs.`,
    { hint: 'look for a zero, a missing period, or a number far too large or too small' },
  );
}

/**
 * Runs a method on parsed JSON. Throws `CALC_UNKNOWN_METHOD` for an unknown name, `CALC_INPUT_INVALID`
 * with every fault for input that does not fit, `CALC_NOT_FINITE` where no number comes of it, and the method's own
 * coded errors. Methods that
 * need a solver give a promise.
 */
export function runCalc(name: string, input: unknown): unknown {
  const method = calcMethodNamed(name);
  const checked = method.inputSchema.safeParse(input);
  if (!checked.success) {
    const faults = ofKind(checked.error.issues).flatMap((issue) => inputFaults(method, input, issue));
    throw new WellspentFaults(
      'CALC_INPUT_INVALID',
      `The input of ${name} has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}.`,
      faults,
    );
  }
  const result = method.run(checked.data);
  return result instanceof Promise ? result.then((settled) => finite(name, settled)) : finite(name, result);
}
