import { WellspentError } from '../../../core/index.ts';
import type { RecordsSession } from '../../records/index.ts';
import { sql } from '../../warehouse/sql.ts';
import { type ChainLink, chainOf, checkChain, linksOf } from '../entry/chains.ts';
import type { Entry, EntryKind } from '../entry/entry.ts';
import { type NewEntry, writeLine } from '../entry/write-line.ts';
import { inclusionProof } from '../merkle/prove.ts';
import { type Frontier, type Hash, leafHash, rootOf, withLeaf } from '../merkle/tree.ts';

/** What the writer of an entry is given once it is on the disk. */
export interface Acknowledgement {
  readonly index: number;
  /** The leaf hash in hexadecimal: how other entries name this one. */
  readonly leaf: string;
  /** Entries in the register when the proof was made. */
  readonly size: number;
  /** The root that the proof leads to, in hexadecimal. */
  readonly root: string;
  readonly proof: readonly Hash[];
  /** Whether a signed checkpoint holds it yet. */
  readonly signed: boolean;
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

type LinkRow = Omit<ChainLink, 'replacedBy'> & { readonly replaced: string | null };

async function linkAt({ query }: RecordsSession, leaf: string): Promise<ChainLink | undefined> {
  const [row] = await query<LinkRow & Record<string, string | number | null>>(
    sql`select kind, id, version, chain,
        (select min(later.leaf) from register_entries later where later.replaces = ${leaf}) as replaced
      from register_entries where leaf = ${leaf}`,
  );
  if (!row) return undefined;
  const { kind, id, version, chain, replaced } = row;
  return { kind, id, version, chain, replacedBy: replaced };
}

async function firstOf(session: RecordsSession, { kind, id }: Entry): Promise<ChainLink | undefined> {
  const [row] = await session.query<{ leaf: string }>(
    sql`select leaf from register_entries where kind = ${kind} and id = ${id} and version = 1`,
  );
  return row && linkAt(session, row.leaf);
}

/** The entry's place where a line of the same bytes is in the register already: adding it again is safe. */
async function earlier(session: RecordsSession, leaf: string, tree: Frontier) {
  const [row] = await session.query<{ place: number }>(
    sql`select place from register_entries where leaf = ${leaf}`,
  );
  if (!row) return undefined;
  const leaves = await session.query<{ leaf: string }>(
    sql`select leaf from register_entries where place < ${tree.size} order by place`,
  );
  const proof = inclusionProof(
    leaves.map((entry) => Buffer.from(entry.leaf, 'hex')),
    row.place,
  );
  return { index: row.place, leaf, size: tree.size, root: hex(rootOf(tree)), proof, signed: false };
}

async function checkLinks(session: RecordsSession, entry: Entry): Promise<EntryKind> {
  const before = entry.replaces === null ? undefined : await linkAt(session, entry.replaces);
  checkChain(entry, before, await firstOf(session, entry));
  for (const link of linksOf(entry))
    if (!(await linkAt(session, link)))
      throw new WellspentError('LINK_MISSING', `The entry names an entry that the register does not hold.`, {
        found: link,
      });
  return chainOf(entry, before);
}

/**
 * Adds an entry to the register as it is in this transaction, and gives the tree with it. `ENTRY_INVALID`,
 * `PERSONAL_DATA_SUSPECTED`, `VERSION_CONFLICT` and `LINK_MISSING` leave everything as it was. The proof of the
 * newest entry is what the frontier holds, from the smallest subtree to the largest.
 */
export async function appendEntry(
  session: RecordsSession,
  tree: Frontier,
  given: NewEntry,
): Promise<{ readonly tree: Frontier; readonly acknowledged: Acknowledgement }> {
  const { entry, line } = writeLine(given);
  const leaf = leafHash(line);
  const there = await earlier(session, hex(leaf), tree);
  if (there) return { tree, acknowledged: there };
  const chain = await checkLinks(session, entry);
  const grown = withLeaf(tree, leaf);
  const root = hex(rootOf(grown));
  const { kind, id, version, replaces } = entry;
  await session.run(
    sql`insert into register_entries (place, line, leaf, root, kind, id, version, chain, replaces)
      values (${tree.size}, ${Buffer.from(line).toString('utf8')}, ${hex(leaf)}, ${root}, ${kind}, ${id}, ${version},
        ${chain}, ${replaces})`,
  );
  const proof = tree.peaks.toReversed();
  return {
    tree: grown,
    acknowledged: { index: tree.size, leaf: hex(leaf), size: grown.size, root, proof, signed: false },
  };
}
