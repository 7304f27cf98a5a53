import { z } from 'zod';
import { WellspentError } from '../core/index.ts';
import { didYouMean, nearestName } from '../define/index.ts';
import type { CalcMethod } from './calc-method.ts';

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
  if (typeof value === 'number') return String(value);
  return value === undefined ? 'nothing' : (JSON.stringify(value) ?? String(value)).slice(0, 120);
}

/** Where something stands, as a reader of the JSON would write it: `observations[3].price`. */
export function pathInWords(path: readonly PropertyKey[]): string {
  const text = path.reduce<string>(
    (words, key) => (typeof key === 'number' ? `${words}[${key}]` : `${words}.${String(key)}`),
    '',
  );
  return text.replace(/^\./, '') || 'the input';
}

interface SchemaNode {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly items?: unknown;
  readonly additionalProperties?: unknown;
  readonly description?: string;
}

function schemaAt(schema: unknown, path: readonly PropertyKey[]): SchemaNode {
  const at = path.reduce<unknown>((node, key) => {
    const { properties, items, additionalProperties } = (node ?? {}) as SchemaNode;
    return typeof key === 'number' ? items : (properties?.[String(key)] ?? additionalProperties);
  }, schema);
  return (typeof at === 'object' && at !== null ? at : {}) as SchemaNode;
}

const kinds: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  null: 'null',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'text',
  tuple: 'a list',
};

/** Things to choose from: `a, b or c`. */
function oneOf(words: readonly string[]): string {
  const distinct = [...new Set(words)];
  const last = distinct.pop() ?? '';
  return distinct.length === 0 ? last : `${distinct.join(', ')} or ${last}`;
}

/** A value within a limit: `text of at least 1 character`, `a number of more than -1`. */
function limited(origin: string, side: string, limit: number | bigint): string {
  const unit = { string: 'character', array: 'entry', set: 'entry', map: 'entry', object: 'entry' }[origin];
  const units = unit === 'entry' ? 'entries' : `${unit}s`;
  return `${kinds[origin] ?? 'a number'} of ${side} ${limit}${unit === undefined ? '' : ` ${Number(limit) === 1 ? unit : units}`}`;
}

const formats: Readonly<Record<string, readonly string[]>> = {
  date: ['a date such as 2026-04-30'],
  datetime: ['a time such as 2026-04-30T09:00:00Z'],
};

/** Issues without those of a value whose kind is wrong to begin with, and so its length and what it holds. */
export function ofKind(issues: readonly z.core.$ZodIssue[]): readonly z.core.$ZodIssue[] {
  const wrong = new Set(issues.flatMap(({ code, path }) => (code === 'invalid_type' ? path.join('.') : [])));
  return issues.filter(({ code, path }) => code === 'invalid_type' || !wrong.has(path.join('.')));
}

/** What a value would have to be; nothing where that cannot be said in a few words. */
function wanted(issue: z.core.$ZodIssue): readonly string[] {
  switch (issue.code) {
    case 'invalid_type':
      return [kinds[issue.expected] ?? issue.expected];
    case 'invalid_value':
      return issue.values.map((value) => JSON.stringify(value));
    case 'invalid_union':
      return issue.errors.flatMap((one) => ofKind(one).flatMap(wanted));
    case 'invalid_format':
      return formats[issue.format] ?? [];
    case 'too_small':
      return [
        limited(
          issue.origin,
          issue.exact ? 'exactly' : issue.inclusive === false ? 'more than' : 'at least',
          issue.minimum,
        ),
      ];
    case 'too_big':
      return [
        limited(
          issue.origin,
          issue.exact ? 'exactly' : issue.inclusive === false ? 'less than' : 'at most',
          issue.maximum,
        ),
      ];
    case 'not_multiple_of':
      return [`a multiple of ${issue.divisor}`];
    default:
      return [];
  }
}

/** The faults that one issue of a method's input comes to: each with its place, what was found and what to write. */
export function inputFaults(
  method: CalcMethod,
  input: unknown,
  issue: z.core.$ZodIssue,
): readonly WellspentError[] {
  const place = pathInWords(issue.path);
  const written = valueAt(input, issue.path);
  const found = excerpt(written);
  const example = `wellspent calc ${method.name} --example`;
  const fault = (message: string, hint: string, of = found) =>
    new WellspentError('CALC_INPUT_INVALID', message, { found: of, hint });
  const schema = schemaAt(calcInputJsonSchema(method), issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(schema.properties ?? {});
    return issue.keys.map((key) =>
      fault(
        `${place} has a key that ${method.name} does not know: "${key}".`,
        `${didYouMean(key, known)}${nearestName(key, known) === undefined ? '' : ` known: ${known.join(', ')}`}`,
        key,
      ),
    );
  }
  if (issue.code === 'invalid_value') {
    const known = issue.values.map(String);
    const near = typeof written === 'string' ? nearestName(written, known) : undefined;
    return [
      fault(
        written === undefined ? `${place} is missing.` : `${place} is not one of the known values.`,
        `${near === undefined ? '' : `did you mean "${near}"? `}known: ${known.join(', ')}`,
      ),
    ];
  }
  // Of a value that is of the kind that one reading asks for, the faults of that reading are told.
  const inside =
    issue.code === 'invalid_union' && issue.errors.find((one) => one.every(({ path }) => path.length > 0));
  if (inside)
    return ofKind(inside).flatMap((one) =>
      inputFaults(method, input, { ...one, path: [...issue.path, ...one.path] }),
    );
  // What a method says itself is in words already.
  if (issue.code === 'custom') return [fault(`${place}: ${issue.message}.`, schema.description ?? example)];
  const what = oneOf(wanted(issue));
  if (written === undefined && issue.path.length > 0) {
    const parts = [what, schema.description ?? ''].filter((part) => part !== '');
    return [fault(`${place} is missing.`, parts.length === 0 ? example : parts.join(': '))];
  }
  const wrong = what === '' ? 'is not written as it is to be' : `is to be ${what}`;
  return [fault(`${place} ${wrong}.`, schema.description ?? example)];
}
