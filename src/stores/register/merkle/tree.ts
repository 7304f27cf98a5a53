import { hash } from 'node:crypto';

/** SHA-256 of 32 bytes. */
export type Hash = Uint8Array;

/** Bytes of a hash. */
export const hashBytes = 32;

function sha256(...parts: readonly Uint8Array[]): Hash {
  return hash('sha256', Buffer.concat(parts), 'buffer');
}

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

/** The hash of an entry: SHA-256(0x00 ‖ bytes of its line without the line end) (RFC 6962 §2.1). */
export function leafHash(line: Uint8Array): Hash {
  return sha256(leafPrefix, line);
}

/** The hash of two neighbours: SHA-256(0x01 ‖ left ‖ right) (RFC 6962 §2.1). */
export function nodeHash(left: Hash, right: Hash): Hash {
  return sha256(nodePrefix, left, right);
}

/** The root of a tree of no entries: SHA-256 of nothing. */
export const emptyRoot: Hash = sha256();

/** Whether two hashes are the same. */
export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** A growing tree, kept as its size and the roots of its full subtrees, largest first: one hash a level. */
export interface Frontier {
  readonly size: number;
  readonly peaks: readonly Hash[];
}

/** A tree of no entries. */
export const emptyFrontier: Frontier = { size: 0, peaks: [] };

/** The tree with one leaf more, in a number of steps that grows with the logarithm of its size. */
export function withLeaf(frontier: Frontier, leaf: Hash): Frontier {
  const peaks = [...frontier.peaks, leaf];
  // Each full pair to the left of the new leaf, one for every trailing 1 bit of the size, becomes one.
  for (let size = frontier.size; size % 2 === 1; size = (size - 1) / 2) {
    const right = peaks.pop() as Hash;
    const left = peaks.pop() as Hash;
    peaks.push(nodeHash(left, right));
  }
  return { size: frontier.size + 1, peaks };
}

/** The root of the tree: its full subtrees joined from the right (RFC 6962 §2.1). */
export function rootOf({ peaks }: Frontier): Hash {
  return peaks.length === 0 ? emptyRoot : peaks.reduceRight((right, left) => nodeHash(left, right));
}

/** The root over leaf hashes in order. */
export function rootOfLeaves(leaves: readonly Hash[]): Hash {
  return rootOf(leaves.reduce(withLeaf, emptyFrontier));
}
