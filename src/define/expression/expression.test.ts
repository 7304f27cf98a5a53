import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileSql, duckdbDialect, identifier, sql } from '../../stores/index.ts';
import {
  checkExpression,
  compileExpression,
  conditionInWords,
  type Expression,
  type ExpressionSchema,
  expressionFunctions,
  parseExpression,
  printExpression,
} from './index.ts';

const schema: ExpressionSchema = {
  open: false,
  columns: new Map([
    ['type', 'text'],
    ['channel', 'text'],
    ['outcome', 'text'],
    ['age', 'number'],
    ['end_to_end_days', 'number'],
    ['opened', 'time'],
    ['opened_wall', 'time'],
    ['closed', 'time'],
    ['Case type', 'text'],
    ['urgent', 'boolean'],
  ]),
};

function parse(text: string): Expression {
  const { expression, fault } = parseExpression(text);
  if (!expression) throw new Error(`${text}: ${fault.message}`);
  return expression;
}

function compile(expression: Expression): { readonly text: string; readonly values: readonly unknown[] } {
  const { sql: compiled } = compileExpression(expression, {
    dialect: duckdbDialect,
    column: (name) => ({ kind: schema.columns.get(name) ?? 'any', sql: sql`${identifier(name)}` }),
    step: (name, part) => ({
      kind: part === 'count' || part === 'position' ? 'number' : 'time',
      sql: sql`step(${name}, ${part})`,
    }),
  });
  return compileSql(compiled, duckdbDialect.quote, duckdbDialect.placeholder);
}

describe('reading expressions', () => {
  it.each([
    ["type='a'and channel<>'b'", "type = 'a' and channel <> 'b'"],
    ['a = 1 or b = 2 and c = 3', 'a = 1 or b = 2 and c = 3'],
    ['(a = 1 or b = 2) and c = 3', '(a = 1 or b = 2) and c = 3'],
    ['NOT a IS known', 'not a is known'],
    ['a is not known', 'a is missing'],
    ['a is not missing', 'a is known'],
    ['1 - (2 - 3) * -x', '1 - (2 - 3) * -x'],
    ['1 - 2 - 3', '1 - 2 - 3'],
    ["\"Case type\" not in ('it''s', 'b')", "\"Case type\" not in ('it''s', 'b')"],
    ['x not between 1 and 2 and y', 'x not between 1 and 2 and y'],
    ["opened >= DATE '2024-02-29'", "opened >= date '2024-02-29'"],
    ['date > 5', 'date > 5'],
    ["HAS('a') != true", "has('a') <> true"],
    ['"and" = 1', '"and" = 1'],
    ['-1.5e3 < a', '-1500 < a'],
  ])('%s is written in standard form as %s', (text, standard) => {
    expect(printExpression(parse(text))).toBe(standard);
  });

  it.each([
    ["type = 'a", 7, 'no closing quote'],
    ['type = ', 7, 'stops where a value should follow'],
    ['type == 1 banana', 10, '"banana" does not follow'],
    ['(a = 1', 6, '")" is missing'],
    ['a is null', 5, '"known" or "missing"'],
    ['a = null', 4, 'never equal'],
    ['a in (b)', 6, 'not columns'],
    ["a = date '2024-02-30'", 4, 'not a day of the calendar'],
    ['a between 1', 11, 'needs "and"'],
    ['a ; drop table x', 2, '";" has no meaning'],
    ['', 0, 'stops where'],
  ])('%s is refused at character %i', (text, start, message) => {
    const { fault } = parseExpression(text);
    expect(fault?.message).toContain(message);
    expect(fault?.span.start).toBe(start);
    expect(fault?.hint).toBeTruthy();
  });

  it('nesting and length have bounds', () => {
    expect(parseExpression(`${'('.repeat(5000)}a`).fault?.message).toContain('characters');
    expect(parseExpression(`${'('.repeat(500)}a`).fault?.message).toContain('nested');
    expect(parseExpression(`${'not '.repeat(500)}a`).fault?.message).toContain('nested');
    expect(parseExpression(`${'- '.repeat(500)}a`).fault?.message).toContain('nested');
  });
});

