import { everyPart, parseExpression } from './expression/index.ts';
import { entryOf, listOf, sectionEntries, textOf } from './raw-charter.ts';
import type { Path } from './yaml-source.ts';

/** An expression of the charter: where it stands, and whether it must be a condition or a number. */
export interface CharterExpression {
  readonly path: Path;
  readonly text: string;
  readonly wanted: 'boolean' | 'number';
}

const places: readonly (readonly [section: string, key: string, wanted: CharterExpression['wanted']])[] = [
  ['outputs', 'where', 'boolean'],
  ['quality', 'share', 'boolean'],
  ['quality', 'of', 'boolean'],
  ['quality', 'mean', 'number'],
  ['floors', 'share', 'boolean'],
  ['floors', 'of', 'boolean'],
  ['targets', 'share', 'boolean'],
  ['targets', 'of', 'boolean'],
  ['endings', 'where', 'boolean'],
];

function expressionAt(
  path: Path,
  value: unknown,
  wanted: CharterExpression['wanted'],
): readonly CharterExpression[] {
  const text = textOf(value);
  return text === undefined ? [] : [{ path, text, wanted }];
}

/** The expressions of the section on units, which is an entry and no list. */
function unitExpressions(content: unknown): readonly CharterExpression[] {
  const units = entryOf(entryOf(content).units);
  const health = entryOf(units.health);
  return [
    ...expressionAt(['units', 'counted'], units.counted, 'boolean'),
    ...expressionAt(['units', 'effort'], units.effort, 'number'),
    ...Object.entries(health).flatMap(([key, value]) =>
      expressionAt(['units', 'health', key], value, key === 'survived' ? 'boolean' : 'number'),
    ),
    ...listOf(units.practices).flatMap((practice, index) =>
      ['share', 'of'].flatMap((key) =>
        expressionAt(['units', 'practices', index, key], entryOf(practice)[key], 'boolean'),
      ),
    ),
  ];
}

/** The expressions of the section on payments, which is an entry and no list. */
function paymentExpressions(content: unknown): readonly CharterExpression[] {
  const payments = entryOf(entryOf(content).payments);
  const effort = entryOf(payments.effort);
  return [
    ...expressionAt(['payments', 'paid'], payments.paid, 'number'),
    ...expressionAt(['payments', 'audit', 'correct'], entryOf(payments.audit).correct, 'number'),
    ...expressionAt(['payments', 'effort', 'minutes'], effort.minutes, 'number'),
    ...expressionAt(['payments', 'effort', 'by_chance'], effort.by_chance, 'boolean'),
  ];
}

/** Every expression of a charter, in the order of its sections. */
export function charterExpressions(content: unknown): readonly CharterExpression[] {
  const inLists = places.flatMap(([section, key, wanted]) =>
    sectionEntries(content, section).flatMap(({ path, value }) =>
      expressionAt([...path, key], value[key], wanted),
    ),
  );
  return [...inLists, ...unitExpressions(content), ...paymentExpressions(content)];
}

/** The steps that an expression asks about. */
function stepsOf(text: string): readonly string[] {
  const { expression } = parseExpression(text);
  if (!expression) return [];
  return everyPart(expression).flatMap((part) =>
    part.kind === 'call' && ['has', 'count', 'first', 'last', 'before'].includes(part.name)
      ? part.args.flatMap((arg) => (arg.kind === 'text' ? [arg.value] : []))
      : [],
  );
}

/** A step that the charter names, and where. */
export interface NamedStep {
  readonly step: string;
  readonly path: Path;
}

function texts(value: unknown, path: Path): readonly NamedStep[] {
  if (typeof value === 'string') return [{ step: value, path }];
  return Array.isArray(value) ? value.flatMap((item, index) => texts(item, [...path, index])) : [];
}

/** Every step that a charter names, in conditions, clocks, costs and lists of steps, with its place. */
export function stepsNamed(content: unknown): readonly NamedStep[] {
  const inExpressions = charterExpressions(content).flatMap(({ path, text }) =>
    stepsOf(text).map((step) => ({ step, path })),
  );
  const inClocks = sectionEntries(content, 'clocks').flatMap(({ path, value }) => {
    const pauses = Array.isArray(value.pause) ? value.pause : [];
    return [
      ...texts(entryOf(value.start).step, [...path, 'start', 'step']),
      ...texts(entryOf(value.stop).step, [...path, 'stop', 'step']),
      ...texts(value.restart, [...path, 'restart']),
      ...pauses.flatMap((pause, index) => [
        ...texts(entryOf(pause).from, [...path, 'pause', index, 'from']),
        ...texts(entryOf(pause).to, [...path, 'pause', index, 'to']),
      ]),
    ];
  });
  const lists = entryOf(entryOf(content).steps);
  const inLists = Object.entries(lists).flatMap(([key, value]) => texts(value, ['steps', key]));
  const inChecks = listOf(lists.checks).flatMap((check, index) => [
    ...texts(entryOf(check).step, ['steps', 'checks', index, 'step']),
    ...texts(entryOf(check).after, ['steps', 'checks', index, 'after']),
  ]);
  const contacts = entryOf(entryOf(content).contacts);
  const ofContacts = (['advancing', 'outbound'] as const).flatMap((key) =>
    texts(contacts[key], ['contacts', key]),
  );
  const ofWaits = (['applicant', 'third_party'] as const).flatMap((key) =>
    texts(entryOf(entryOf(entryOf(content).waits)[key]).statuses, ['waits', key, 'statuses']),
  );
  const touch = entryOf(entryOf(content).costs).touch_minutes;
  const inCosts = (Array.isArray(touch) ? touch : []).flatMap((entry, index) =>
    texts(entryOf(entry).step, ['costs', 'touch_minutes', index, 'step']),
  );
  return [...inExpressions, ...inClocks, ...inLists, ...inChecks, ...ofContacts, ...ofWaits, ...inCosts];
}
