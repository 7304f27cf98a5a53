import { countOf, type QueryRecord, WellspentError, WellspentFaults } from '../../core/index.ts';
import {
  type ColumnSpec,
  identifier,
  joinSql,
  type QueryStep,
  runStep,
  type Sql,
  sql,
  type Warehouse,
} from '../../stores/index.ts';
import type { Charter, LoadedCharter } from '../charter/charter.ts';
import { charterExpressions } from '../charter-expressions.ts';
import { elapsedDays } from '../days.ts';
import {
  type CompileContext,
  checkExpression,
  compileExpression,
  type Expression,
  type ExpressionSchema,
  everyPart,
  parseExpression,
} from '../expression/index.ts';
import { inEnglish } from '../in-english.ts';
import { factFaults } from '../lint.ts';
import { findUnknownSteps, type UnknownStep } from '../unknown-steps.ts';
import { type CaseEnds, caseEnds } from './case-ends.ts';
import { clockFacts, needForClock } from './clock-facts.ts';
import { clockColumns, factSchema } from './fact-columns.ts';
import { StepNeeds, stepTable } from './step-facts.ts';
import { loadWorkingDays } from './working-days.ts';

const factTable = 'case_facts';

/** One row a case in the temporary table `case_facts`, and conditions over it. */
export interface Facts {
  /** The name of the table: `case_facts`. */
  readonly table: string;
  readonly columns: readonly ColumnSpec[];
  /** The queries that made the table, for provenance. */
  readonly queries: readonly QueryRecord[];
  /** Steps that the charter names and no event has: whatever asks about them finds nothing. */
  readonly unknownSteps: readonly UnknownStep[];
  /** When cases end. */
  readonly ends: CaseEnds;
  /**
   * A condition as SQL that is true or false over `case_facts` (or the alias it has in the query). A case for
   * which it cannot be known, because a value is missing, counts as false: `unknown` says which those are.
   */
  condition(text: string, alias?: string): Sql;
  /** True where the condition cannot be known because a value is missing. */
  unknown(text: string, alias?: string): Sql;
  /** A number as SQL: a double, null where unknown. */
  number(text: string, alias?: string): Sql;
  /** The clock on the wall of a time column, for placing a case in a period: `closed` gives `closed_wall`. */
  wall(column: string, alias?: string): Sql;
  /** A condition in plain English, "cases of type first adult and channel online"; a number as "end to end days". */
  english(text: string): string;
}

/** Settings of preparing the facts of cases. */
export interface FactsOptions {
  /** Conditions beyond the charter's own that will be asked for, so that their steps are worked out. */
  readonly expressions?: readonly string[];
  readonly signal?: AbortSignal;
}

function parsed(text: string): Expression {
  const { expression, fault } = parseExpression(text);
  if (expression) return expression;
  throw new WellspentError('CHARTER_EXPRESSION', `"${text}" cannot be read: ${fault.message}.`, {
    found: text.slice(fault.span.start, fault.span.end) || text,
    hint: fault.hint,
  });
}

function checked(text: string, schema: ExpressionSchema, wanted: 'boolean' | 'number'): Expression {
  const expression = parsed(text);
  const faults = checkExpression(expression, schema, wanted).map(
    (fault) =>
      new WellspentError(
        fault.about === 'column' ? 'CHARTER_COLUMN_MISSING' : 'CHARTER_EXPRESSION',
        `In "${text}": ${fault.message}.`,
        { found: text.slice(fault.span.start, fault.span.end), hint: fault.hint },
      ),
  );
  const [first] = faults;
  if (faults.length > 1)
    throw new WellspentFaults('CHARTER_INVALID', `"${text}" has ${countOf(faults.length, 'fault')}.`, faults);
  if (first) throw first;
  return expression;
}

function countsWorkingDays(text: string): boolean {
  return everyPart(parsed(text)).some((part) => part.kind === 'call' && part.name === 'working_days_between');
}

function needsOf(charter: Charter, expressions: readonly string[]): StepNeeds {
  const needs = new StepNeeds();
  for (const clock of charter.clocks ?? []) needForClock(clock, needs);
  for (const text of expressions)
    for (const part of everyPart(parsed(text))) {
      if (part.kind !== 'call') continue;
      const names = part.args.flatMap((arg) => (arg.kind === 'text' ? [arg.value] : []));
      if (part.name === 'has' || part.name === 'count') for (const name of names) needs.need([name], 'count');
      if (part.name === 'first' || part.name === 'last')
        for (const name of names) needs.need([name], part.name);
      if (part.name === 'before') for (const name of names) needs.need([name], 'position');
    }
  return needs;
}

function contextFor(
  warehouse: Warehouse,
  schema: ExpressionSchema,
  needs: StepNeeds,
  alias: string | undefined,
): CompileContext {
  const place = (name: string): Sql =>
    alias === undefined ? sql`${identifier(name)}` : sql`${identifier(alias)}.${identifier(name)}`;
  return {
    dialect: warehouse.dialect,
    column: (name) => {
      const kind = schema.columns.get(name) ?? 'any';
      const wall = `${name}_wall`;
      if (kind !== 'time' || !schema.columns.has(wall)) return { kind, sql: place(name) };
      return { kind, sql: place(name), wall: sql`coalesce(${place(wall)}, ${place(name)})` };
    },
    step: (name, part) => {
      const column = needs.columnOf([name], part);
      if (column === undefined)
        throw new WellspentError('CHARTER_STEP_NOT_PREPARED', `The step "${name}" was not prepared.`, {
          found: name,
          hint: 'use the step in a condition of the charter',
        });
      if (part === 'count' || part === 'position') return { kind: 'number', sql: place(column) };
      return { kind: 'time', sql: place(column), wall: place(`${column}_wall`) };
    },
  };
}

