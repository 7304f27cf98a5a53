import { join } from 'node:path';
import { WellspentError } from '../../core/index.ts';
import type { Records } from './records.ts';

/** Where a workspace's records are: in a file of its own, or in a schema of a PostgreSQL database. */
export type RecordsPlace =
  | { readonly file: string }
  | {
      /** An address as `postgres://user@host/database`; what it leaves out comes from the PG* variables. */
      readonly url: string;
      /** One for each workspace. */
      readonly schema: string;
    };

/**
 * Where the records of a workspace are: in its file records.db, or, where the environment variable WELLSPENT_RECORDS
 * gives the address of a PostgreSQL database, in a schema there that is named after the service.
 */
export function workspacePlace(
  dir: string,
  service: string,
  url: string | undefined = process.env.WELLSPENT_RECORDS,
): RecordsPlace {
  if (url === undefined || url === '') return { file: join(dir, 'records.db') };
  if (/^postgres(ql)?:\/\//.test(url)) return { url, schema: `wellspent_${service}` };
  // The address may hold a password, so it is not shown.
  throw new WellspentError('RECORDS_UNREACHABLE', 'WELLSPENT_RECORDS is not the address of a database.', {
    hint: 'WELLSPENT_RECORDS=postgres://user@host/database, or leave it out for the file records.db',
  });
}

/** Settings of opening records. */
export interface OpenRecordsOptions {
  /** Opens for reading alone: nothing is made or changed. */
  readonly readOnly?: boolean;
  /** How long to wait for another writer, in milliseconds; 10 seconds by default. */
  readonly waitMs?: number;
}

/**
 * Opens the records of a workspace, made where there are none yet unless they are to be read alone.
 * `RECORDS_UNREACHABLE` where they cannot be opened or are damaged, `REGISTER_LOCKED` where another writer does
 * not end, `RECORDS_TOO_NEW` where a later version made them, `RECORDS_MISSING` where there are none to read. An engine is loaded when it is first needed.
 */
export async function openRecords(place: RecordsPlace, options: OpenRecordsOptions = {}): Promise<Records> {
  if ('file' in place) {
    const { openSqliteRecords } = await import('./sqlite/sqlite-records.ts');
    return openSqliteRecords(place.file, options);
  }
  const { openPostgresRecords } = await import('./postgres/postgres-records.ts');
  return openPostgresRecords({ ...place, ...options });
}
