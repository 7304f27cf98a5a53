import { reservedWords } from './parse.ts';
import type { Expression } from './tree.ts';

const bareName = /^[\p{L}_][\p{L}\p{N}_]*$/u;

function nameOf(name: string): string {
  const isBare = bareName.test(name) && !reservedWords.has(name.toLowerCase());
  return isBare ? name : `"${name.replaceAll('"', '""')}"`;
}

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** How tightly each form binds; a part that binds less tightly than its place needs stands in brackets. */
function binding(expression: Expression): number {
  switch (expression.kind) {
    case 'logic':
      return expression.operator === 'or' ? 1 : 2;
    case 'not':
      return 3;
    case 'compare':
    case 'known':
    case 'in':
    case 'between':
      return 4;
    case 'arithmetic':
      return expression.operator === '+' || expression.operator === '-' ? 5 : 6;
    case 'negative':
      return 7;
    case 'number':
      return expression.value < 0 || Object.is(expression.value, -0) ? 7 : 8;
    default:
      return 8;
  }
}

/** Writes a tree as text in one standard form; reading it again gives the same tree. */
export function printExpression(expression: Expression): string {
  const inside = (part: Expression, atLeast: number): string =>
    binding(part) >= atLeast ? printExpression(part) : `(${printExpression(part)})`;
  switch (expression.kind) {
    case 'text':
      return quote(expression.value);
    case 'number':
      return Object.is(expression.value, -0) ? '-0' : String(expression.value);
    case 'boolean':
      return String(expression.value);
    case 'date':
      return `date ${quote(expression.value)}`;
    case 'column':
      return nameOf(expression.name);
    case 'call':
      return `${expression.name}(${expression.args.map(printExpression).join(', ')})`;
    case 'negative':
      return `-${inside(expression.part, 7)}`;
    case 'arithmetic': {
      const level = binding(expression);
      return `${inside(expression.left, level)} ${expression.operator} ${inside(expression.right, level + 1)}`;
    }
    case 'compare':
      return `${inside(expression.left, 5)} ${expression.operator} ${inside(expression.right, 5)}`;
    case 'known':
      return `${inside(expression.part, 5)} is ${expression.known ? 'known' : 'missing'}`;
    case 'in':
      return `${inside(expression.part, 5)} ${expression.negated ? 'not in' : 'in'} (${expression.options.map(printExpression).join(', ')})`;
    case 'between':
      return `${inside(expression.part, 5)} ${expression.negated ? 'not between' : 'between'} ${inside(expression.low, 5)} and ${inside(expression.high, 5)}`;
    case 'not':
      return `not ${inside(expression.part, 3)}`;
    case 'logic': {
      const level = binding(expression) + 1;
      return expression.parts.map((part) => inside(part, level)).join(` ${expression.operator} `);
    }
  }
}
