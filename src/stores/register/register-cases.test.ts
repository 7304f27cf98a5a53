import { createHash, createPrivateKey, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalJson, errorCatalogue } from '../../core/index.ts';
import { checkpointText, readCheckpointText } from './checkpoint/checkpoint.ts';
import { refuseFork } from './checkpoint/equivocation.ts';
import { readSignedNote, verifyCheckpoint, verifyNote } from './checkpoint/signed-note.ts';
import { readTlogProof, tlogProofText, verifyTlogProof } from './checkpoint/tlog-proof.ts';
import { readVerifierKey, readVerifierKeys, verifierKeyText } from './checkpoint/verifier-key.ts';
import { commitmentTo, openCommitment } from './commitment.ts';
import { readLine } from './entry/read-line.ts';
import { type NewEntry, writeLine } from './entry/write-line.ts';
import { bytesOf, codeOf, hasFixtures, type MustFail, registerFixture } from './fixtures.test-support.ts';
import { consistencyProof, inclusionProof } from './merkle/prove.ts';
import { leafHash, rootOfLeaves } from './merkle/tree.ts';
import { verifyConsistency, verifyInclusion } from './merkle/verify.ts';

/** Checks a case of register.json as the product would. */
function check(given: MustFail, vkey: string): unknown {
  const keys = [readVerifierKey(vkey)];
  const proof = () => given.proof.map((hash) => bytesOf(hash));
  switch (given.check) {
    case 'inclusion':
      return verifyInclusion({
        leaf: bytesOf(given.leaf_hash, 'hex'),
        index: given.index,
        size: given.size,
        root: bytesOf(given.root),
        proof: proof(),
      });
    case 'consistency':
      return verifyConsistency({
        from: given.from,
        to: given.to,
        fromRoot: bytesOf(given.root1),
        toRoot: bytesOf(given.root2),
        proof: proof(),
      });
    case 'checkpoint':
      return verifyCheckpoint(given.text, keys);
    case 'equivocation':
      return refuseFork(given.texts.map((text) => verifyCheckpoint(text, keys)));
    case 'commitment':
      return openCommitment(given.hex, given.payload, bytesOf(given.salt, 'hex'));
    case 'line':
      return readLine(Buffer.from(given.line));
  }
}

