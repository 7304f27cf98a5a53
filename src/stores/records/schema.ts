import { WellspentError } from '../../core/index.ts';
import { keyword, type Sql, sql } from '../warehouse/sql.ts';
import type { RecordsSession } from './records.ts';

/** What differs between the engines' definitions of tables. */
export interface SchemaDialect {
  /** The type of a double. */
  readonly double: string;
  /** What follows the columns of a table. */
  readonly afterTable: string;
  /** Statements that make a table refuse every change of its rows, their removal, and rows out of turn. */
  readonly appendOnly: (table: string, rule: AppendRule) => readonly string[];
}

/** Which rows may be added: the column that must go up, by one where `isCounted`. */
export interface AppendRule {
  readonly column: string;
  readonly isCounted: boolean;
  /** Columns whose values must be new where they are not null. */
  readonly unique: readonly string[];
}

const version = 1;

function workingState({ double, afterTable }: SchemaDialect): readonly string[] {
  return [
    `create table staff_reports (
      id text primary key,
      reported text not null,
      changed text not null,
      role text not null,
      what text not null,
      why text,
      times ${double},
      per text,
      minutes ${double},
      step text,
      team text,
      finding text
    )${afterTable}`,
    `create table dispositions (
      finding text primary key,
      pattern text not null,
      verdict text not null,
      response text,
      share ${double},
      role text not null,
      reviewed text not null,
      reason text,
      works_around text,
      leaf text not null
    )${afterTable}`,
    `create table drafts (
      id text primary key,
      kind text not null,
      changed text not null,
      content text not null
    )${afterTable}`,
    `create table kept_results (leaf text primary key, result text not null)${afterTable}`,
  ];
}

function register({ afterTable, appendOnly }: SchemaDialect): readonly string[] {
  return [
    `create table register_origin (place integer primary key, origin text not null)${afterTable}`,
    `create table register_entries (
      place integer primary key,
      line text not null,
      leaf text not null unique,
      root text not null,
      kind text not null,
      id text not null,
      version integer not null,
      chain text not null,
      replaces text unique
    )${afterTable}`,
    'create index register_chains on register_entries (kind, id, version)',
    `create table register_notes (size integer primary key, note text not null)${afterTable}`,
    ...appendOnly('register_origin', { column: 'place', isCounted: true, unique: [] }),
    ...appendOnly('register_entries', { column: 'place', isCounted: true, unique: ['leaf', 'replaces'] }),
    ...appendOnly('register_notes', { column: 'size', isCounted: false, unique: [] }),
  ];
}

async function versionOf(session: RecordsSession): Promise<number> {
  const [row] = await session.query<{ version: number }>(sql`select version from records_version`);
  return row?.version ?? 0;
}

/** Refuses records of a later Wellspent, whose tables this one may misread: `RECORDS_TOO_NEW`. */
export async function checkVersion(session: RecordsSession): Promise<void> {
  const found = await versionOf(session);
  if (found > version)
    throw new WellspentError('RECORDS_TOO_NEW', 'These records were made by a later version of Wellspent.', {
      found: `form ${found}; this version knows form ${version}`,
    });
}

/** Makes the tables where there are none yet. Inside a transaction, so that two who come first make them once. */
export async function makeTables(session: RecordsSession, dialect: SchemaDialect): Promise<void> {
  await session.run(keyword('create table if not exists records_version (version integer not null)'));
  await checkVersion(session);
  if ((await versionOf(session)) === version) return;
  const statements: readonly Sql[] = [...workingState(dialect), ...register(dialect)].map(keyword);
  for (const statement of statements) await session.run(statement);
  await session.run(sql`insert into records_version (version) values (${version})`);
}
