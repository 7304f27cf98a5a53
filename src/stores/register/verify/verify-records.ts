import { WellspentError } from '../../../core/index.ts';
import type { Records } from '../../records/index.ts';
import { figuresHash } from '../keep/keep-results.ts';
import {
  originOf,
  type StoredEntry,
  type StoredNote,
  type StoredResult,
  storedEntries,
  storedNotes,
  storedResults,
} from '../log/stored-entries.ts';
import { type Verification, type VerifyOptions, verificationOf } from './verification.ts';
import { type RegisterFault, type VerifiedLog, verifyLines } from './verify-lines.ts';

/** Everything that a store holds of its register. */
export interface StoredRegister {
  readonly entries: readonly StoredEntry[];
  readonly origin: string | null;
  readonly notes: readonly StoredNote[];
  /** The Results that were kept and whose content has not been deleted, by the leaf of their entry. */
  readonly results: readonly StoredResult[];
}

/** Reads a register from its store, all at one moment. */
export function readStored(records: Records): Promise<StoredRegister> {
  return records.read(async (session) => {
    const entries: StoredEntry[] = [];
    for await (const some of storedEntries(session)) entries.push(...some);
    return {
      entries,
      origin: await originOf(session),
      notes: await storedNotes(session),
      results: await storedResults(session),
    };
  });
}

const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex');

/** What a store keeps beside a line must be what follows from the line; the first entry for which it is not. */
function faultOfStore(log: VerifiedLog, stored: readonly StoredEntry[]): RegisterFault | null {
  for (const [index, entry] of log.entries.entries()) {
    const { place, leaf, root, kind, id, version, replaces } = stored[index] as StoredEntry;
    const why =
      place !== index
        ? 'is missing'
        : leaf !== hex(log.leaves[index])
          ? 'does not have the bytes that it had when it was added'
          : root !== hex(log.roots[index])
            ? 'does not lead to the root that was kept with it'
            : kind !== entry.kind ||
                id !== entry.id ||
                version !== entry.version ||
                replaces !== entry.replaces
              ? 'is filed under something that it does not say'
              : undefined;
    if (why !== undefined)
      return { entry: index, error: new WellspentError('REGISTER_DAMAGED', `Entry ${index} ${why}.`) };
  }
  return null;
}

/** A kept Result must have the figures that its entry says; the first entry whose Result has not. */
function faultOfResults(log: VerifiedLog, results: readonly StoredResult[]): RegisterFault | null {
  const byLeaf = new Map(results.map(({ leaf, result }) => [leaf, result]));
  for (const [index, { payload, id }] of log.entries.entries()) {
    const kept = byLeaf.get(hex(log.leaves[index]));
    if (kept === undefined || figuresHash(JSON.parse(kept)) === payload?.figures) continue;
    const message = `The Result "${id}" that was kept with entry ${index} has other figures than were registered.`;
    return { entry: index, error: new WellspentError('KEPT_RESULT_CHANGED', message) };
  }
  return null;
}

/**
 * Checks the whole register in a store of records: every line canonical and in its chain, every leaf and root that
 * was kept, every signed checkpoint, the figures of every Result that was kept, and the checkpoints that others kept.
 */
export function verifyStored(stored: StoredRegister, options: VerifyOptions = {}): Verification {
  const { entries, origin, notes, results } = stored;
  const { log, fault } = verifyLines(entries.map(({ line }) => Buffer.from(line, 'utf8')));
  const own = notes.map(({ size, note }) => ({ name: `the checkpoint of ${size} entries`, text: note }));
  const ofStore = faultOfStore(log, entries);
  const ofResults = faultOfResults(log, results);
  return verificationOf({ log, fault: ofStore ?? fault ?? ofResults, origin, own, ownKeys: [] }, options);
}

/** A register that has not been begun. */
export const noRegister: StoredRegister = { entries: [], origin: null, notes: [], results: [] };
