import { dateLabel, listInWords } from '../../core/index.ts';
import type { ComparisonOperator, Expression, Literal } from './tree.ts';

/** What readers call a column: a clock's days by its title, other columns by their name. */
export type ColumnWords = (name: string) => string;

/** A phrase that says something of cases: "of type first adult", "with age 65 or more". */
interface Phrase {
  readonly word: 'of' | 'not of' | 'with' | 'without' | 'where' | 'that' | 'except those';
  readonly rest: string;
  /** True when the rest already holds an "or", so that nothing may be joined to it by "and". */
  readonly isAlone?: boolean;
}

/** A column's name as a reader would say it: `end_to_end_days` becomes "end to end days". */
export function columnInWords(name: string): string {
  return name.replaceAll(/[_-]+/g, ' ').trim();
}

const opposite: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '=': '<>',
  '<>': '=',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};

const mirrored: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '=': '=',
  '<>': '<>',
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
};

function isLiteral(part: Expression): part is Literal {
  return part.kind === 'text' || part.kind === 'number' || part.kind === 'boolean' || part.kind === 'date';
}

/** A number with every digit it was written with: a threshold is never rounded. */
function exact(value: number): string {
  return value.toLocaleString('en-GB', { maximumFractionDigits: 20 });
}

function literal(part: Literal): string {
  if (part.kind === 'date') return dateLabel(part.value);
  if (part.kind === 'number') return exact(part.value);
  return String(part.value);
}

/** "in either order", for lists of alternatives: "a, b or c". */
function alternatives(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;
}

const step = (part: Expression | undefined) => `"${part?.kind === 'text' ? part.value : ''}"`;

/** A value in plain English: "end to end days", "days from the first "Notice" to closed". */
export function valueInWords(part: Expression, column: ColumnWords = columnInWords): string {
  const words = (inner: Expression | undefined) => (inner ? valueInWords(inner, column) : '');
  switch (part.kind) {
    case 'text':
      return `"${part.value}"`;
    case 'number':
    case 'boolean':
    case 'date':
      return literal(part);
    case 'column':
      return column(part.name);
    case 'negative':
      return `minus ${words(part.part)}`;
    case 'arithmetic': {
      const joint = { '+': 'plus', '-': 'minus', '*': 'times', '/': 'divided by' }[part.operator];
      const side = (inner: Expression) => (inner.kind === 'arithmetic' ? `(${words(inner)})` : words(inner));
      return `${side(part.left)} ${joint} ${side(part.right)}`;
    }
    case 'call':
      switch (part.name) {
        case 'count':
          return `the number of times of ${step(part.args[0])}`;
        case 'first':
        case 'last':
          return `the ${part.name} ${step(part.args[0])}`;
        case 'days_between':
          return `days from ${words(part.args[0])} to ${words(part.args[1])}`;
        case 'date_days_between':
          return `calendar days from ${words(part.args[0])} to ${words(part.args[1])}`;
        case 'working_days_between':
          return `working days from ${words(part.args[0])} to ${words(part.args[1])}`;
        case 'coalesce':
          return `${words(part.args[0])} (or, where that is missing, ${alternatives(part.args.slice(1).map(words))})`;
        case 'year':
        case 'month':
          return `the ${part.name} of ${words(part.args[0])}`;
        default:
          return conditionInWords(part, column);
      }
    default:
      return `whether ${conditionInWords(part, column).replace(/^cases /, 'a case is ')}`;
  }
}

function amount(operator: ComparisonOperator, value: string): string {
  switch (operator) {
    case '=':
      return `equal to ${value}`;
    case '<>':
      return `other than ${value}`;
    case '<':
      return `under ${value}`;
    case '<=':
      return `of ${value} or less`;
    case '>':
      return `over ${value}`;
    case '>=':
      return `of ${value} or more`;
  }
}

/** One value beside another, of whatever kind. */
function beside(operator: ComparisonOperator): string {
  const words = {
    '=': 'equal to',
    '<>': 'other than',
    '<': 'below',
    '<=': 'at most',
    '>': 'above',
    '>=': 'at least',
  };
  return words[operator];
}

