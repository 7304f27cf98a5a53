import { WellspentError } from '../../../core/index.ts';
import type { Entry, EntryKind } from './entry.ts';
import { linkFields } from './payloads.ts';

/** What the register knows of an entry that another one names. */
export interface ChainLink {
  readonly kind: EntryKind;
  readonly id: string;
  readonly version: number;
  /** The kind of the chain's first version: a correction of a forecast continues a chain of forecasts. */
  readonly chain: EntryKind;
  /** The leaf hash of the entry that replaced it; null for the head of its chain. */
  readonly replacedBy: string | null;
}

/** The leaf hashes, in hexadecimal, that an entry's payload names. */
export function linksOf({ kind, payload }: Entry): readonly string[] {
  const named = (linkFields[kind] ?? []).flatMap((field) => payload?.[field] ?? []);
  return named.filter((link) => typeof link === 'string');
}

const amends = new Set<EntryKind>(['correction', 'withdrawal']);

/** The kind of the chain that an entry begins or continues; `before` is the entry that it replaces. */
export function chainOf(entry: Entry, before: ChainLink | undefined): EntryKind {
  return before?.chain ?? entry.kind;
}

const named = (kind: string, id: string, version: number) => `${kind} ${id}, version ${version}`;

/**
 * Refuses an entry that does not fit its chain. A first version must be the first of its kind and id; a later one
 * must replace the head of its chain, one version on, under the same id and kind or as its correction or
 * withdrawal: `VERSION_CONFLICT`, or `LINK_MISSING` where what it replaces is not in the register.
 * `first` is the first version of the same kind and id, where there is one.
 */
export function checkChain(entry: Entry, before: ChainLink | undefined, first: ChainLink | undefined): void {
  const { kind, id, version, replaces } = entry;
  const conflict = (why: string, hint: string): never => {
    throw new WellspentError('VERSION_CONFLICT', `${named(kind, id, version)}, ${why}.`, { hint });
  };
  if (replaces === null) {
    if (amends.has(kind))
      conflict('names nothing to amend', 'give the leaf hash of what it amends as "replaces"');
    if (first) conflict('is in the register already', 'make it the next version, replacing the latest');
    return;
  }
  if (!before)
    throw new WellspentError(
      'LINK_MISSING',
      `${named(kind, id, version)}, replaces an entry that is not there.`,
      {
        found: replaces,
      },
    );
  if (before.replacedBy !== null)
    conflict('replaces an entry that has been replaced', 'read the latest version, and replace that one');
  if (before.id !== id || (before.chain !== kind && !amends.has(kind)))
    conflict(`replaces ${named(before.kind, before.id, before.version)}`, 'keep the kind and the id');
  if (version !== before.version + 1)
    conflict(`replaces version ${before.version}`, `make it version ${before.version + 1}`);
}
