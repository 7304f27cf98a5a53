import { nearestName } from '../suggest.ts';
import { expressionFunctions, type ValueKind } from './functions.ts';
import type { Expression, ExpressionFault, Span } from './tree.ts';

/** The columns an expression may use. An open schema lets unknown names pass as values of any kind. */
export interface ExpressionSchema {
  readonly columns: ReadonlyMap<string, ValueKind>;
  readonly open: boolean;
}

const kindWords: Readonly<Record<ValueKind, string>> = {
  text: 'text',
  number: 'a number',
  boolean: 'true or false',
  time: 'a time',
  date: 'a date',
  any: 'a value',
};

const isMoment = (kind: ValueKind) => kind === 'time' || kind === 'date';

/** Checks kinds through a tree, collecting every fault, and says what kind of value it gives. */
export function checkExpression(
  expression: Expression,
  schema: ExpressionSchema,
  wanted: 'boolean' | 'number',
): readonly ExpressionFault[] {
  const faults: ExpressionFault[] = [];
  const fault = (span: Span, message: string, hint: string, about?: 'column') => {
    faults.push({ message, span, hint, ...(about ? { about } : {}) });
  };
  const must = (part: Expression, kind: ValueKind, needed: readonly ValueKind[], why: string) => {
    if (kind === 'any' || needed.includes(kind)) return;
    const words = needed.map((one) => kindWords[one]).join(' or ');
    fault(part.span, `${why} needs ${words}; this is ${kindWords[kind]}`, hintFor(part, kind, needed));
  };
  const comparable = (left: Expression, a: ValueKind, right: Expression, b: ValueKind) => {
    if (a === 'any' || b === 'any' || a === b || (isMoment(a) && isMoment(b))) return;
    fault(
      right.span,
      `${kindWords[a]} is compared with ${kindWords[b]}`,
      hintFor(right, b, isMoment(a) ? ['date'] : [a], left),
    );
  };
  const ordered = (part: Expression, kind: ValueKind, sign: string) => {
    if (kind === 'text')
      fault(
        part.span,
        `"${sign}" puts things in order, and text has no order that means something`,
        'use =, <> or in',
      );
    if (kind === 'boolean') fault(part.span, `"${sign}" cannot compare true and false`, 'use = or <>');
  };

  const kindOf = (part: Expression): ValueKind => {
    switch (part.kind) {
      case 'text':
      case 'number':
      case 'boolean':
      case 'date':
        return part.kind;
      case 'column': {
        const kind = schema.columns.get(part.name);
        if (kind !== undefined) return kind;
        if (!schema.open) {
          const names = [...schema.columns.keys()];
          const near = nearestName(part.name, names);
          fault(
            part.span,
            `there is no column "${part.name}"`,
            near === undefined ? `columns: ${names.join(', ')}` : near,
            'column',
          );
        }
        return 'any';
      }
      case 'call':
        return callKind(part);
      case 'negative':
        must(part.part, kindOf(part.part), ['number'], '"-"');
        return 'number';
      case 'arithmetic': {
        for (const side of [part.left, part.right])
          must(side, kindOf(side), ['number'], `"${part.operator}"`);
        return 'number';
      }
      case 'compare': {
        const left = kindOf(part.left);
        const right = kindOf(part.right);
        comparable(part.left, left, part.right, right);
        if (part.operator !== '=' && part.operator !== '<>') {
          if (left === right) ordered(part.left, left, part.operator);
        }
        return 'boolean';
      }
      case 'known':
        kindOf(part.part);
        return 'boolean';
      case 'in': {
        const kind = kindOf(part.part);
        for (const option of part.options) comparable(part.part, kind, option, option.kind);
        return 'boolean';
      }
      case 'between': {
        const kind = kindOf(part.part);
        ordered(part.part, kind, 'between');
        for (const side of [part.low, part.high]) comparable(part.part, kind, side, kindOf(side));
        return 'boolean';
      }
      case 'not':
        must(part.part, kindOf(part.part), ['boolean'], '"not"');
        return 'boolean';
      case 'logic':
        for (const one of part.parts) must(one, kindOf(one), ['boolean'], `"${part.operator}"`);
        return 'boolean';
    }
  };

  const callKind = (call: Extract<Expression, { kind: 'call' }>): ValueKind => {
    const known = expressionFunctions[call.name];
    if (!known || !Object.hasOwn(expressionFunctions, call.name)) {
      const names = Object.keys(expressionFunctions);
      const near = nearestName(call.name, names);
      fault(
        call.span,
        `there is no function "${call.name}"`,
        near === undefined ? `functions: ${names.join(', ')}` : (expressionFunctions[near]?.example ?? near),
      );
      for (const arg of call.args) kindOf(arg);
      return 'any';
    }
    const least = known.parameters.length;
    if (call.args.length < least || (call.args.length > least && !known.more))
      fault(
        call.span,
        `${call.name} takes ${known.more ? 'at least ' : ''}${least}, and is given ${call.args.length}`,
        known.example,
      );
    const kinds = call.args.map((arg, index) => {
      const parameter = known.parameters[Math.min(index, least - 1)];
      if (parameter === 'step') {
        if (arg.kind !== 'text')
          fault(arg.span, `${call.name} needs the name of a step in single quotes`, known.example);
        return 'text' as const;
      }
      const kind = kindOf(arg);
      if (parameter) must(arg, kind, parameter, call.name);
      return kind;
    });
    if (known.gives !== 'same') return known.gives;
    const [first] = call.args;
    const kind = kinds.find((one) => one !== 'any') ?? 'any';
    call.args.forEach((arg, index) => {
      const other = kinds[index] ?? 'any';
      if (first && other !== 'any' && other !== kind)
        fault(
          arg.span,
          `coalesce is given ${kindWords[kind]} and ${kindWords[other]}`,
          'give it values of one kind',
        );
    });
    return kind;
  };

  const kind = kindOf(expression);
  if (kind !== 'any' && kind !== wanted)
    fault(
      expression.span,
      wanted === 'boolean'
        ? `a condition is needed, and this is ${kindWords[kind]}`
        : `a number is needed, and this is ${kind === 'boolean' ? 'a condition' : kindWords[kind]}`,
      wanted === 'boolean' ? 'compare it with something, or ask "is known"' : 'use `share` for a condition',
    );
  return faults;
}

function hintFor(
  part: Expression,
  kind: ValueKind,
  needed: readonly ValueKind[],
  other?: Expression,
): string {
  const written =
    part.kind === 'text' || part.kind === 'number' || part.kind === 'boolean' || part.kind === 'date'
      ? String(part.value)
      : undefined;
  if (written !== undefined && needed.includes('text')) return `'${written}'`;
  if (
    written !== undefined &&
    needed.includes('number') &&
    written.trim() !== '' &&
    !Number.isNaN(Number(written))
  )
    return written;
  if (written !== undefined && needed.includes('date'))
    return /^\d{4}-\d{2}-\d{2}$/.test(written) ? `date '${written}'` : "date '2024-01-31'";
  if (isMoment(kind) && needed.includes('number')) return 'days_between(one time, another time)';
  if (other?.kind === 'text' && part.kind === 'column') return `write '${other.value}' as ${kindWords[kind]}`;
  return `use ${needed.map((one) => kindWords[one]).join(' or ')} here`;
}
