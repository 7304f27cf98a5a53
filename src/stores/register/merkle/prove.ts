import { WellspentError } from '../../../core/index.ts';
import { type Hash, rootOfLeaves } from './tree.ts';

/** The largest power of two below n. */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

function path(leaves: readonly Hash[], index: number): readonly Hash[] {
  if (leaves.length <= 1) return [];
  const k = split(leaves.length);
  return index < k
    ? [...path(leaves.slice(0, k), index), rootOfLeaves(leaves.slice(k))]
    : [...path(leaves.slice(k), index - k), rootOfLeaves(leaves.slice(0, k))];
}

function subproof(leaves: readonly Hash[], size: number, isWhole: boolean): readonly Hash[] {
  if (size === leaves.length) return isWhole ? [] : [rootOfLeaves(leaves)];
  const k = split(leaves.length);
  return size <= k
    ? [...subproof(leaves.slice(0, k), size, isWhole), rootOfLeaves(leaves.slice(k))]
    : [...subproof(leaves.slice(k), size - k, false), rootOfLeaves(leaves.slice(0, k))];
}

/**
 * The hashes that show an entry to be in the tree over these leaves, from the leaf upward (RFC 6962 §2.1.1).
 * `INDEX_OUT_OF_RANGE` where there is no such entry.
 */
export function inclusionProof(leaves: readonly Hash[], index: number): readonly Hash[] {
  if (!Number.isSafeInteger(index) || index < 0 || index >= leaves.length)
    throw new WellspentError('INDEX_OUT_OF_RANGE', `There is no entry ${index} among ${leaves.length}.`);
  return path(leaves, index);
}

/**
 * The hashes that show the tree over the first `size` leaves to be the beginning of the tree over all of them
 * (RFC 6962 §2.1.2). `CONSISTENCY_INVALID` where there is no such beginning.
 */
export function consistencyProof(leaves: readonly Hash[], size: number): readonly Hash[] {
  if (!Number.isSafeInteger(size) || size < 1 || size > leaves.length)
    throw new WellspentError(
      'CONSISTENCY_INVALID',
      `${leaves.length} entries have no beginning of size ${size}.`,
    );
  return subproof(leaves, size, true);
}