describe('checking kinds', () => {
  it.each([
    ["tpye = 'a'", 'there is no column "tpye"', 'type'],
    ['type = 5', 'text is compared with a number', "'5'"],
    ["age > '5'", 'a number is compared with text', '5'],
    ["type > 'a'", 'no order', 'use =, <> or in'],
    ["opened > '2024-01-31'", 'a time is compared with text', "date '2024-01-31'"],
    ['age', 'a condition is needed', 'is known'],
    ['age and urgent', '"and" needs true or false', 'here'],
    ['closed - opened > 5', '"-" needs a number', 'days_between'],
    ['has(type)', 'name of a step', "has('Payment')"],
    ["hass('a')", 'no function "hass"', "has('Payment')"],
    ["count('a', 'b') = 1", 'takes 1, and is given 2', 'count'],
    ["coalesce(type, age) = 'a'", 'coalesce is given text and a number', 'one kind'],
    ["age in (1, 'b')", 'a number is compared with text', ''],
    ['year(age) = 5', 'needs a time or a date', ''],
  ])('%s is refused', (text, message, hint) => {
    const faults = checkExpression(parse(text), schema, 'boolean');
    expect(faults.map((fault) => fault.message).join()).toContain(message);
    expect(faults[0]?.hint).toContain(hint);
  });

  it('every fault of an expression comes at once, each at its place', () => {
    const faults = checkExpression(parse("tpye = 'a' and age = 'x' and chanel = 'b'"), schema, 'boolean');
    expect(faults.map((fault) => fault.span.start)).toEqual([0, 21, 29]);
  });

  it("every function's example can be read and has no fault but columns of its own", () => {
    for (const { example } of Object.values(expressionFunctions)) {
      const faults = checkExpression(parse(example), schema, 'boolean');
      expect(faults, example).toEqual([]);
    }
  });
});

describe('compiling', () => {
  it.each([
    [
      "type = 'first adult' and age >= 18",
      '(("type" = $1) and ("age" >= cast($2 as double)))',
      ['first adult', 18],
    ],
    [
      'not (age + 1) / age between 2 and 3',
      '(not ((cast((cast("age" as double) + cast(cast($1 as double) as double)) as double) / nullif(cast("age" as double), 0)) between cast($2 as double) and cast($3 as double)))',
      [1, 2, 3],
    ],
    ["channel in ('a', 'b')", '("channel" in ($1, $2))', ['a', 'b']],
    [
      "has('Pay') or count('Pay') = 0",
      '((step($1, $2) > 0) or (step($3, $4) = cast($5 as double)))',
      ['Pay', 'count', 'Pay', 'count', 0],
    ],
    ["opened >= date '2024-04-01'", '(cast("opened" as date) >= cast($1 as date))', ['2024-04-01']],
    ['urgent is missing', '("urgent" is null)', []],
  ])('%s', (text, compiled, values) => {
    const result = compile(parse(text));
    expect(result.text).toBe(compiled);
    expect(result.values).toEqual(values);
  });
});

const span = { start: 0, end: 0 };
const textLiteral = fc.string({ unit: 'grapheme' }).map((value) => ({ kind: 'text', value, span }) as const);
const numberLiteral = fc
  .oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .map((value) => ({ kind: 'number', value, span }) as const);
const columnName = fc.oneof(
  fc.constantFrom('type', 'Case type', 'and', 'select', '"', "x'; drop table cases; --"),
  fc.string({ minLength: 1 }),
);

const { condition } = fc.letrec<{ value: Expression; condition: Expression }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    textLiteral,
    numberLiteral,
    columnName.map((name): Expression => ({ kind: 'column', name, span })),
    fc.record({
      kind: fc.constant('arithmetic' as const),
      operator: fc.constantFrom('+' as const, '-' as const, '*' as const, '/' as const),
      left: tie('value'),
      right: tie('value'),
      span: fc.constant(span),
    }),
    textLiteral.map((step): Expression => ({ kind: 'call', name: 'first', args: [step], span })),
  ) as fc.Arbitrary<Expression>,
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({
      kind: fc.constant('compare' as const),
      operator: fc.constantFrom('=' as const, '<>' as const, '<' as const, '>=' as const),
      left: tie('value'),
      right: tie('value'),
      span: fc.constant(span),
    }),
    fc.record({
      kind: fc.constant('in' as const),
      part: tie('value'),
      options: fc.array(fc.oneof(textLiteral, numberLiteral), { minLength: 1, maxLength: 3 }),
      negated: fc.boolean(),
      span: fc.constant(span),
    }),
    fc.record({
      kind: fc.constant('between' as const),
      part: tie('value'),
      low: tie('value'),
      high: tie('value'),
      negated: fc.boolean(),
      span: fc.constant(span),
    }),
    fc.record({
      kind: fc.constant('known' as const),
      part: tie('value'),
      known: fc.boolean(),
      span: fc.constant(span),
    }),
    fc.record({ kind: fc.constant('not' as const), part: tie('condition'), span: fc.constant(span) }),
    fc.record({
      kind: fc.constant('logic' as const),
      operator: fc.constantFrom('and' as const, 'or' as const),
      parts: fc.array(tie('condition'), { minLength: 2, maxLength: 3 }),
      span: fc.constant(span),
    }),
  ) as fc.Arbitrary<Expression>,
}));

const withoutSpans = (tree: Expression): unknown =>
  JSON.parse(JSON.stringify(tree, (key, value) => (key === 'span' ? undefined : value)));

/** The tree with every name and text replaced by an innocent one of its own. */
function tamed(tree: Expression): Expression {
  return JSON.parse(
    JSON.stringify(tree, (_, value) => {
      if (value?.kind === 'text') return { ...value, value: 'x' };
      return value?.kind === 'column' ? { ...value, name: 'x' } : value;
    }),
  );
}