/** "20 or fewer days from the first …", for values whose words start with "days". */
function howMany(operator: ComparisonOperator, value: string, what: string): string {
  switch (operator) {
    case '=':
      return `exactly ${value} ${what}`;
    case '<>':
      return `other than ${value} ${what}`;
    case '<':
      return `fewer than ${value} ${what}`;
    case '<=':
      return `${value} or fewer ${what}`;
    case '>':
      return `more than ${value} ${what}`;
    case '>=':
      return `${value} or more ${what}`;
  }
}

function onDate(operator: ComparisonOperator, value: string): string {
  const words = {
    '=': 'on',
    '<>': 'not on',
    '<': 'before',
    '<=': 'on or before',
    '>': 'after',
    '>=': 'on or after',
  };
  return `${words[operator]} ${value}`;
}

function times(operator: ComparisonOperator, n: number): string | undefined {
  const often = (k: number) => (k === 1 ? 'once' : k === 2 ? 'twice' : `${exact(k)} times`);
  if (!Number.isInteger(n) || n < 0) return undefined;
  switch (operator) {
    case '=':
      return n === 0 ? undefined : `exactly ${often(n)}`;
    case '>':
      return `more than ${often(n)}`;
    case '>=':
      return `at least ${often(n)}`;
    case '<':
      return `fewer than ${often(n)}`.replace('fewer than once', 'not at all');
    case '<=':
      return `at most ${often(n)}`.replace('at most 0 times', 'not at all');
    default:
      return undefined;
  }
}

/** A condition as phrases that follow "cases", all of which hold. */
function phrasesOf(condition: Expression, column: ColumnWords, negated: boolean): readonly Phrase[] {
  const words = (part: Expression) => valueInWords(part, column);
  switch (condition.kind) {
    case 'boolean':
      return condition.value !== negated ? [] : [{ word: 'that', rest: 'cannot exist' }];
    case 'column':
      return [{ word: 'where', rest: `${words(condition)} is ${negated ? 'false' : 'true'}` }];
    case 'not':
      return phrasesOf(condition.part, column, !negated);
    case 'known':
      return [
        condition.known !== negated
          ? { word: 'where', rest: `${words(condition.part)} is known` }
          : { word: 'where', rest: `${words(condition.part)} is missing` },
      ];
    case 'in': {
      const list = alternatives(condition.options.map(literal));
      const word = condition.negated !== negated ? 'not of' : 'of';
      if (condition.part.kind === 'column') return [{ word, rest: `${words(condition.part)} ${list}` }];
      return [{ word: 'where', rest: `${words(condition.part)} is ${word === 'of' ? '' : 'not '}${list}` }];
    }
    case 'between': {
      const limits = `${words(condition.low)} to ${words(condition.high)}`;
      const range = `from ${limits}`;
      const isOut = condition.negated !== negated;
      const isDate = condition.low.kind === 'date' || condition.high.kind === 'date';
      return isDate
        ? [{ word: 'where', rest: `${words(condition.part)} is ${isOut ? 'not ' : ''}${range}` }]
        : [{ word: 'with', rest: `${words(condition.part)} ${isOut ? `outside ${limits}` : range}` }];
    }
    case 'compare':
      return [comparison(condition, column, negated)];
    case 'call': {
      if (condition.name === 'has')
        return [{ word: negated ? 'without' : 'with', rest: step(condition.args[0]) }];
      if (condition.name === 'before')
        return [
          {
            word: 'with',
            rest: negated
              ? `${step(condition.args[0])} not before ${step(condition.args[1])}`
              : `${step(condition.args[0])} before ${step(condition.args[1])}`,
          },
        ];
      return [{ word: 'where', rest: `${words(condition)} is ${negated ? 'false' : 'true'}` }];
    }
    case 'logic': {
      if (condition.operator === 'and' && !negated)
        return condition.parts.flatMap((part) => phrasesOf(part, column, false));
      if (condition.operator === 'or' && negated)
        return condition.parts.flatMap((part) => phrasesOf(part, column, true));
      if (negated) return [{ word: 'except those', rest: follow(condition, column) }];
      const alike = alikeChoices(condition.parts, column);
      if (alike) return [alike];
      const choices = condition.parts.map((part) => follow(part, column));
      const isPlain = condition.parts.every((part) => part.kind !== 'logic');
      return isPlain
        ? [{ word: 'that', rest: `are ${alternatives(choices)}` }]
        : [{ word: 'that', rest: `meet at least one of these: ${choices.join('; ')}` }];
    }
    default:
      return [{ word: 'where', rest: words(condition) }];
  }
}

