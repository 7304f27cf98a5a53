import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, codeOf, hasFixtures, merkleFixture } from '../fixtures.test-support.ts';
import { consistencyProof, inclusionProof } from './prove.ts';
import {
  emptyFrontier,
  emptyRoot,
  type Hash,
  leafHash,
  nodeHash,
  rootOf,
  rootOfLeaves,
  withLeaf,
} from './tree.ts';
import { verifyConsistency, verifyInclusion } from './verify.ts';

const leaves = Array.from({ length: 64 }, (_, i) => leafHash(Buffer.from(`entry ${i}`)));
const roots = leaves.map((_, i) => rootOfLeaves(leaves.slice(0, i + 1)));
const rootAt = (size: number) => roots[size - 1] as Hash;

/** The definition of RFC 6962 §2.1, word for word. */
function treeHash(list: readonly Hash[]): Hash {
  if (list.length === 0) return emptyRoot;
  if (list.length === 1) return list[0] as Hash;
  const k = 2 ** Math.floor(Math.log2(list.length - 1));
  return nodeHash(treeHash(list.slice(0, k)), treeHash(list.slice(k)));
}

describe('the tree', () => {
  it('has the roots that RFC 6962 defines, grown leaf by leaf', () => {
    let frontier = emptyFrontier;
    expect(Buffer.from(rootOf(frontier)).toString('base64')).toBe(
      '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
    );
    for (const [i, leaf] of leaves.entries()) {
      frontier = withLeaf(frontier, leaf);
      expect(frontier.size).toBe(i + 1);
      expect(rootOf(frontier)).toEqual(treeHash(leaves.slice(0, i + 1)));
      expect(frontier.peaks.length).toBe([...(i + 1).toString(2)].filter((bit) => bit === '1').length);
    }
  });
});

describe('proofs for every size up to 64', () => {
  it('show each entry in its place and in no other, and under no other root', () => {
    const wrong: string[] = [];
    for (let size = 1; size <= 64; size += 1) {
      const tree = leaves.slice(0, size);
      for (const [index, leaf] of tree.entries()) {
        const proof = inclusionProof(tree, index);
        const claim = { leaf, index, size, root: rootAt(size), proof };
        if (codeOf(() => verifyInclusion(claim)) !== undefined) wrong.push(`${index} of ${size}`);
        const others = [
          ...tree.keys().map((other) => ({ ...claim, index: other })),
          { ...claim, root: rootAt(size === 64 ? 1 : size + 1) },
          { ...claim, root: leaf },
        ].filter((other) => other.index !== index || Buffer.compare(other.root, claim.root) !== 0);
        for (const other of others)
          if (codeOf(() => verifyInclusion(other)) !== 'PROOF_INVALID')
            wrong.push(`${index} of ${size} as ${other.index}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('show each tree to begin with each one before it', () => {
    const wrong: string[] = [];
    for (let to = 1; to <= 64; to += 1)
      for (let from = 1; from <= to; from += 1) {
        const proof = consistencyProof(leaves.slice(0, to), from);
        const claim = { from, to, fromRoot: rootAt(from), toRoot: rootAt(to), proof };
        const swapped = { ...claim, fromRoot: claim.toRoot, toRoot: claim.fromRoot };
        const backward = { ...swapped, from: to, to: from };
        const found = [claim, swapped, backward].map((other) => codeOf(() => verifyConsistency(other)));
        const due =
          from === to ? [undefined, undefined, undefined] : [undefined, 'CONSISTENCY_INVALID', 'TRUNCATED'];
        if (found.join() !== due.join()) wrong.push(`${from} to ${to}: ${found.join()}`);
      }
    expect(wrong).toEqual([]);
  });

  it('are refused with any bit changed, a hash dropped, doubled or moved', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 64 }), fc.nat(), fc.nat(), (size, at, salt) => {
        const index = at % size;
        const tree = leaves.slice(0, size);
        const proof = inclusionProof(tree, index);
        const claim = { leaf: tree[index] as Hash, index, size, root: rootAt(size), proof };
        const which = salt % proof.length;
        const flipped = proof.map((hash, i) => (i === which ? flip(hash, salt % 256) : hash));
        const dropped = proof.filter((_, i) => i !== which);
        const doubled = proof.flatMap((hash, i) => (i === which ? [hash, hash] : [hash]));
        for (const other of [flipped, dropped, doubled, ...(proof.length > 1 ? [proof.toReversed()] : [])])
          expect(codeOf(() => verifyInclusion({ ...claim, proof: other }))).toBe('PROOF_INVALID');
      }),
    );
  });

  it('are not made for an entry or a beginning that is not there', () => {
    for (const index of [-1, 3, 0.5, Number.NaN])
      expect(codeOf(() => inclusionProof(leaves.slice(0, 3), index))).toBe('INDEX_OUT_OF_RANGE');
    for (const size of [0, 4, 1.5])
      expect(codeOf(() => consistencyProof(leaves.slice(0, 3), size))).toBe('CONSISTENCY_INVALID');
  });
});

/** The hash with one bit changed. */
function flip(hash: Hash, bit: number): Hash {
  const changed = Uint8Array.from(hash);
  changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return changed;
}

describe.skipIf(!hasFixtures)('the published cases of transparency-dev/merkle', () => {
  const { inclusion, consistency } = hasFixtures ? merkleFixture() : { inclusion: [], consistency: [] };
  const proofOf = (proof: readonly string[] | null) => (proof ?? []).map((hash) => bytesOf(hash));

  it('are 106, of which 100 must be refused', () => {
    expect(inclusion.length + consistency.length).toBe(106);
    expect([...inclusion, ...consistency].filter(({ wantErr }) => wantErr)).toHaveLength(100);
  });

  it.each(inclusion)('inclusion of $leafIdx in $treeSize: $desc', ({ wantErr, proof, ...given }) => {
    const claim = {
      leaf: bytesOf(given.leafHash),
      index: BigInt(given.leafIdx),
      size: BigInt(given.treeSize),
      root: bytesOf(given.root),
      proof: proofOf(proof),
    };
    expect(codeOf(() => verifyInclusion(claim)) !== undefined).toBe(wantErr);
  });

  it.each(consistency)('consistency of $size1 and $size2: $desc', ({ wantErr, proof, ...given }) => {
    const claim = {
      from: BigInt(given.size1),
      to: BigInt(given.size2),
      fromRoot: bytesOf(given.root1),
      toRoot: bytesOf(given.root2),
      proof: proofOf(proof),
    };
    expect(codeOf(() => verifyConsistency(claim)) !== undefined).toBe(wantErr);
  });
});
