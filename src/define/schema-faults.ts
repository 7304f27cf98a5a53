import { z } from 'zod';
import type { WellspentError } from '../core/index.ts';
import { charterSchema } from './charter/charter.ts';
import { nearestName } from './suggest.ts';
import type { Path, YamlSource } from './yaml-source.ts';

/** The part of JSON Schema that the charter's schema uses. */
export interface JsonSchema {
  /** Several where the value may be null. */
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
}

/** The charter's format as JSON Schema, for editors and for the generated reference. */
export const charterJsonSchema = z.toJSONSchema(charterSchema) as JsonSchema;

function keysAt(schema: JsonSchema | undefined, path: Path): readonly string[] {
  if (!schema) return [];
  if (schema.anyOf) return schema.anyOf.flatMap((branch) => keysAt(branch, path));
  const [head, ...rest] = path;
  if (head === undefined) return Object.keys(schema.properties ?? {});
  if (typeof head === 'number') return keysAt(schema.items, rest);
  return keysAt(schema.properties?.[head], rest);
}

function valueAt(content: unknown, path: Path): unknown {
  let value: unknown = content;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}

/** A path as a reader of the charter would say it: `outputs "first-adult" where`. */
function pathInWords(content: unknown, path: Path): string {
  const words: string[] = [];
  path.forEach((key, depth) => {
    if (typeof key === 'string') words.push(words.length > 0 ? `› ${key}` : key);
    else {
      const id = valueAt(content, [...path.slice(0, depth + 1), 'id']);
      words.push(typeof id === 'string' ? `"${id}"` : `entry ${key + 1}`);
    }
  });
  return words.join(' ');
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an entry with keys';
  if (typeof value === 'string') return `the text "${value.slice(0, 80)}"`;
  if (typeof value === 'number') return `the number ${value}`;
  return String(value);
}

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an entry with keys',
  record: 'an entry with keys',
};

type Issue = z.core.$ZodIssue;

/** Of the forms a value may take, the one that what was written comes nearest to. */
function nearestForm(issue: Extract<Issue, { code: 'invalid_union' }>): readonly Issue[] | undefined {
  const isAtRoot = (form: readonly Issue[]) =>
    form.length === 1 && form[0]?.path.length === 0 && /^invalid_(type|value)$/.test(form[0]?.code ?? '');
  const deeper = issue.errors.filter((form) => !isAtRoot(form));
  return deeper.toSorted((a, b) => a.length - b.length)[0];
}

function allowedForms(issue: Extract<Issue, { code: 'invalid_union' }>): string {
  const forms = issue.errors.flat().map((one) => {
    if (one.code === 'invalid_value') return one.values.map((value) => JSON.stringify(value)).join(' or ');
    if (one.code === 'invalid_type') return kinds[one.expected] ?? one.expected;
    return one.message;
  });
  return [...new Set(forms)].join(' or ');
}

