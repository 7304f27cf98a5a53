import type { RecordsSession } from '../../records/index.ts';
import { sql } from '../../warehouse/sql.ts';
import type { EntryKind } from '../entry/entry.ts';

/** An entry as it lies in the store. The line is what counts; the rest is worked out from it, for look-ups. */
export interface StoredEntry {
  /** Its index in the log, from 0. */
  readonly place: number;
  readonly line: string;
  /** Hexadecimal. */
  readonly leaf: string;
  /** The root over all entries up to this one, in hexadecimal. */
  readonly root: string;
  readonly kind: EntryKind;
  readonly id: string;
  readonly version: number;
  readonly chain: EntryKind;
  readonly replaces: string | null;
}

const atOnce = 2000;

/** The entries from an index on, in order, a few thousand at a time. */
export async function* storedEntries(
  { query }: RecordsSession,
  from = 0,
): AsyncGenerator<readonly StoredEntry[]> {
  for (let next = from; ; ) {
    const rows = await query<StoredEntry & Record<string, string | number | null>>(
      sql`select place, line, leaf, root, kind, id, version, chain, replaces from register_entries
        where place >= ${next} order by place limit ${atOnce}`,
    );
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < atOnce) return;
    next = last.place + 1;
  }
}

/** The name of the register; null before its first entry. */
export async function originOf({ query }: RecordsSession): Promise<string | null> {
  const [row] = await query<{ origin: string }>(sql`select origin from register_origin where place = 0`);
  return row?.origin ?? null;
}

/** A signed checkpoint that was kept, and its size as the store has it. */
export interface StoredNote {
  readonly size: number;
  readonly note: string;
}

/** Every signed checkpoint, by size. */
export function storedNotes({ query }: RecordsSession): Promise<readonly StoredNote[]> {
  return query<{ size: number; note: string }>(sql`select size, note from register_notes order by size`);
}

/** A Result that was kept, as JSON, and the leaf of its entry. */
export interface StoredResult {
  readonly leaf: string;
  readonly result: string;
}

/** Every kept Result whose content has not been deleted. */
export function storedResults({ query }: RecordsSession): Promise<readonly StoredResult[]> {
  return query<{ leaf: string; result: string }>(sql`select leaf, result from kept_results`);
}
