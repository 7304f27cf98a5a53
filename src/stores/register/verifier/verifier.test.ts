import { describe, expect, it } from 'vitest';
import { verifyCheckpoint } from '../checkpoint/signed-note.ts';
import { readVerifierKey } from '../checkpoint/verifier-key.ts';
import { readLine } from '../entry/read-line.ts';
import { verifierFiles } from '../export/verifier-files.ts';
import {
  bytesOf,
  codeOf,
  hasFixtures,
  type MustFail,
  merkleFixture,
  registerFixture,
} from '../fixtures.test-support.ts';
import { leafHash, rootOfLeaves } from '../merkle/tree.ts';
import { verifyConsistency, verifyInclusion } from '../merkle/verify.ts';
import { loadVerifier, refusalOf } from './verifier.test-support.ts';

const verifier = await loadVerifier();

/** Every way of changing one bit. */
const flipped = (bytes: Uint8Array) =>
  Array.from({ length: 8 * bytes.length }, (_, bit) => {
    const changed = Uint8Array.from(bytes);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return changed;
  });

describe('the stand-alone verifier', () => {
  it('gives its own vectors', async () => {
    expect(await verifier.runVectors()).toBeGreaterThan(10);
  });

  it('imports nothing of ours, reaches for no network, and is a page of fewer than 500 lines', () => {
    const { 'verify.mjs': program = '', 'verify.html': page = '' } = Object.fromEntries(verifierFiles());
    expect([...program.matchAll(/\bimport\b[^;]*/g)].map(([found]) => found)).toEqual(["import('node:fs')"]);
    expect(page).not.toMatch(/fetch|XMLHttp|WebSocket|https?:|\bsrc=|<link/);
    expect(page.split('</script').length).toBe(2);
    expect(page.split('\n').length).toBeLessThan(500);
    expect(page).toContain(program);
  });
});

