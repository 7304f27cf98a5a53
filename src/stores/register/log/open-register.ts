import { randomBytes } from 'node:crypto';
import { WellspentError } from '../../../core/index.ts';
import type { Records, RecordsSession } from '../../records/index.ts';
import { sql } from '../../warehouse/sql.ts';
import { isOrigin } from '../checkpoint/checkpoint.ts';
import type { EntryKind } from '../entry/entry.ts';
import type { NewEntry } from '../entry/write-line.ts';
import { emptyFrontier, type Frontier } from '../merkle/tree.ts';
import { type Acknowledgement, appendEntry } from './append-entry.ts';
import { catchUp } from './catch-up.ts';
import { originOf } from './stored-entries.ts';

/** The latest version of what an entry is about: what the next version replaces. */
export interface ChainHead {
  /** Its index in the log. */
  readonly place: number;
  readonly leaf: string;
  readonly version: number;
  readonly line: string;
}

/** A transaction over the register and the working state beside it: all of it is kept, or nothing. */
export interface RegisterTransaction extends RecordsSession {
  append(entry: NewEntry): Promise<Acknowledgement>;
  /** The latest version in a chain that began with this kind and id; null where there is none. */
  head(kind: EntryKind, id: string): Promise<ChainHead | null>;
}

/** A register opened for adding to. Over all programs one adds at a time. */
export interface Register {
  readonly records: Records;
  /** Adds one entry; comes back once it is on the disk. */
  append(entry: NewEntry): Promise<Acknowledgement>;
  /** Adds entries and changes working state together. */
  transaction<T>(work: (inside: RegisterTransaction) => Promise<T>): Promise<T>;
}

/** The latest version in a chain that began with this kind and id; null where there is none. */
async function chainHead({ query }: RecordsSession, kind: EntryKind, id: string): Promise<ChainHead | null> {
  const [row] = await query<{ place: number; leaf: string; version: number; line: string }>(
    sql`select place, leaf, version, line from register_entries
      where chain = ${kind} and id = ${id} order by version desc limit 1`,
  );
  return row ?? null;
}

/** A name for a new register: the service, and a random part, so that no two registers share one. */
function originFor(service: string, random: Uint8Array): string {
  return `${service}.register/${Buffer.from(random).toString('hex')}`;
}

async function giveName(session: RecordsSession, origin: string): Promise<void> {
  if ((await originOf(session)) !== null) return;
  if (!isOrigin(origin))
    throw new WellspentError('ENTRY_INVALID', 'A register cannot have this name.', { found: origin });
  await session.run(sql`insert into register_origin (place, origin) values (0, ${origin})`);
}

/**
 * Opens the register in a workspace's records. `origin` names it where it has no entry yet, and is passed over
 * otherwise: a name never changes. Before the first entry is added the whole register is worked out again, later
 * only what other programs have added since; `REGISTER_DAMAGED` refuses all that would be added.
 */
export function openRegister(records: Records, origin: string): Register {
  let known: Frontier = emptyFrontier;
  const transaction: Register['transaction'] = async (work) => {
    const { result, tree } = await records.write(async (session) => {
      await giveName(session, origin);
      let inside = await catchUp(session, known);
      const given = await work({
        ...session,
        append: async (entry) => {
          const { tree: grown, acknowledged } = await appendEntry(session, inside, entry);
          inside = grown;
          return acknowledged;
        },
        head: (kind, id) => chainHead(session, kind, id),
      });
      return { result: given, tree: inside };
    });
    // Another transaction of this program may have come back first and know of more.
    if (tree.size > known.size) known = tree;
    return result;
  };
  return { records, transaction, append: (entry) => transaction(({ append }) => append(entry)) };
}

/** Opens the register of a service; one that has no entry yet is named after it. */
export function openServiceRegister(records: Records, service: string): Register {
  return openRegister(records, originFor(service, randomBytes(6)));
}