/** Choices of one word, said once: "with A, B or C". */
function alikeChoices(parts: readonly Expression[], column: ColumnWords): Phrase | undefined {
  const choices = parts.map((part) => phrasesOf(part, column, false));
  const [first] = choices[0] ?? [];
  const isAlike = choices.every(
    ([phrase, ...more]) => phrase && more.length === 0 && !phrase.isAlone && phrase.word === first?.word,
  );
  if (!first || !isAlike || !(first.word === 'of' || first.word === 'with' || first.word === 'where'))
    return undefined;
  return {
    word: first.word,
    rest: alternatives(choices.flatMap((phrases) => phrases.map(({ rest }) => rest))),
    isAlone: true,
  };
}

function comparison(
  condition: Extract<Expression, { kind: 'compare' }>,
  column: ColumnWords,
  negated: boolean,
): Phrase {
  const isTurned = isLiteral(condition.left) && !isLiteral(condition.right);
  const left = isTurned ? condition.right : condition.left;
  const right = isTurned ? condition.left : condition.right;
  const said = isTurned ? mirrored[condition.operator] : condition.operator;
  const operator = negated ? opposite[said] : said;
  const name = valueInWords(left, column);
  if (right.kind === 'text' && (operator === '=' || operator === '<>')) {
    if (left.kind === 'column')
      return { word: operator === '=' ? 'of' : 'not of', rest: `${name} ${right.value}` };
    return { word: 'where', rest: `${name} is ${operator === '=' ? '' : 'not '}"${right.value}"` };
  }
  if (right.kind === 'boolean') {
    const isTrue = right.value === (operator === '=');
    return { word: 'where', rest: `${name} is ${isTrue}` };
  }
  if (right.kind === 'date') return { word: 'where', rest: `${name} is ${onDate(operator, literal(right))}` };
  if (left.kind === 'call' && left.name === 'count' && right.kind === 'number') {
    const often = times(operator, right.value);
    if (often !== undefined) return { word: 'with', rest: `${step(left.args[0])} ${often}` };
    if (right.value === 0) return { word: operator === '=' ? 'without' : 'with', rest: step(left.args[0]) };
  }
  const isMoment = (part: Expression) =>
    part.kind === 'call' && (part.name === 'first' || part.name === 'last');
  if (isMoment(left) || isMoment(right))
    return {
      word: 'where',
      rest: `${name} is ${onDate(operator, valueInWords(right, column)).replace(/\bon\b/, 'at')}`,
    };
  if (right.kind === 'number' && /^(calendar |working )?days /.test(name))
    return { word: 'with', rest: howMany(operator, literal(right), name) };
  if (right.kind === 'number') return { word: 'with', rest: `${name} ${amount(operator, literal(right))}` };
  return { word: 'where', rest: `${name} is ${beside(operator)} ${valueInWords(right, column)}` };
}

/** How several things after one word are joined; "without A or B" says that neither is there. */
const joints: Partial<Record<Phrase['word'], (items: readonly string[]) => string>> = {
  of: listInWords,
  with: listInWords,
  where: listInWords,
  without: alternatives,
};

function joined(phrases: readonly Phrase[]): string {
  const groups: { word: Phrase['word']; rests: string[]; isOpen: boolean }[] = [];
  for (const { word, rest, isAlone = false } of phrases) {
    const last = groups.at(-1);
    if (last?.isOpen && last.word === word && !isAlone) last.rests.push(rest);
    else groups.push({ word, rests: [rest], isOpen: !isAlone && joints[word] !== undefined });
  }
  return groups
    .map(({ word, rests }, i) => {
      const phrase = `${word} ${(joints[word] ?? listInWords)(rests)}`;
      return groups[i - 1]?.word === word ? `and ${phrase}` : phrase;
    })
    .join(' ');
}

function follow(condition: Expression, column: ColumnWords): string {
  return joined(phrasesOf(condition, column, false)) || 'any case';
}

/** A condition in plain English: "cases of type first adult and channel online". */
export function conditionInWords(condition: Expression, column: ColumnWords = columnInWords): string {
  const phrases = phrasesOf(condition, column, false);
  return phrases.length === 0 ? 'all cases' : `cases ${joined(phrases)}`;
}
