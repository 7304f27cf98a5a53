import { type Dialect, joinSql, keyword, type Sql, sql } from '../../stores/index.ts';
import { calendarDays, elapsedDays, type Moment, workingDays } from '../days.ts';
import type { ValueKind } from './functions.ts';
import type { Expression } from './tree.ts';

/** What is worked out about a step of a case: how often, when first and last, and where the first stands. */
export type StepPart = 'count' | 'first' | 'last' | 'position';

/** A value as SQL. A time carries its clock on the wall too, from which its date is taken. */
export interface CompiledValue {
  readonly kind: ValueKind;
  readonly sql: Sql;
  readonly wall?: Sql;
}

/** Where columns and steps are found, and the engine's words. */
export interface CompileContext {
  readonly dialect: Dialect;
  column(name: string): CompiledValue;
  step(name: string, part: StepPart): CompiledValue;
}

type Call = Extract<Expression, { kind: 'call' }>;

/**
 * Turns a checked tree into SQL. Values are bound and names quoted; nothing of the expression becomes text of
 * the query. Missing values follow SQL's three-valued logic: a comparison with a missing value is unknown,
 * `not` of unknown is unknown, and only `is known`, `is missing`, `has`, `count` and `coalesce` settle it.
 */
export function compileExpression(expression: Expression, context: CompileContext): CompiledValue {
  const { dialect } = context;
  const compile = (part: Expression): CompiledValue => compileExpression(part, context);
  const truth = (text: Sql): CompiledValue => ({ kind: 'boolean', sql: text });
  const number = (text: Sql): CompiledValue => ({ kind: 'number', sql: text });
  const momentOf = (value: CompiledValue): Moment =>
    value.kind === 'date'
      ? { at: sql`cast(${value.sql} as timestamp)`, wall: sql`cast(${value.sql} as timestamp)` }
      : { at: value.sql, wall: value.wall ?? value.sql };
  const dateOf = (value: CompiledValue): Sql =>
    value.kind === 'date' ? value.sql : dialect.toDate(value.wall ?? value.sql);
  /** Both sides in one kind: a time beside a date is taken as its date on the wall. */
  const alike = (values: readonly CompiledValue[]): readonly Sql[] => {
    const hasDate = values.some((value) => value.kind === 'date');
    const hasTime = values.some((value) => value.kind === 'time');
    return hasDate && hasTime ? values.map(dateOf) : values.map((value) => value.sql);
  };

  const call = ({ name, args }: Call): CompiledValue => {
    const step = (index: number, part: StepPart) => {
      const arg = args[index];
      return context.step(arg?.kind === 'text' ? arg.value : '', part);
    };
    const values = () => args.map(compile);
    const moments = () => values().map(momentOf) as [Moment, Moment];
    const calendarPart = (part: 'year' | 'month') => {
      const [value] = values() as [CompiledValue];
      return number(dialect.toDouble(sql`extract(${keyword(part)} from ${dateOf(value)})`));
    };
    switch (name) {
      case 'has':
        return truth(sql`(${step(0, 'count').sql} > 0)`);
      case 'count':
      case 'first':
      case 'last':
        return step(0, name);
      case 'before':
        return truth(sql`(${step(0, 'position').sql} < ${step(1, 'position').sql})`);
      case 'days_between':
        return number(elapsedDays(dialect, ...moments()));
      case 'date_days_between':
        return number(calendarDays(dialect, ...moments()));
      case 'working_days_between':
        return number(workingDays(dialect, ...moments()));
      case 'year':
      case 'month':
        return calendarPart(name);
      case 'coalesce': {
        const parts = values();
        const kind = parts[0]?.kind ?? 'any';
        const list = (of: (part: CompiledValue) => Sql) => sql`coalesce(${joinSql(parts.map(of), ', ')})`;
        const whole = { kind, sql: list((part) => part.sql) };
        return kind === 'time' ? { ...whole, wall: list((part) => part.wall ?? part.sql) } : whole;
      }
      default:
        throw new TypeError(`the expression was not checked: no function ${name}`);
    }
  };

  switch (expression.kind) {
    case 'text':
      return { kind: 'text', sql: sql`${expression.value}` };
    case 'number':
      return number(dialect.toDouble(sql`${expression.value}`));
    case 'boolean':
      return truth(keyword(expression.value ? 'true' : 'false'));
    case 'date':
      return { kind: 'date', sql: dialect.dateValue(expression.value) };
    case 'column':
      return context.column(expression.name);
    case 'call':
      return call(expression);
    case 'negative':
      return number(sql`(- ${compile(expression.part).sql})`);
    case 'arithmetic': {
      const left = dialect.toDouble(compile(expression.left).sql);
      const right = dialect.toDouble(compile(expression.right).sql);
      const divisor = expression.operator === '/' ? sql`nullif(${right}, 0)` : right;
      return number(sql`(${left} ${keyword(expression.operator)} ${divisor})`);
    }
    case 'compare': {
      const [left, right] = alike([compile(expression.left), compile(expression.right)]) as [Sql, Sql];
      return truth(sql`(${left} ${keyword(expression.operator)} ${right})`);
    }
    case 'known':
      return truth(
        sql`(${compile(expression.part).sql} is ${keyword(expression.known ? 'not null' : 'null')})`,
      );
    case 'in': {
      const [part, ...options] = alike([expression.part, ...expression.options].map(compile)) as [
        Sql,
        ...Sql[],
      ];
      const word = keyword(expression.negated ? 'not in' : 'in');
      return truth(sql`(${part} ${word} (${joinSql(options, ', ')}))`);
    }
    case 'between': {
      const [part, low, high] = alike([expression.part, expression.low, expression.high].map(compile)) as [
        Sql,
        Sql,
        Sql,
      ];
      const word = keyword(expression.negated ? 'not between' : 'between');
      return truth(sql`(${part} ${word} ${low} and ${high})`);
    }
    case 'not':
      return truth(sql`(not ${compile(expression.part).sql})`);
    case 'logic': {
      const word = expression.operator === 'and' ? ' and ' : ' or ';
      return truth(
        sql`(${joinSql(
          expression.parts.map((part) => compile(part).sql),
          word,
        )})`,
      );
    }
  }
}