/**
 * Makes the temporary table `case_facts` by a chain of named queries: what is needed about steps in one pass
 * over the events, each clock, then one row a case with the columns of `cases`, `first_at_wall` and `last_at_wall`
 * (the clock on the wall of its first and last event), `duration_days` (first to last event), each clock's
 * `_started`, `_stopped` and `_days`, and `ending` (the first that holds).
 */
export async function prepareFacts(
  warehouse: Warehouse,
  loaded: LoadedCharter,
  options: FactsOptions = {},
): Promise<Facts> {
  const { charter } = loaded;
  const clocks = charter.clocks ?? [];
  const caseColumns = await warehouse.columns('cases');
  const faults = factFaults(loaded, caseColumns);
  if (faults.length > 0)
    throw new WellspentFaults(
      'CHARTER_INVALID',
      `The charter ${loaded.file} asks the data for ${countOf(faults.length, 'thing')} they do not have.`,
      faults,
    );
  const schema = factSchema(caseColumns, clocks, false);
  const expressions = [
    ...charterExpressions(charter).map(({ text }) => text),
    ...(options.expressions ?? []),
  ];
  const needs = needsOf(charter, expressions);
  const names = new Set(caseColumns.map((column) => column.name));
  const ends = await caseEnds(warehouse, charter, names, needs);
  const clockChains = clocks.map((clock) => clockFacts(clock, warehouse.dialect, needs, names));
  const { dialect } = warehouse;

  const queries: QueryRecord[] = [];
  const run = (step: QueryStep) =>
    runStep(warehouse, step, queries, options.signal ? { signal: options.signal } : undefined);
  await run({
    name: stepTable,
    purpose:
      `Counts and times of the steps that the charter mentions, one row a case. ${needs.legend}`.trim(),
    sql: dialect.createTemporary('table', identifier(stepTable), needs.sql),
  });
  const unknownSteps = await findUnknownSteps(warehouse, loaded, queries);
  if (expressions.some(countsWorkingDays))
    queries.push(warehouse.explain(await loadWorkingDays(warehouse, charter.calendar ?? 'none')));
  for (const chain of clockChains) for (const step of chain.steps) await run(step);
  await run({
    name: factTable,
    purpose: 'One row a case: its columns, its clocks in days and its ending.',
    sql: dialect.createTemporary(
      'table',
      identifier(factTable),
      caseFactsSql(warehouse, charter, schema, needs, clockChains),
    ),
  });
  for (const table of [stepTable, ...clockChains.flatMap((chain) => chain.temporary)])
    await warehouse.run(sql`drop table ${identifier(table)}`);

  const compile = (text: string, wanted: 'boolean' | 'number', alias?: string): Sql =>
    compileExpression(checked(text, schema, wanted), contextFor(warehouse, schema, needs, alias)).sql;
  return {
    table: factTable,
    columns: await warehouse.columns(factTable),
    queries,
    unknownSteps,
    ends,
    condition: (text, alias) => sql`coalesce(${compile(text, 'boolean', alias)}, false)`,
    unknown: (text, alias) => sql`(${compile(text, 'boolean', alias)} is null)`,
    number: (text, alias) => dialect.toDouble(compile(text, 'number', alias)),
    wall: (column, alias) => {
      const value = contextFor(warehouse, schema, needs, alias).column(column);
      return value.wall ?? sql`cast(${value.sql} as timestamp)`;
    },
    english: (text) => inEnglish(text, clocks),
  };
}

function caseFactsSql(
  warehouse: Warehouse,
  charter: Charter,
  schema: ExpressionSchema,
  needs: StepNeeds,
  clockChains: readonly ReturnType<typeof clockFacts>[],
): Sql {
  const duration = elapsedDays(
    warehouse.dialect,
    { at: sql`c.first_at`, wall: sql`s.first_wall` },
    { at: sql`c.last_at`, wall: sql`s.last_wall` },
  );
  const isCount = (column: string) => column.endsWith('_count');
  const columns = [
    sql`c.*`,
    sql`s.first_wall as first_at_wall`,
    sql`s.last_wall as last_at_wall`,
    sql`${duration} as duration_days`,
    ...clockChains.flatMap((chain, i) =>
      clockColumns(chain.clock).map(({ name }) => sql`${identifier(`k${i}`)}.${identifier(name)}`),
    ),
    ...needs.columns.map((column) =>
      isCount(column)
        ? sql`coalesce(s.${identifier(column)}, 0) as ${identifier(column)}`
        : sql`s.${identifier(column)}`,
    ),
  ];
  const joins = clockChains.map(
    (chain, i) =>
      sql` left join ${identifier(chain.table)} ${identifier(`k${i}`)} on ${identifier(`k${i}`)}.case_id = c.case_id`,
  );
  const context = contextFor(warehouse, schema, needs, undefined);
  const endings = (charter.endings ?? []).map(
    ({ id, where }) => sql`when ${compileExpression(parsed(where), context).sql} then ${id}`,
  );
  const ending = endings.length > 0 ? sql`case ${joinSql(endings, ' ')} end` : sql`cast(null as varchar)`;
  return sql`select f.*, ${ending} as ending
    from (
      select ${joinSql(columns, ', ')}
      from cases c left join ${identifier(stepTable)} s on s.case_id = c.case_id${joinSql(joins, '')}
    ) f`;
}
