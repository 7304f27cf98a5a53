import { closeSync, cpSync, existsSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { temporaryFolder, WellspentError } from '../../../core/index.ts';
import { compileSql, type Sql } from '../../warehouse/sql.ts';
import type { OpenRecordsOptions } from '../open-records.ts';
import type { RecordRow, Records, RecordsSession } from '../records.ts';
import { type AppendRule, checkVersion, makeTables, type SchemaDialect } from '../schema.ts';

const usualWait = 10_000;

/**
 * A rule for rows out of turn comes before the constraints, so that "insert or replace", which removes the row in
 * its way without a trigger for removals, is refused too.
 */
function appendOnly(table: string, { column, isCounted, unique }: AppendRule): readonly string[] {
  const refusal = "begin select raise(abort, 'the register is append-only'); end";
  const next = isCounted
    ? `new.${column} <> (select coalesce(max(${column}) + 1, 0) from ${table})`
    : `new.${column} <= (select coalesce(max(${column}), -1) from ${table})`;
  const taken = unique.map((name) => ` or exists (select 1 from ${table} where ${name} = new.${name})`);
  return [
    `create trigger ${table}_update before update on ${table} ${refusal}`,
    `create trigger ${table}_delete before delete on ${table} ${refusal}`,
    `create trigger ${table}_insert before insert on ${table} when ${next}${taken.join('')} ${refusal}`,
  ];
}

const dialect: SchemaDialect = { double: 'real', afterTable: ' strict', appendOnly };

interface SqliteError {
  readonly errcode?: number;
  /** Of the system's own errors. */
  readonly syscall?: string;
}

/** Extended codes carry the primary one in their lowest byte (sqlite.org/rescode.html). */
const primary = ({ errcode = 0 }: SqliteError) => errcode & 0xff;
const busy = new Set([5, 6]);
const unusable = new Map([
  [11, 'is damaged'],
  [26, 'is not a file of records'],
  [14, 'cannot be opened'],
  [8, 'cannot be written'],
  [10, 'cannot be read or written'],
  [13, 'cannot grow: the disk is full'],
]);

function inOurWords(cause: unknown, file: string): unknown {
  const code = primary((cause ?? {}) as SqliteError);
  const where = { file };
  if (busy.has(code))
    return new WellspentError('REGISTER_LOCKED', `Another program is writing to ${file}.`, { where, cause });
  const { syscall } = (cause ?? {}) as SqliteError;
  const why = syscall === undefined ? unusable.get(code) : 'cannot be opened';
  return why === undefined
    ? cause
    : new WellspentError('RECORDS_UNREACHABLE', `${file} ${why}.`, { where, cause });
}

/** Records in one file: SQLite in write-ahead mode, each commit synced to the disk. */
class SqliteRecords implements Records {
  readonly engine = 'sqlite';
  readonly #database: DatabaseSync;
  readonly #file: string;
  readonly #onClose: () => void;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(database: DatabaseSync, file: string, onClose: () => void) {
    this.#database = database;
    this.#file = file;
    this.#onClose = onClose;
  }

  readonly #session: RecordsSession = {
    query: async <R extends RecordRow>(statement: Sql) => {
      const { text, values } = compileSql(statement, quote, () => '?');
      return this.#database.prepare(text).all(...(values as SQLInputValue[])) as unknown as readonly R[];
    },
    run: async (statement: Sql) => {
      const { text, values } = compileSql(statement, quote, () => '?');
      return Number(this.#database.prepare(text).run(...(values as SQLInputValue[])).changes);
    },
  };

  /** Transactions of one process take turns: the connection has one at a time. */
  #inTurn<T>(begin: string, work: (session: RecordsSession) => Promise<T>): Promise<T> {
    const run = this.#turn.then(() => this.#transaction(begin, work));
    this.#turn = run.catch(() => {});
    return run;
  }

  async #transaction<T>(begin: string, work: (session: RecordsSession) => Promise<T>): Promise<T> {
    try {
      this.#database.exec(begin);
      const result = await work(this.#session);
      this.#database.exec('commit');
      return result;
    } catch (cause) {
      if (this.#database.isTransaction) this.#database.exec('rollback');
      throw inOurWords(cause, this.#file);
    }
  }

  read<T>(work: (session: RecordsSession) => Promise<T>): Promise<T> {
    return this.#inTurn('begin', work);
  }

  write<T>(work: (session: RecordsSession) => Promise<T>): Promise<T> {
    return this.#inTurn('begin immediate', work);
  }

  async close(): Promise<void> {
    await this.#turn;
    if (this.#database.isOpen) this.#database.close();
    this.#onClose();
  }
}

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;

function connect(file: string, { readOnly = false, waitMs = usualWait }: OpenRecordsOptions): DatabaseSync {
  const database = new DatabaseSync(file, { readOnly, timeout: waitMs });
  try {
    // What people delete is overwritten with zeros; deleted words about their work must not stay in the file.
    database.exec('pragma secure_delete = on; pragma foreign_keys = on');
    if (readOnly) database.exec('select 1 from sqlite_schema');
    else
      database.exec(
        'pragma journal_mode = wal; pragma synchronous = full; pragma fullfsync = on; pragma checkpoint_fullfsync = on',
      );
    return database;
  } catch (cause) {
    database.close();
    throw cause;
  }
}

/** Where even reading needs to write beside the file, and cannot, a copy is read. */
function connectCopy(file: string): { readonly database: DatabaseSync; readonly onClose: () => void } {
  const folder = temporaryFolder('records');
  const onClose = () => rmSync(folder, { recursive: true, force: true });
  try {
    for (const part of [file, `${file}-wal`])
      if (existsSync(part)) cpSync(part, join(folder, basename(part)));
    return { database: connect(join(folder, basename(file)), {}), onClose };
  } catch (cause) {
    onClose();
    throw cause;
  }
}

function connectToRead(file: string, options: OpenRecordsOptions) {
  try {
    return { database: connect(file, options), onClose: () => {} };
  } catch (cause) {
    if (![8, 10, 14].includes(primary(cause as SqliteError))) throw cause;
    return connectCopy(file);
  }
}

/** A new file can be read by its owner alone: people say in it how they really work. */
function makeFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  closeSync(openSync(file, 'a', 0o600));
}

/**
 * Opens a file of records, made where there is none yet unless it is to be read alone. `RECORDS_UNREACHABLE`
 * where it cannot be opened or is damaged, `REGISTER_LOCKED` where another writer does not end.
 */
export async function openSqliteRecords(file: string, options: OpenRecordsOptions = {}): Promise<Records> {
  const { readOnly = false } = options;
  if (readOnly && !existsSync(file))
    throw new WellspentError('RECORDS_MISSING', `There are no records at ${file}.`, { where: { file } });
  let records: Records;
  try {
    if (!readOnly) makeFile(file);
    const { database, onClose } = readOnly
      ? connectToRead(file, options)
      : { database: connect(file, options), onClose: () => {} };
    records = new SqliteRecords(database, file, onClose);
  } catch (cause) {
    throw inOurWords(cause, file);
  }
  try {
    if (readOnly) await records.read(checkVersion);
    else await records.write((session) => makeTables(session, dialect));
    return records;
  } catch (cause) {
    await records.close();
    throw cause;
  }
}
