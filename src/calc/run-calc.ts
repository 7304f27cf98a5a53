import { z } from 'zod';
import { WellspentError, WellspentFaults } from '../core/index.ts';
import { didYouMean, nearestName } from '../define/index.ts';
import type { CalcMethod } from './calc-method.ts';
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

/** The JSON Schema (2020-12) of a method's input. */
export function calcInputJsonSchema(method: CalcMethod): Record<string, unknown> {
  return z.toJSONSchema(method.inputSchema, { io: 'input' }) as Record<string, unknown>;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

function excerpt(value: unknown): string {
  return value === undefined ? 'nothing' : (JSON.stringify(value) ?? String(value)).slice(0, 120);
}

/** Where a fault lies, as a reader of the JSON would write it: `observations[3].price`. */
function pathInWords(path: readonly PropertyKey[]): string {
  const text = path.reduce<string>(
    (words, key) => (typeof key === 'number' ? `${words}[${key}]` : `${words}.${String(key)}`),
    '',
  );
  return text.replace(/^\./, '') || 'the input';
}

function keysOf(schema: unknown, path: readonly PropertyKey[]): readonly string[] {
  const at = path.reduce<unknown>((node, key) => {
    const { properties, items } = (node ?? {}) as { properties?: Record<string, unknown>; items?: unknown };
    return typeof key === 'number' ? items : properties?.[String(key)];
  }, schema);
  return Object.keys((at as { properties?: Record<string, unknown> } | undefined)?.properties ?? {});
}

function faultsOf(method: CalcMethod, input: unknown, issue: z.core.$ZodIssue): readonly WellspentError[] {
  const place = pathInWords(issue.path);
  const found = excerpt(valueAt(input, issue.path));
  const fault = (message: string, details: { readonly found?: string; readonly hint?: string }) =>
    new WellspentError('CALC_INPUT_INVALID', message, details);
  if (issue.code === 'unrecognized_keys') {
    const known = keysOf(calcInputJsonSchema(method), issue.path);
    return issue.keys.map((key) =>
      fault(`${place} has a key that ${method.name} does not know: "${key}".`, {
        found: key,
        hint: `${didYouMean(key, known)}${nearestName(key, known) === undefined ? '' : ` known: ${known.join(', ')}`}`,
      }),
    );
  }
  if (issue.code === 'invalid_value') {
    const known = issue.values.map(String);
    const written = valueAt(input, issue.path);
    const near = typeof written === 'string' ? nearestName(written, known) : undefined;
    return [
      fault(written === undefined ? `${place} is missing.` : `${place} is not one of the known values.`, {
        found,
        hint: `${near === undefined ? '' : `did you mean "${near}"? `}known: ${known.join(', ')}`,
      }),
    ];
  }
  return [fault(`${place}: ${issue.message}.`, { found })];
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
    const faults = checked.error.issues.flatMap((issue) => faultsOf(method, input, issue));
    throw new WellspentFaults(
      'CALC_INPUT_INVALID',
      `The input of ${name} has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}.`,
      faults,
    );
  }
  const result = method.run(checked.data);
  return result instanceof Promise ? result.then((settled) => finite(name, settled)) : finite(name, result);
}
