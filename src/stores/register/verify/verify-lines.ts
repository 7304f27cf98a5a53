import { WellspentError } from '../../../core/index.ts';
import { type ChainLink, chainOf, checkChain, linksOf } from '../entry/chains.ts';
import type { Entry } from '../entry/entry.ts';
import { readLine } from '../entry/read-line.ts';
import { emptyFrontier, emptyRoot, type Hash, leafHash, rootOf, withLeaf } from '../merkle/tree.ts';

/** A log whose lines have all been checked, as far as they go. */
export interface VerifiedLog {
  readonly entries: readonly Entry[];
  readonly leaves: readonly Hash[];
  /** The root after each entry. */
  readonly roots: readonly Hash[];
}

/** What is wrong with a register, and the index of the first entry that breaks, where one can be named. */
export interface RegisterFault {
  readonly entry: number | null;
  readonly error: WellspentError;
}

/** The root of a log of this size, which it has been through. */
export function rootAfter(log: VerifiedLog, size: number): Hash {
  return size === 0 ? emptyRoot : (log.roots[size - 1] as Hash);
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** The error of a line, by its number as editors count, for faults that have no place of their own. */
function faultAt(entry: number, cause: unknown): RegisterFault {
  if (cause instanceof WellspentError) return { entry, error: cause };
  throw cause;
}

/**
 * Checks lines one after another: each in its one canonical form, each version in its chain, each link leading to
 * an earlier entry. Ends at the first that breaks, and gives what is sound before it.
 */
export function verifyLines(lines: Iterable<Uint8Array>): {
  readonly log: VerifiedLog;
  readonly fault: RegisterFault | null;
} {
  const entries: Entry[] = [];
  const leaves: Hash[] = [];
  const roots: Hash[] = [];
  const links = new Map<string, ChainLink>();
  const firsts = new Map<string, ChainLink>();
  let tree = emptyFrontier;
  for (const line of lines) {
    const leaf = leafHash(line);
    try {
      const entry = readLine(line);
      const { kind, id, version, replaces } = entry;
      const before = replaces === null ? undefined : links.get(replaces);
      const name = JSON.stringify([kind, id]);
      if (links.has(hex(leaf))) throw new WellspentError('VERSION_CONFLICT', 'The entry stands twice.');
      checkChain(entry, before, firsts.get(name));
      const missing = linksOf(entry).find((link) => !links.has(link));
      if (missing !== undefined)
        throw new WellspentError('LINK_MISSING', 'The entry names an entry that does not come before it.', {
          found: missing,
        });
      if (before && replaces !== null) links.set(replaces, { ...before, replacedBy: hex(leaf) });
      const link = { kind, id, version, chain: chainOf(entry, before), replacedBy: null };
      links.set(hex(leaf), link);
      if (version === 1) firsts.set(name, link);
      entries.push(entry);
    } catch (cause) {
      return { log: { entries, leaves, roots }, fault: faultAt(leaves.length, cause) };
    }
    tree = withLeaf(tree, leaf);
    leaves.push(leaf);
    roots.push(rootOf(tree));
  }
  return { log: { entries, leaves, roots }, fault: null };
}
