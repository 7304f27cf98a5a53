import { existsSync } from 'node:fs';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { WellspentError } from '../../../core/index.ts';

/** A row as SQLite gives it; whole numbers come as bigint, so that no digit is lost. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

/** A name as SQLite quotes it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A value as text; bytes are none. */
export function textOf(value: SQLOutputValue | undefined): string {
  if (value === null || value === undefined) return '';
  return value instanceof Uint8Array ? '' : String(value).trim();
}

/** A column of a table. */
export interface TableColumn {
  readonly name: string;
  readonly kind: string;
}

/** A database opened for reading alone, with nothing in it trusted to run. */
export class OcelDatabase {
  readonly #file: string;
  readonly #database: DatabaseSync;

  constructor(file: string) {
    this.#file = file;
    const address = pathToFileURL(file);
    // Unless another program is writing to it: nothing beside the file is read, made or waited for.
    if (!existsSync(`${file}-wal`)) address.searchParams.set('immutable', '1');
    this.#database = this.guard(() => {
      const database = new DatabaseSync(address, {
        readOnly: true,
        allowExtension: false,
        enableForeignKeyConstraints: false,
      });
      database.exec('PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY');
      return database;
    });
  }

  guard<T>(work: () => T): T {
    try {
      return work();
    } catch (cause) {
      if (cause instanceof WellspentError) throw cause;
      throw new WellspentError('INPUT_DAMAGED', `${this.#file} cannot be read as an SQLite database.`, {
        where: { file: this.#file },
        cause,
      });
    }
  }

  all(query: string, ...values: string[]): readonly Row[] {
    return this.guard(() => {
      const statement = this.#database.prepare(query);
      statement.setReadBigInts(true);
      return statement.all(...values);
    });
  }

  /** A walk over the rows of a query; the next row is undefined at the end. */
  walk(query: string, ...values: string[]): () => Row | undefined {
    const rows = this.guard(() => {
      const statement = this.#database.prepare(query);
      statement.setReadBigInts(true);
      return statement.iterate(...values);
    });
    return () =>
      this.guard(() => {
        const step = rows.next();
        return step.done ? undefined : (step.value as Row);
      });
  }

  /** True for a plain table: views and virtual tables run code of the file's own. */
  hasTable(name: string): boolean {
    const rows = this.all("select sql from sqlite_master where type = 'table' and name = ?", name);
    return rows.length === 1 && !/^\s*create\s+virtual/i.test(textOf(rows[0]?.sql));
  }

  /** Names and declared kinds of a table's columns. */
  columns(table: string): readonly TableColumn[] {
    return this.all('select name, type from pragma_table_info(?)', table).map((row) => ({
      name: textOf(row.name),
      kind: textOf(row.type),
    }));
  }

  close(): void {
    this.#database.close();
  }
}
