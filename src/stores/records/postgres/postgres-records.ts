import pg from 'pg';
import { WellspentError } from '../../../core/index.ts';
import { compileSql, type Sql } from '../../warehouse/sql.ts';
import type { OpenRecordsOptions, RecordsPlace } from '../open-records.ts';
import type { RecordRow, Records, RecordsSession } from '../records.ts';
import { type AppendRule, checkVersion, makeTables, type SchemaDialect } from '../schema.ts';

type PostgresOptions = Extract<RecordsPlace, { readonly url: string }> & OpenRecordsOptions;

const usualWait = 10_000;
const mostConnections = 4;
const lockNotAvailable = '55P03';
const undefinedTable = '42P01';
const int8 = 20;

const quote = (name: string) => pg.escapeIdentifier(name);

function appendOnly(table: string, { column, isCounted }: AppendRule): readonly string[] {
  const next = isCounted
    ? `new.${column} <> (select coalesce(max(${column}) + 1, 0) from ${table})`
    : `new.${column} <= (select coalesce(max(${column}), -1) from ${table})`;
  return [
    `create function ${table}_refuse() returns trigger language plpgsql set search_path from current as $$
      begin
        if tg_op = 'INSERT' then
          if not (${next}) then return new; end if;
        end if;
        raise exception 'the register is append-only';
      end $$`,
    `create trigger ${table}_rows before insert or update or delete on ${table}
      for each row execute function ${table}_refuse()`,
    `create trigger ${table}_all before truncate on ${table}
      for each statement execute function ${table}_refuse()`,
  ];
}

const dialect: SchemaDialect = { double: 'double precision', afterTable: '', appendOnly };

function inOurWords(cause: unknown): unknown {
  const { code, message } = cause as { readonly code?: string; readonly message?: string };
  if (cause instanceof WellspentError || code === undefined) return cause;
  if (code === lockNotAvailable)
    return new WellspentError('REGISTER_LOCKED', 'Another program is writing to the records.', { cause });
  // Classes 08, 28, 3D, 53, 57 and system errors: the server is away, refuses, or is ending.
  return /^(08|28|3D|53|57)|^E[A-Z]+$/.test(code)
    ? new WellspentError('RECORDS_UNREACHABLE', 'The database of the records cannot be used.', {
        ...(message ? { found: message } : {}),
        cause,
      })
    : cause;
}

const session = (client: pg.ClientBase): RecordsSession => {
  const send = (statement: Sql) => {
    const { text, values } = compileSql(statement, quote, (position) => `$${position}`);
    return client.query(text, [...values]);
  };
  return {
    query: async <R extends RecordRow>(statement: Sql) => (await send(statement)).rows as readonly R[],
    run: async (statement: Sql) => (await send(statement)).rowCount ?? 0,
  };
};

/** Records in one schema of a PostgreSQL database. */
class PostgresRecords implements Records {
  readonly engine = 'postgres';
  readonly #pool: pg.Pool;
  readonly #schema: string;
  readonly #waitMs: number;
  readonly #readOnly: boolean;

  constructor({ url, schema, readOnly = false, waitMs = usualWait }: PostgresOptions) {
    this.#schema = schema;
    this.#waitMs = waitMs;
    this.#readOnly = readOnly;
    this.#pool = new pg.Pool({
      connectionString: url,
      max: mostConnections,
      connectionTimeoutMillis: usualWait,
      client_encoding: 'UTF8',
      types: {
        getTypeParser: (oid: number, format?: 'text' | 'binary') =>
          oid === int8 ? Number : pg.types.getTypeParser(oid, format as 'text'),
      } as pg.CustomTypesConfig,
    });
    // A connection that dies is told of by the statement that needs it, and not by ending the program.
    this.#pool.on('error', () => {});
    this.#pool.on('connect', (client) => client.on('error', () => {}));
  }

  async #transaction<T>(
    opening: readonly string[],
    work: (session: RecordsSession) => Promise<T>,
  ): Promise<T> {
    let client: pg.PoolClient | undefined;
    try {
      client = await this.#pool.connect();
      for (const statement of opening) await client.query(statement);
      const result = await work(session(client));
      await client.query('commit');
      client.release();
      return result;
    } catch (cause) {
      // A connection in an unknown state is not used again; the server undoes what it had begun.
      client?.release(true);
      throw inOurWords(cause);
    }
  }

  read<T>(work: (session: RecordsSession) => Promise<T>): Promise<T> {
    const opening = [
      'begin isolation level repeatable read read only',
      `set local search_path to ${quote(this.#schema)}`,
    ];
    return this.#transaction(opening, work);
  }

  write<T>(work: (session: RecordsSession) => Promise<T>): Promise<T> {
    const opening = [
      this.#readOnly ? 'begin read only' : 'begin',
      `set local search_path to ${quote(this.#schema)}`,
      'set local synchronous_commit to on',
      `set local lock_timeout to ${Math.round(this.#waitMs)}`,
      // One writer at a time for each workspace; given back when the transaction or its connection ends.
      `select pg_advisory_xact_lock(hashtextextended('wellspent ' || ${pg.escapeLiteral(this.#schema)}, 0))`,
    ];
    return this.#transaction(opening, work);
  }

  /** Makes the schema and its tables, or looks whether this version can read them. */
  async prepare(): Promise<void> {
    if (this.#readOnly) {
      await this.read(checkVersion).catch((cause: { readonly code?: string }) => {
        if (cause.code !== undefinedTable) throw cause;
        throw new WellspentError('RECORDS_MISSING', `There are no records in the schema ${this.#schema}.`);
      });
      return;
    }
    await this.write(async (inside) => {
      const name = quote(this.#schema);
      await inside.run({ kind: 'sql', parts: [`create schema if not exists ${name}`], holes: [] });
      await makeTables(inside, dialect);
    });
  }

  async close(): Promise<void> {
    if (!this.#pool.ended) await this.#pool.end();
  }
}

/**
 * Opens a workspace's records on a PostgreSQL server. `RECORDS_UNREACHABLE` where the server cannot be used,
 * `REGISTER_LOCKED` where another writer does not end.
 */
export async function openPostgresRecords(options: PostgresOptions): Promise<Records> {
  const records = new PostgresRecords(options);
  try {
    await records.prepare();
    return records;
  } catch (cause) {
    await records.close();
    throw cause;
  }
}
