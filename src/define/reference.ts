import { expressionFunctions } from './expression/index.ts';
import { charterJsonSchema, type JsonSchema } from './schema-faults.ts';

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function kindInWords(schema: JsonSchema): string {
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (schema.anyOf) return [...new Set(schema.anyOf.map(kindInWords))].join(', or ');
  if (typeof schema.type === 'object')
    return schema.type.map((type) => kindInWords({ ...schema, type })).join(', or ');
  switch (schema.type) {
    case 'string':
      return schema.pattern?.startsWith('^\\d{4}-') ? 'date' : 'text';
    case 'boolean':
      return '`true` or `false`';
    case 'array':
      return schema.items?.properties || schema.items?.anyOf ? 'list of entries' : 'list';
    case 'object': {
      if (schema.properties)
        return `entry with ${Object.keys(schema.properties)
          .map((key) => `\`${key}\``)
          .join(', ')}`;
      return 'names with values';
    }
    default:
      return schema.type ?? 'value';
  }
}

function keysTable(schema: JsonSchema): readonly string[] {
  const rows = Object.entries(schema.properties ?? {}).map(
    ([key, value]) =>
      `| \`${key}\` | ${schema.required?.includes(key) ? 'yes' : 'no'} | ${cell(kindInWords(value))} | ${cell(value.description ?? '')} |`,
  );
  return ['| Key | Needed | Holds | Meaning |', '|---|---|---|---|', ...rows];
}

/** The entries inside a part, each with the name under which the reference lists it. */
function innerEntries(name: string, schema: JsonSchema): readonly (readonly [string, JsonSchema])[] {
  if (schema.anyOf) return schema.anyOf.flatMap((branch) => innerEntries(name, branch));
  if (schema.items) return innerEntries(name, schema.items);
  if (!schema.properties) return [];
  const inside = Object.entries(schema.properties).flatMap(([key, value]) =>
    innerEntries(`${name} › ${key}`, value),
  );
  return [[name, schema], ...inside];
}

function languageReference(): readonly string[] {
  const functions = Object.entries(expressionFunctions).map(
    ([name, { meaning, example }]) => `| \`${name}\` | ${cell(meaning)} | \`${cell(example)}\` |`,
  );
  return [
    '## The language of conditions',
    '',
    "Conditions speak of the columns of a case. Text stands in single quotes, a quote inside it is written twice; a column whose name holds spaces or signs stands in double quotes; dates are written `date '2024-01-31'`.",
    '',
    '| Write | To say |',
    '|---|---|',
    "| `type = 'first adult'`, `type <> 'renewal'` | equal, not equal |",
    '| `age < 18`, `<=`, `>`, `>=` | numbers and times in order |',
    "| `channel in ('online', 'post')`, `not in` | one of a list |",
    '| `age between 18 and 64`, `not between` | from one value to another, both included |',
    '| `outcome is known`, `outcome is missing` | whether there is a value |',
    '| `and`, `or`, `not`, `( )` | joined conditions; `and` binds more tightly than `or` |',
    '| `+ - * /` | sums; a division by nothing is unknown |',
    '',
    '**Columns.** Those of the cases, with the attributes your extracts bring; `duration_days` (first to last event); for each clock `<id>_days`, `<id>_started` and `<id>_stopped`, with underscores for hyphens, and `<id>_restarts` or `<id>_paused_days` where it restarts or pauses; and `ending`.',
    '',
    '**Missing values.** A comparison with a missing value is neither true nor false but unknown, and so is `not` of it. A case for which a condition is unknown is not counted as meeting it, and figures say how many such cases there were. Ask `is known` or `is missing`, or give `coalesce` a value to use instead.',
    '',
    '**Times and dates.** A time compared with a date is taken as its date on the clock on the wall.',
    '',
    '| Function | Meaning | Example |',
    '|---|---|---|',
    ...functions,
  ];
}

/** The reference of service.yaml and of its conditions as Markdown, made from the schema's own descriptions. */
export function charterReference(): string {
  const { properties = {} } = charterJsonSchema;
  const sections = Object.entries(properties).flatMap(([key, value]) =>
    innerEntries(key, value).flatMap(([name, schema]) => [
      `${name.includes('›') ? '###' : '##'} ${name}`,
      '',
      ...(name === key && value.description ? [value.description, ''] : []),
      ...keysTable(schema),
      '',
    ]),
  );
  return [
    '# The charter: service.yaml',
    '',
    'This page is generated from the program. A key that is not listed is an error.',
    '',
    '## Top level',
    '',
    ...keysTable(charterJsonSchema),
    '',
    ...sections,
    ...languageReference(),
    '',
  ].join('\n');
}