function explainIssue(issue: Issue, at: Path, source: YamlSource): readonly WellspentError[] {
  const path = [...at, ...(issue.path as Path)];
  const value = valueAt(source.content, path);
  const name = path.length > 0 ? pathInWords(source.content, path) : 'the charter';
  const last = String(path.at(-1) ?? 'charter');
  if (path.length === 0 && issue.code === 'invalid_type')
    return [
      source.fault(
        value === undefined || value === null ? 'CHARTER_KEY_MISSING' : 'CHARTER_VALUE',
        path,
        value === undefined || value === null
          ? 'the charter is empty.'
          : 'the charter must be keys with values.',
        { found: kindOf(value), hint: 'start from the charter that `wellspent init DIR` writes' },
      ),
    ];
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(charterJsonSchema, path);
    return issue.keys.map((key) => {
      const near = nearestName(key, known);
      const written = valueAt(source.content, [...path, key]);
      const asLine = typeof written === 'object' && written !== null ? '' : ` ${written ?? ''}`;
      return source.fault('CHARTER_KEY_UNKNOWN', [...path, key], `${name} has no key "${key}".`, {
        found: key,
        hint:
          near === undefined ? `remove the line, or use one of: ${known.join(', ')}` : `${near}:${asLine}`,
      });
    });
  }
  if (issue.code === 'invalid_union') {
    const form = nearestForm(issue);
    if (value !== undefined && value !== null && form)
      return form.flatMap((one) => explainIssue(one, path, source));
    if (value !== undefined && value !== null)
      return [
        source.fault('CHARTER_VALUE', path, `${name} must be ${allowedForms(issue)}.`, {
          found: kindOf(value),
          hint: `${last}: ${allowedForms(issue)}`,
        }),
      ];
  }
  if (value === undefined || value === null) {
    const parent = path.slice(0, -1);
    const owner = parent.length > 0 ? pathInWords(source.content, parent) : 'the charter';
    const siblings = Object.keys((valueAt(source.content, parent) as object | undefined) ?? {});
    const known = keysAt(charterJsonSchema, parent);
    const misspelt = siblings.find((key) => !known.includes(key) && nearestName(key, known) === last);
    if (misspelt !== undefined) return [];
    // A value that was refused on its own line, such as an alias, is not missing; nor is one lost to broken syntax.
    const isRefused = value === undefined && siblings.includes(last);
    if (isRefused || (value === undefined && !source.whole)) return [];
    return [
      source.fault(
        'CHARTER_KEY_MISSING',
        value === null ? path : parent,
        value === null ? `${name} is empty.` : `${owner} has no "${last}".`,
        { found: siblings.join(', ') || 'nothing', hint: `${last}: ${exampleFor(path)}` },
      ),
    ];
  }
  const must = requirement(issue);
  return [
    source.fault('CHARTER_VALUE', path, `${name} must be ${must}.`, {
      found: kindOf(value),
      hint: suggestion(issue, last, value, must),
    }),
  ];
}

function schemaAt(schema: JsonSchema | undefined, path: Path): JsonSchema | undefined {
  if (!schema) return undefined;
  if (schema.anyOf && path.length > 0)
    return schema.anyOf.map((branch) => schemaAt(branch, path)).find((found) => found !== undefined);
  const [head, ...rest] = path;
  if (head === undefined) return schema;
  return schemaAt(typeof head === 'number' ? schema.items : schema.properties?.[head], rest);
}

function exampleFor(path: Path): string {
  const schema = schemaAt(charterJsonSchema, path);
  if (schema?.enum) return schema.enum.join(' or ');
  if (schema?.const !== undefined) return String(schema.const);
  if (schema?.type === 'array') return 'a list';
  return `… ${schema?.description ? `(${schema.description.replace(/\.$/, '')})` : ''}`.trim();
}

function requirement(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return kinds[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return issue.values.length === 1
        ? JSON.stringify(issue.values[0])
        : `one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return issue.origin === 'number'
        ? `at least ${issue.minimum}`
        : issue.origin === 'array'
          ? 'a list with at least one entry'
          : 'text that is not empty';
    case 'too_big':
      return `at most ${issue.maximum}`;
    default:
      return issue.message;
  }
}

function suggestion(issue: Issue, key: string, value: unknown, must: string): string {
  if (issue.code === 'too_big' && issue.maximum === 1 && typeof value === 'number' && value <= 100)
    return `${key}: ${value / 100}`;
  if (issue.code === 'invalid_value') {
    const near = typeof value === 'string' ? nearestName(value, issue.values.map(String)) : undefined;
    return `${key}: ${near ?? issue.values.map(String).join(' or ')}`;
  }
  if (key === 'version') return 'version: "1.0.0"';
  if (key === 'id' && typeof value === 'string') {
    const slug = value
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^[^a-z]+|-+$/g, '');
    if (slug !== '') return `id: ${slug}`;
  }
  if (issue.code === 'invalid_type' && issue.expected === 'string' && typeof value !== 'object')
    return `${key}: "${value}"`;
  return `${key}: ${must}`;
}

/** What the schema finds wrong with a charter's content, each fault at its line with a line to write instead. */
export function schemaFaults(issues: readonly Issue[], source: YamlSource): readonly WellspentError[] {
  return issues.flatMap((issue) => explainIssue(issue, [], source));
}
