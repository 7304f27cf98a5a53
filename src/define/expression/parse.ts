import { ExpressionSyntaxError, type Token, tokensOf } from './tokens.ts';
import type { ComparisonOperator, Expression, ExpressionFault, Literal, Span } from './tree.ts';

/** Words of the language; a column of such a name is written in double quotes. */
export const reservedWords: ReadonlySet<string> = new Set([
  'and',
  'or',
  'not',
  'is',
  'in',
  'between',
  'true',
  'false',
  'known',
  'missing',
  'null',
]);

const longestText = 4000;
const deepest = 40;
const comparisons: ReadonlySet<string> = new Set(['=', '<>', '<', '<=', '>', '>=']);

/** True for a day of the calendar written as 2024-01-31. */
export function isIsoDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

export type Parsed =
  | { readonly expression: Expression; readonly fault?: undefined }
  | { readonly expression?: undefined; readonly fault: ExpressionFault };

/** Reads an expression into a tree; the first thing that cannot be read comes back as a fault with its place. */
export function parseExpression(text: string): Parsed {
  try {
    if (text.length > longestText)
      throw new ExpressionSyntaxError(
        `the expression has ${text.length} characters`,
        { start: longestText, end: text.length },
        `write at most ${longestText} characters`,
      );
    return { expression: new Reader(tokensOf(text)).all() };
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return { fault: error.fault };
    throw error;
  }
}

