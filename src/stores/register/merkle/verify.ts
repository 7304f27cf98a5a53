import { WellspentError } from '../../../core/index.ts';
import { type Hash, hashBytes, nodeHash, sameHash } from './tree.ts';

/** A place or size in a tree: an unsigned integer of 64 bits. */
export type TreeNumber = number | bigint;

const largest = 2n ** 64n - 1n;

/** What is to be shown: that the leaf is entry `index` of the tree of this size and root. */
export interface InclusionClaim {
  readonly leaf: Hash;
  readonly index: TreeNumber;
  /** Size and root come together from a verified checkpoint; a proof does not bind the size. */
  readonly size: TreeNumber;
  readonly root: Hash;
  readonly proof: readonly Hash[];
}

/** What is to be shown: that the tree of size `from` and root `fromRoot` is the beginning of the other. */
export interface ConsistencyClaim {
  readonly from: TreeNumber;
  readonly to: TreeNumber;
  readonly fromRoot: Hash;
  readonly toRoot: Hash;
  readonly proof: readonly Hash[];
}

function treeNumber(value: TreeNumber): bigint | undefined {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return undefined;
  const whole = BigInt(value);
  return whole >= 0n && whole <= largest ? whole : undefined;
}

const isWhole = (hashes: readonly Hash[]) => hashes.every((hash) => hash.length === hashBytes);

const isOdd = (n: bigint) => (n & 1n) === 1n;

/**
 * Checks that an entry is in a tree (RFC 9162 §2.1.3.2). `INDEX_OUT_OF_RANGE` for an index outside the tree,
 * else `PROOF_INVALID`.
 */
export function verifyInclusion({ leaf, index, size, root, proof }: InclusionClaim): void {
  const [i, n] = [treeNumber(index), treeNumber(size)];
  if (i === undefined || n === undefined || i >= n)
    throw new WellspentError('INDEX_OUT_OF_RANGE', `There is no entry ${index} in a register of ${size}.`);
  const refuse = (why: string) => {
    throw new WellspentError(
      'PROOF_INVALID',
      `The proof does not show entry ${index} to be in the register: ${why}.`,
    );
  };
  if (!isWhole([leaf, root, ...proof])) refuse('a hash does not have 32 bytes');
  let f = i;
  let s = n - 1n;
  let r = leaf;
  for (const p of proof) {
    if (s === 0n) refuse('it is longer than the tree is high');
    if (isOdd(f) || f === s) {
      r = nodeHash(p, r);
      while (!isOdd(f) && f !== 0n) {
        f >>= 1n;
        s >>= 1n;
      }
    } else r = nodeHash(r, p);
    f >>= 1n;
    s >>= 1n;
  }
  if (s !== 0n) refuse('it is shorter than the tree is high');
  if (!sameHash(r, root)) refuse('it leads to another root');
}

function walkConsistency(from: bigint, to: bigint, fromRoot: Hash, proof: readonly Hash[]) {
  const isPower = (from & (from - 1n)) === 0n;
  const [first, ...rest] = isPower ? [fromRoot, ...proof] : proof;
  let f = from - 1n;
  let s = to - 1n;
  while (isOdd(f)) {
    f >>= 1n;
    s >>= 1n;
  }
  let fr = first as Hash;
  let sr = first as Hash;
  for (const c of rest) {
    if (s === 0n) return undefined;
    if (isOdd(f) || f === s) {
      fr = nodeHash(c, fr);
      sr = nodeHash(c, sr);
      while (!isOdd(f) && f !== 0n) {
        f >>= 1n;
        s >>= 1n;
      }
    } else sr = nodeHash(sr, c);
    f >>= 1n;
    s >>= 1n;
  }
  return s === 0n ? { fr, sr } : undefined;
}

/** Why a proof does not show one tree to be the beginning of another; undefined where it does. */
function whyInconsistent(m: bigint, n: bigint, claim: ConsistencyClaim): string | undefined {
  const { fromRoot, toRoot, proof } = claim;
  if (!isWhole([fromRoot, toRoot, ...proof])) return 'a hash does not have 32 bytes';
  if (m === n) {
    if (proof.length > 0) return 'equal sizes need no proof';
    return sameHash(fromRoot, toRoot) ? undefined : 'the sizes are equal and the roots are not';
  }
  if (proof.length === 0) return 'the proof is empty';
  const roots = walkConsistency(m, n, fromRoot, proof);
  if (!roots) return 'the proof has another length';
  if (!sameHash(roots.fr, fromRoot)) return 'the proof leads to another earlier root';
  return sameHash(roots.sr, toRoot) ? undefined : 'the proof leads to another later root';
}

/**
 * Checks that one tree is the beginning of another (RFC 9162 §2.1.4.2): nothing in it was changed or removed.
 * `TRUNCATED` where the later is the shorter, else `CONSISTENCY_INVALID`. From nothing there is nothing to show.
 */
export function verifyConsistency(claim: ConsistencyClaim): void {
  const { from, to } = claim;
  const [m, n] = [treeNumber(from), treeNumber(to)];
  if (m !== undefined && n !== undefined && n < m)
    throw new WellspentError('TRUNCATED', `The register had ${m} entries and has ${n}: entries are gone.`);
  const why =
    m === undefined || n === undefined || m === 0n
      ? 'there is no such beginning'
      : whyInconsistent(m, n, claim);
  if (why !== undefined)
    throw new WellspentError(
      'CONSISTENCY_INVALID',
      `The register of ${to} entries is not shown to begin with the ${from} before: ${why}.`,
    );
}