describe.skipIf(!hasFixtures)('register.json, on which two other implementations agree', () => {
  if (!hasFixtures) return it.skip('45 cases', () => {});
  const fixture = registerFixture();
  const { entries, checkpoints, vkey, origin } = fixture;
  const lines = entries.map(({ canonical }) => Buffer.from(canonical));
  const leaves = lines.map(leafHash);
  const keys = [readVerifierKey(vkey)];
  const toText = (hashes: readonly Uint8Array[]) =>
    hashes.map((hash) => Buffer.from(hash).toString('base64'));

  it.each(entries)(
    'entry $index: bytes, SHA-256 and leaf hash',
    ({ entry, canonical, bytes, sha256, leaf_hash }) => {
      const { line } = writeLine(entry as unknown as NewEntry);
      expect(Buffer.from(line).toString()).toBe(canonical);
      expect(line).toHaveLength(bytes);
      expect(createHash('sha256').update(line).digest('hex')).toBe(sha256);
      expect(Buffer.from(leafHash(line)).toString('hex')).toBe(leaf_hash);
      expect(canonicalJson(readLine(line))).toBe(canonical);
    },
  );

  it.each([3, 7] as const)(
    'checkpoint %i: the text, and its signature by Ed25519, which gives one',
    (size) => {
      const note = checkpoints[size];
      const text = checkpointText({ origin, size, root: rootOfLeaves(leaves.slice(0, size)) });
      expect(note.startsWith(`${text}\n`)).toBe(true);
      const seed = Buffer.concat([
        Buffer.from('302e020100300506032b657004220420', 'hex'),
        bytesOf(fixture.seed_hex, 'hex'),
      ]);
      const key = createPrivateKey({ key: seed, format: 'der', type: 'pkcs8' });
      const signature = Buffer.concat([Buffer.from('93a2c866', 'hex'), sign(null, Buffer.from(text), key)]);
      expect(`${text}\n\u2014 ${origin} ${signature.toString('base64')}\n`).toBe(note);
      expect(checkpointText(verifyCheckpoint(note, keys))).toBe(text);
    },
  );

  it('the verifier key is made from the public key, and read back', () => {
    expect(verifierKeyText(origin, bytesOf(fixture.public_key_hex, 'hex'))).toBe(vkey);
    expect(readVerifierKeys(`${vkey}\n\n${vkey}\n`)).toHaveLength(2);
  });

  it.each(fixture.inclusion)('the proof of entry $index', ({ index, size, proof }) => {
    const made = inclusionProof(leaves.slice(0, size), index);
    expect(toText(made)).toEqual(proof);
    verifyInclusion({
      leaf: bytesOf(entries[index]?.leaf_hash ?? '', 'hex'),
      index,
      size,
      root: rootOfLeaves(leaves),
      proof: made,
    });
  });

  it('the proof that 7 begins with 3', () => {
    const { from, to, proof } = fixture.consistency;
    expect(toText(consistencyProof(leaves.slice(0, to), from))).toEqual(proof);
  });

  it('the proof file', () => {
    const { index, text } = fixture.tlog_proof;
    expect(tlogProofText({ index, proof: inclusionProof(leaves, index), checkpoint: checkpoints[7] })).toBe(
      text,
    );
    expect(readTlogProof(text).checkpoint).toBe(checkpoints[7]);
    const leaf = leaves[index] as Uint8Array;
    expect(verifyTlogProof(text, leaf, keys)).toMatchObject({ origin, size: 7 });
    expect(codeOf(() => verifyTlogProof(text, leaves[3] as Uint8Array, keys))).toBe('PROOF_INVALID');
    for (const other of [
      text.replace('index 2', 'index 02'),
      text.replace('@v1', '@v2'),
      text.replaceAll('=\n', '\n'),
    ])
      expect(codeOf(() => verifyTlogProof(other, leaf, keys))).toBe('PROOF_INVALID');
  });

  it('the commitment', () => {
    const { salt, payload, hex } = fixture.commitment;
    expect(commitmentTo(payload, bytesOf(salt, 'hex'))).toBe(hex);
    expect(codeOf(() => commitmentTo(payload, new Uint8Array(31)))).toBe('COMMITMENT_MISMATCH');
  });

  it('38 cases must fail', () => expect(fixture.must_fail).toHaveLength(38));

  it.each(fixture.must_fail)('$id is refused as $code', (given) => {
    expect(codeOf(() => check(given, vkey))).toBe(given.code);
    expect(Object.keys(errorCatalogue)).toContain(given.code);
  });

  /** Every way of changing one bit. */
  const flipped = (bytes: Uint8Array) =>
    Array.from({ length: 8 * bytes.length }, (_, bit) => {
      const changed = Uint8Array.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return changed;
    });

  it('every bit of every line, proof and root counts: changed, the proof does not hold', () => {
    const accepted: string[] = [];
    for (const { index, size, proof } of fixture.inclusion) {
      const root = rootOfLeaves(leaves);
      const hashes = proof.map((hash) => bytesOf(hash));
      const claim = { leaf: leaves[index] as Uint8Array, index, size, root, proof: hashes };
      const changed = [
        ...flipped(lines[index] as Uint8Array).map((line) => ({ ...claim, leaf: leafHash(line) })),
        ...flipped(root).map((other) => ({ ...claim, root: other })),
        ...hashes.flatMap((hash, at) =>
          flipped(hash).map((other) => ({ ...claim, proof: hashes.with(at, other) })),
        ),
      ];
      for (const other of changed)
        if (codeOf(() => verifyInclusion(other)) !== 'PROOF_INVALID') accepted.push(`${index}`);
    }
    expect(accepted).toEqual([]);
  });

  it('every bit of a consistency proof and of its roots counts', () => {
    const hashes = fixture.consistency.proof.map((hash) => bytesOf(hash));
    const [fromRoot, toRoot] = [rootOfLeaves(leaves.slice(0, 3)), rootOfLeaves(leaves)];
    const claim = { from: 3, to: 7, fromRoot, toRoot, proof: hashes };
    const changed = [
      ...flipped(fromRoot).map((other) => ({ ...claim, fromRoot: other })),
      ...flipped(toRoot).map((other) => ({ ...claim, toRoot: other })),
      ...hashes.flatMap((hash, at) =>
        flipped(hash).map((other) => ({ ...claim, proof: hashes.with(at, other) })),
      ),
    ];
    expect(changed.filter((other) => codeOf(() => verifyConsistency(other)) === undefined)).toEqual([]);
    expect(codeOf(() => verifyConsistency(claim))).toBeUndefined();
  });

  it('every bit of a signed checkpoint counts', () => {
    const changed = flipped(Buffer.from(checkpoints[7])).map((note) => Buffer.from(note).toString('utf8'));
    expect(changed.filter((note) => codeOf(() => verifyCheckpoint(note, keys)) === undefined)).toEqual([]);
  });
});

describe('a checkpoint', () => {
  const root = Buffer.alloc(32, 7);
  const text = checkpointText({ origin: 'register.example', size: 12, root });

  it('is read back as it was written', () => {
    expect(readCheckpointText(text)).toEqual({ origin: 'register.example', size: 12, root });
  });

  it.each([
    ['a size with a leading zero', text.replace('12', '012')],
    ['a size with a sign', text.replace('12', '+12')],
    ['a size that is no safe integer', text.replace('12', '9007199254740992')],
    ['no last line feed', text.slice(0, -1)],
    ['a fourth line', `${text}more\n`],
    ['CR at line ends', text.replaceAll('\n', '\r\n')],
    ['a space in its name', text.replace('register.example', 'register example')],
    ['a plus sign in its name', text.replace('register.example', 'register+example')],
    ['a root of 31 bytes', text.replace(root.toString('base64'), root.subarray(1).toString('base64'))],
    ['a root without padding', text.replace('=', '')],
    ['a mark at the start', `\ufeff${text.replace('register.example', '')}`],
    ['nothing', ''],
  ])('with %s is refused', (_, other) => {
    expect(codeOf(() => readCheckpointText(other))).toBe('CHECKPOINT_MALFORMED');
  });

  it('signed by nobody who is trusted is refused, and unknown signatures beside a known one are passed over', () => {
    if (!hasFixtures) return;
    const { checkpoints, vkey, must_fail } = registerFixture();
    const other = must_fail.find(({ id }) => id === 'checkpoint-other-key')?.text.split('\n\n')[1] ?? '';
    const keys = [readVerifierKey(vkey)];
    expect(verifyNote(readSignedNote(checkpoints[7] + other), keys)).toHaveLength(1);
    expect(codeOf(() => verifyNote(readSignedNote(checkpoints[7]), []))).toBe('UNKNOWN_KEY');
  });

  it.each(['', 'register.example', 'register.example+00000000+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea'])(
    '"%s" is not a verifier key',
    (key) => expect(codeOf(() => readVerifierKey(key))).toBe('UNKNOWN_KEY'),
  );
});