describe.skipIf(!hasFixtures)('the two verifiers agree', () => {
  if (!hasFixtures) return it.skip('on 150 cases', () => {});
  const fixture = registerFixture();
  const keys = [fixture.vkey];
  const lines = fixture.entries.map(({ canonical }) => Buffer.from(canonical));
  const leaves = lines.map(leafHash);
  const root = rootOfLeaves(leaves);

  const check = async (given: MustFail) => {
    const proof = () => given.proof.map((hash) => bytesOf(hash));
    const { index, size, from, to } = given;
    switch (given.check) {
      case 'inclusion':
        return verifier.verifyInclusion({
          ...{
            leaf: bytesOf(given.leaf_hash, 'hex'),
            index,
            size,
            root: bytesOf(given.root),
            proof: proof(),
          },
        });
      case 'consistency':
        return verifier.verifyConsistency({
          ...{ from, to, fromRoot: bytesOf(given.root1), toRoot: bytesOf(given.root2), proof: proof() },
        });
      case 'checkpoint':
        return verifier.verifyCheckpoint(given.text, keys);
      case 'equivocation':
        return verifier.refuseFork(
          await Promise.all(given.texts.map((text) => verifier.verifyCheckpoint(text, keys))),
        );
      case 'commitment':
        return verifier.openCommitment(given.hex, given.payload, bytesOf(given.salt, 'hex'));
      case 'line':
        return verifier.readLine(Buffer.from(given.line));
    }
  };

  it.each(fixture.must_fail)('that $id must fail as $code', async (given) => {
    expect(await refusalOf(() => check(given))).toBe(given.code);
  });

  it('on the register, its checkpoints, its proofs and its commitment', async () => {
    const log = Buffer.concat(lines.map((line) => Buffer.concat([line, Buffer.from('\n')])));
    const { roots } = await verifier.verifyLog(log);
    expect(Buffer.from(roots.at(-1) ?? [])).toEqual(Buffer.from(root));
    for (const size of [3, 7] as const)
      expect((await verifier.verifyCheckpoint(fixture.checkpoints[size], keys)).size).toBe(size);
    const { salt, payload, hex } = fixture.commitment;
    await verifier.openCommitment(hex, payload, bytesOf(salt, 'hex'));
  });

  it('on all 106 cases of transparency-dev/merkle', async () => {
    const { inclusion, consistency } = merkleFixture();
    const wrong: string[] = [];
    for (const { wantErr, proof, desc, ...given } of inclusion) {
      const claim = {
        ...{ leaf: bytesOf(given.leafHash), index: BigInt(given.leafIdx), size: BigInt(given.treeSize) },
        ...{ root: bytesOf(given.root), proof: (proof ?? []).map((hash) => bytesOf(hash)) },
      };
      const code = await refusalOf(() => verifier.verifyInclusion(claim));
      if ((code !== undefined) !== wantErr || code !== codeOf(() => verifyInclusion(claim))) wrong.push(desc);
    }
    for (const { wantErr, proof, desc, ...given } of consistency) {
      const claim = {
        ...{ from: BigInt(given.size1), to: BigInt(given.size2), fromRoot: bytesOf(given.root1) },
        ...{ toRoot: bytesOf(given.root2), proof: (proof ?? []).map((hash) => bytesOf(hash)) },
      };
      const code = await refusalOf(() => verifier.verifyConsistency(claim));
      if ((code !== undefined) !== wantErr || code !== codeOf(() => verifyConsistency(claim)))
        wrong.push(desc);
    }
    expect(wrong).toEqual([]);
  });

  it('on every line with any one bit changed', async () => {
    const wrong: string[] = [];
    for (const line of lines.flatMap(flipped)) {
      const code = await refusalOf(() => verifier.readLine(line));
      if (code !== codeOf(() => readLine(line))) wrong.push(`${code}: ${Buffer.from(line)}`);
    }
    expect(wrong).toEqual([]);
  });

  it('that a proof or a root with any one bit changed is refused', async () => {
    const accepted: unknown[] = [];
    for (const { index, size, proof } of fixture.inclusion) {
      const hashes = proof.map((hash) => bytesOf(hash));
      const claim = { leaf: leaves[index] as Uint8Array, index, size, root, proof: hashes };
      const others = [
        ...flipped(root).map((other) => ({ ...claim, root: other })),
        ...hashes.flatMap((hash, i) =>
          flipped(hash).map((other) => ({ ...claim, proof: hashes.with(i, other) })),
        ),
      ];
      for (const other of others)
        if ((await refusalOf(() => verifier.verifyInclusion(other))) !== 'PROOF_INVALID')
          accepted.push(other);
    }
    expect(accepted).toEqual([]);
  });

  it('on a signed checkpoint with any one bit changed', async () => {
    const trusted = keys.map(readVerifierKey);
    const wrong: string[] = [];
    for (const bytes of flipped(Buffer.from(fixture.checkpoints[7]))) {
      const note = Buffer.from(bytes).toString('utf8');
      const code = await refusalOf(() => verifier.verifyCheckpoint(note, keys));
      if (code === undefined || code !== codeOf(() => verifyCheckpoint(note, trusted)))
        wrong.push(`${code}: ${note}`);
    }
    expect(wrong).toEqual([]);
  });

  describe('its sentence', () => {
    const log = Buffer.from(`${fixture.entries.map(({ canonical }) => canonical).join('\n')}\n`);
    const entry = lines[2] as Uint8Array;

    it('says what follows from a whole register and a checkpoint that was kept', async () => {
      const given = { log, held: [fixture.checkpoints[3]], keys, holder: 'the auditor', since: '2026-11-02' };
      expect(await verifier.report({ ...given, entry })).toBe(
        'The register holds 7 entries and its root is bd/LPqKg0DyPn02shyKzkdm09YLE5vqiNr/rm2ODJkg=; this entry is byte-identical to the one registered; it is entry 2 of 7, counted from 0; nothing of the 3 entries held by the auditor since 2026-11-02 was removed or altered; the signatures hold.',
      );
    });

    it('says the same of one entry, its proof and two checkpoints, without the register', async () => {
      const consistency = fixture.consistency.proof.join('\n');
      const given = {
        entry,
        proof: fixture.tlog_proof.text,
        held: [fixture.checkpoints[3]],
        consistency,
        keys,
      };
      expect(await verifier.report(given)).toBe(
        'This entry is byte-identical to the one registered; it is entry 2 of 7, counted from 0; nothing of the 3 entries held before was removed or altered; the signatures hold.',
      );
      const shorter = consistency.split('\n').slice(1).join('\n');
      expect(await refusalOf(() => verifier.report({ ...given, consistency: shorter }))).toBe(
        'CONSISTENCY_INVALID',
      );
      expect(await refusalOf(() => verifier.report({ ...given, entry: lines[3] as Uint8Array }))).toBe(
        'PROOF_INVALID',
      );
    });

    it('says what nothing shows, where nothing was kept outside', async () => {
      expect(await verifier.report({ log })).toContain('nothing shows what it held earlier');
      expect(await refusalOf(() => verifier.report({ log, keys }))).toBe('UNKNOWN_KEY');
    });

    it.each([
      ['TRUNCATED', { log: log.subarray(0, log.indexOf('\n') + 1), held: [fixture.checkpoints[3]] }],
      ['NOT_JSON', { log: log.subarray(0, -1) }],
      ['NOT_CANONICAL', { log: Buffer.from(log.toString().replaceAll('\n', '\r\n')) }],
      [
        'CONSISTENCY_INVALID',
        { log: Buffer.from(log.toString().replace('0.7', '0.8')), held: [fixture.checkpoints[3]] },
      ],
      [
        'CHECKPOINT_MALFORMED',
        {
          log,
          held: [fixture.checkpoints[3], 'other.example\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n'],
        },
      ],
    ])('refuses as %s', async (code, given) => {
      expect(await refusalOf(() => verifier.report(given))).toBe(code);
    });
  });
});