describe('any expression at all', () => {
  it('reads back as the same tree after it is written', () => {
    fc.assert(
      fc.property(condition, (tree) => {
        const text = printExpression(tree);
        fc.pre(text.length <= 4000);
        const { expression, fault } = parseExpression(text);
        if (!expression) {
          expect(fault.message).toMatch(/nested|too long/);
          return;
        }
        expect(withoutSpans(expression)).toEqual(withoutSpans(tree));
      }),
      { numRuns: 500 },
    );
  });

  it('hostile names and texts change nothing of the query but the quoted names and the bound values', () => {
    const shape = (tree: Expression) => {
      const names: string[] = [];
      const quote = (name: string) => {
        names.push(name);
        return '<name>';
      };
      const { sql: compiled } = compileExpression(tree, {
        dialect: duckdbDialect,
        column: (name) => ({ kind: 'any', sql: sql`${identifier(name)}` }),
        step: (name) => ({ kind: 'time', sql: sql`step(${name})` }),
      });
      return { ...compileSql(compiled, quote, () => '<value>'), names };
    };
    fc.assert(
      fc.property(condition, (tree) => {
        const hostile = shape(tree);
        const tame = shape(tamed(tree));
        expect(hostile.text).toBe(tame.text);
        expect(hostile.values.length).toBe(tame.values.length);
        expect(hostile.names.length).toBe(tame.names.length);
      }),
      { numRuns: 500 },
    );
  });

  it('a name is quoted so that it ends where it should', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (name) => {
        const quoted = duckdbDialect.quote(name);
        expect(quoted.slice(1, -1).replaceAll('""', '')).not.toContain('"');
        expect(quoted.slice(1, -1).replaceAll('""', '"')).toBe(name);
      }),
    );
  });

  it('can be said in English without failing', () => {
    fc.assert(
      fc.property(condition, (tree) => {
        expect(conditionInWords(tree)).toMatch(/^(all )?cases/);
      }),
      { numRuns: 300 },
    );
  });

  it('text of any kind gives a tree or a fault with a place and a hint', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { expression, fault } = parseExpression(text);
        if (expression) return;
        expect(fault.span.start).toBeGreaterThanOrEqual(0);
        expect(fault.span.start).toBeLessThanOrEqual(text.length);
        expect(fault.hint).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });
});

describe('in English', () => {
  it.each([
    ["type = 'first adult' and channel = 'online'", 'cases of type first adult and channel online'],
    ["type <> 'renewal'", 'cases not of type renewal'],
    ["channel in ('online', 'post', 'telephone')", 'cases of channel online, post or telephone'],
    ["channel not in ('online', 'post')", 'cases not of channel online or post'],
    ['end_to_end_days <= 20', 'cases with end to end days of 20 or less'],
    ['end_to_end_days > 1500.5', 'cases with end to end days over 1,500.5'],
    ['age between 18 and 64', 'cases with age from 18 to 64'],
    ['not age between 18 and 64', 'cases with age outside 18 to 64'],
    ["has('Payment') and not has('Appeal')", 'cases with "Payment" without "Appeal"'],
    ["not has('A') and not has('B')", 'cases without "A" or "B"'],
    ["count('Ask') > 1", 'cases with "Ask" more than once'],
    ["count('Ask') >= 3", 'cases with "Ask" at least 3 times'],
    ["count('Ask') = 0", 'cases without "Ask"'],
    ["before('Payment', 'Penalty')", 'cases with "Payment" before "Penalty"'],
    [
      "days_between(first('Fine'), first('Notice')) <= 90",
      'cases with 90 or fewer days from the first "Fine" to the first "Notice"',
    ],
    ["opened >= date '2024-04-01'", 'cases where opened is on or after 1 April 2024'],
    ['outcome is missing', 'cases where outcome is missing'],
    ["type = 'a' or has('B')", 'cases that are of type a or with "B"'],
    [
      "type = 'a' and (channel = 'b' or age < 5)",
      'cases of type a that are of channel b or with age under 5',
    ],
    ["has('A') or has('B') or has('C')", 'cases with "A", "B" or "C"'],
    ["(has('A') or has('B')) and has('C')", 'cases with "A" or "B" and with "C"'],
    ["type = 'a' or channel = 'b'", 'cases of type a or channel b'],
    ['opened <= closed', 'cases where opened is at most closed'],
    ["not (type = 'a' and age < 5)", 'cases except those of type a with age under 5'],
    ['true', 'all cases'],
    ['18 <= age', 'cases with age of 18 or more'],
    [
      'working_days_between(opened, closed) <= 90',
      'cases with 90 or fewer working days from opened to closed',
    ],
  ])('%s', (text, english) => {
    expect(conditionInWords(parse(text))).toBe(english);
  });
});