/** Recursive descent over the tokens, loosest binding first: or, and, not, comparison, sum, product, sign. */
class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  all(): Expression {
    const expression = this.#either();
    const rest = this.#token();
    if (rest.kind !== 'end')
      throw new ExpressionSyntaxError(
        `${shown(rest)} does not follow from what stands before it`,
        rest.span,
        'join conditions with "and" or "or", and put text in single quotes',
      );
    return expression;
  }

  #token(): Token {
    return this.#tokens[this.#at] as Token;
  }

  #isWord(text: string, ahead = 0): boolean {
    const token = this.#tokens[this.#at + ahead];
    return token?.kind === 'word' && token.text.toLowerCase() === text;
  }

  #takeWord(text: string): boolean {
    if (!this.#isWord(text)) return false;
    this.#at += 1;
    return true;
  }

  #takeSign(...signs: readonly string[]): string | undefined {
    const token = this.#token();
    if (token.kind !== 'sign' || !signs.includes(token.text)) return undefined;
    this.#at += 1;
    return token.text;
  }

  #need(sign: string, after: string): Span {
    const token = this.#token();
    if (this.#takeSign(sign) === undefined)
      throw new ExpressionSyntaxError(
        `"${sign}" is missing after ${after}, where ${shown(token)} stands`,
        token.span,
        `write ${sign} here`,
      );
    return token.span;
  }

  #deeper<T>(read: () => T): T {
    this.#depth += 1;
    if (this.#depth > deepest)
      throw new ExpressionSyntaxError(
        'the expression is nested too deeply',
        this.#token().span,
        'split it, or use fewer brackets',
      );
    const result = read();
    this.#depth -= 1;
    return result;
  }

  #joined(operator: 'and' | 'or', next: () => Expression): Expression {
    const parts = [next()];
    while (this.#takeWord(operator)) parts.push(next());
    const [first, last] = [parts[0] as Expression, parts.at(-1) as Expression];
    if (parts.length === 1) return first;
    return { kind: 'logic', operator, parts, span: { start: first.span.start, end: last.span.end } };
  }

  #either(): Expression {
    return this.#joined('or', () => this.#joined('and', () => this.#negation()));
  }

  #negation(): Expression {
    const { span } = this.#token();
    if (!this.#takeWord('not')) return this.#predicate();
    return this.#deeper(() => {
      const part = this.#negation();
      return { kind: 'not', part, span: { start: span.start, end: part.span.end } };
    });
  }

  #predicate(): Expression {
    const part = this.#sum();
    const { start } = part.span;
    const operator = this.#takeSign(...comparisons) as ComparisonOperator | undefined;
    if (operator !== undefined) {
      const right = this.#sum();
      return { kind: 'compare', operator, left: part, right, span: { start, end: right.span.end } };
    }
    if (this.#takeWord('is')) return this.#knownness(part);
    const negated = this.#isWord('not') && (this.#isWord('in', 1) || this.#isWord('between', 1));
    if (negated) this.#at += 1;
    if (this.#takeWord('in')) {
      this.#need('(', '"in"');
      const options = [this.#literal()];
      while (this.#takeSign(',') !== undefined) options.push(this.#literal());
      const { end } = this.#need(')', 'the list');
      return { kind: 'in', part, options, negated, span: { start, end } };
    }
    if (this.#takeWord('between')) {
      const low = this.#sum();
      if (!this.#takeWord('and'))
        throw new ExpressionSyntaxError(
          '"between" needs "and" and a second value',
          this.#token().span,
          'between 1 and 5',
        );
      const high = this.#sum();
      return { kind: 'between', part, low, high, negated, span: { start, end: high.span.end } };
    }
    return part;
  }

  #knownness(part: Expression): Expression {
    const negated = this.#takeWord('not');
    const token = this.#token();
    const known = this.#takeWord('known');
    if (!known && !this.#takeWord('missing'))
      throw new ExpressionSyntaxError(
        `after "is" comes "known" or "missing", not ${shown(token)}`,
        token.span,
        this.#isWord('null') ? `is ${negated ? 'known' : 'missing'}` : 'is known, or: is missing',
      );
    return {
      kind: 'known',
      part,
      known: known !== negated,
      span: { start: part.span.start, end: token.span.end },
    };
  }

  #chain(signs: readonly ('+' | '-' | '*' | '/')[], next: () => Expression): Expression {
    let left = next();
    let operator = this.#takeSign(...signs);
    for (let length = 0; operator !== undefined; length++) {
      if (length > deepest * 5)
        throw new ExpressionSyntaxError('this sum is too long', left.span, 'split it');
      const right = next();
      left = {
        kind: 'arithmetic',
        operator: operator as '+' | '-' | '*' | '/',
        left,
        right,
        span: { start: left.span.start, end: right.span.end },
      };
      operator = this.#takeSign(...signs);
    }
    return left;
  }

  #sum(): Expression {
    return this.#chain(['+', '-'], () => this.#chain(['*', '/'], () => this.#signed()));
  }

  #signed(): Expression {
    const { span } = this.#token();
    if (this.#takeSign('-') === undefined) return this.#primary();
    return this.#deeper(() => {
      const part = this.#signed();
      const whole = { start: span.start, end: part.span.end };
      if (part.kind === 'number') return { kind: 'number', value: -part.value, span: whole };
      return { kind: 'negative', part, span: whole };
    });
  }

  #literal(): Literal {
    const value = this.#signed();
    if (value.kind === 'text' || value.kind === 'number' || value.kind === 'boolean' || value.kind === 'date')
      return value;
    throw new ExpressionSyntaxError(
      'a list after "in" holds values, not columns or sums',
      value.span,
      "in ('first', 'second')",
    );
  }

  #primary(): Expression {
    const token = this.#token();
    const { span } = token;
    this.#at += 1;
    switch (token.kind) {
      case 'number':
        return { kind: 'number', value: token.value, span };
      case 'text':
        return { kind: 'text', value: token.text, span };
      case 'quoted-name':
        return { kind: 'column', name: token.text, span };
      case 'word':
        return this.#named(token);
      case 'sign':
        if (token.text === '(')
          return this.#deeper(() => {
            const inner = this.#either();
            this.#need(')', 'what stands in brackets');
            return inner;
          });
        break;
    }
    throw new ExpressionSyntaxError(
      token.kind === 'end'
        ? 'the expression stops where a value should follow'
        : `a value should stand here, not ${shown(token)}`,
      span,
      'a column, a number, or text in single quotes',
    );
  }

  #named(token: Extract<Token, { kind: 'word' }>): Expression {
    const { span } = token;
    const lower = token.text.toLowerCase();
    if (lower === 'true' || lower === 'false') return { kind: 'boolean', value: lower === 'true', span };
    const next = this.#token();
    if (lower === 'date' && next.kind === 'text') {
      this.#at += 1;
      const whole = { start: span.start, end: next.span.end };
      if (!isIsoDate(next.text))
        throw new ExpressionSyntaxError(
          `'${next.text}' is not a day of the calendar`,
          whole,
          "date '2024-01-31'",
        );
      return { kind: 'date', value: next.text, span: whole };
    }
    if (reservedWords.has(lower))
      throw new ExpressionSyntaxError(
        lower === 'null'
          ? '"null" is never equal to anything'
          : `a value should stand here, not "${token.text}"`,
        span,
        lower === 'null'
          ? 'is missing, or: is known'
          : `put a column of that name in double quotes: "${token.text}"`,
      );
    if (this.#takeSign('(') === undefined) return { kind: 'column', name: token.text, span };
    return this.#deeper(() => {
      const args: Expression[] = [];
      if (this.#takeSign(')') === undefined) {
        do args.push(this.#either());
        while (this.#takeSign(',') !== undefined);
        this.#need(')', `what "${token.text}" is given`);
      }
      const end = this.#tokens[this.#at - 1]?.span.end ?? span.end;
      return { kind: 'call', name: lower, args, span: { start: span.start, end } };
    });
  }
}

function shown(token: Token): string {
  switch (token.kind) {
    case 'end':
      return 'the end';
    case 'number':
      return String(token.value);
    case 'text':
      return `'${token.text}'`;
    default:
      return `"${token.text}"`;
  }
}
