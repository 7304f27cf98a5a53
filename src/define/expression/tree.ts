/** Where a part stands in an expression: character positions from 0, the end not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>=';
export type ArithmeticOperator = '+' | '-' | '*' | '/';

/** A value written in the expression itself. Dates are ISO text. */
export type Literal =
  | { readonly kind: 'text'; readonly value: string; readonly span: Span }
  | { readonly kind: 'number'; readonly value: number; readonly span: Span }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly span: Span }
  | { readonly kind: 'date'; readonly value: string; readonly span: Span };

/** An expression as a tree. `logic` holds two or more parts joined by one word. */
export type Expression =
  | Literal
  | { readonly kind: 'column'; readonly name: string; readonly span: Span }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly args: readonly Expression[];
      readonly span: Span;
    }
  | { readonly kind: 'negative'; readonly part: Expression; readonly span: Span }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: 'compare';
      readonly operator: ComparisonOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    }
  | { readonly kind: 'known'; readonly part: Expression; readonly known: boolean; readonly span: Span }
  | {
      readonly kind: 'in';
      readonly part: Expression;
      readonly options: readonly Literal[];
      readonly negated: boolean;
      readonly span: Span;
    }
  | {
      readonly kind: 'between';
      readonly part: Expression;
      readonly low: Expression;
      readonly high: Expression;
      readonly negated: boolean;
      readonly span: Span;
    }
  | { readonly kind: 'not'; readonly part: Expression; readonly span: Span }
  | {
      readonly kind: 'logic';
      readonly operator: 'and' | 'or';
      readonly parts: readonly Expression[];
      readonly span: Span;
    };

/** What is wrong with an expression, and where in it. */
export interface ExpressionFault {
  readonly message: string;
  readonly span: Span;
  readonly hint: string;
  /** Set when the fault is a column that does not exist, or a step whose times were not worked out. */
  readonly about?: 'column' | 'step';
}

/** The parts directly inside an expression, in reading order. */
function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'call':
      return expression.args;
    case 'negative':
    case 'known':
    case 'not':
      return [expression.part];
    case 'arithmetic':
    case 'compare':
      return [expression.left, expression.right];
    case 'in':
      return [expression.part, ...expression.options];
    case 'between':
      return [expression.part, expression.low, expression.high];
    case 'logic':
      return expression.parts;
    default:
      return [];
  }
}

/** The expression and everything inside it. */
export function everyPart(expression: Expression): readonly Expression[] {
  return [expression, ...partsOf(expression).flatMap(everyPart)];
}
