import type { Sql } from '../warehouse/sql.ts';

/** One row of an answer, by column name. */
export interface RecordRow {
  readonly [column: string]: string | number | null;
}

/** What a statement inside a transaction may do. */
export interface RecordsSession {
  /** Runs a query and gives its rows. */
  query<R extends RecordRow = RecordRow>(statement: Sql): Promise<readonly R[]>;
  /** Runs a statement and gives the number of rows it changed. */
  run(statement: Sql): Promise<number>;
}

/**
 * The transactional store of a workspace: working state, which people may edit and delete, and the register's
 * lines, which nobody may. A transaction is whole or absent, also after `kill -9`, and once `write` has come back
 * it is on the disk. One writer at a time, over all processes; a second waits its turn, then `REGISTER_LOCKED`.
 */
export interface Records {
  readonly engine: 'sqlite' | 'postgres';
  /** Runs queries over one unchanging state. */
  read<T>(work: (session: RecordsSession) => Promise<T>): Promise<T>;
  /** Runs statements as one transaction; undone when the work throws. */
  write<T>(work: (session: RecordsSession) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
