import { WellspentError } from '../../../core/index.ts';
import { type Hash, hashBytes } from '../merkle/tree.ts';
import { verifyInclusion } from '../merkle/verify.ts';
import { fromBase64, toBase64 } from './base64.ts';
import type { Checkpoint } from './checkpoint.ts';
import { verifyCheckpoint } from './signed-note.ts';
import type { VerifierKey } from './verifier-key.ts';

/** That an entry is in a register, in one file: its index, its proof, and the signed checkpoint it leads to. */
export interface TlogProof {
  readonly index: number;
  /** From the leaf upward. */
  readonly proof: readonly Hash[];
  /** The signed note, verbatim. */
  readonly checkpoint: string;
}

const head = 'c2sp.org/tlog-proof@v1';

/** A proof as a .tlog-proof file (C2SP tlog-proof). */
export function tlogProofText({ index, proof, checkpoint }: TlogProof): string {
  return `${[head, `index ${index}`, ...proof.map(toBase64)].join('\n')}\n\n${checkpoint}`;
}

/** Takes a .tlog-proof apart; `PROOF_INVALID` for any other text. Nothing in it is checked yet. */
export function readTlogProof(text: string): TlogProof {
  const refuse = (why: string): never => {
    throw new WellspentError('PROOF_INVALID', `This is not a proof file: ${why}.`);
  };
  const end = text.indexOf('\n\n');
  if (end < 0) return refuse('no blank line comes before the checkpoint');
  const [first, second = '', ...hashes] = text.slice(0, end).split('\n');
  if (first !== head) return refuse(`it does not begin with ${head}`);
  const [, written = ''] = /^index (0|[1-9]\d{0,15})$/.exec(second) ?? [];
  if (written === '' || !Number.isSafeInteger(Number(written)))
    return refuse('its second line gives no index');
  const proof = hashes.map((hash) => {
    const bytes = fromBase64(hash);
    return bytes?.length === hashBytes ? bytes : refuse('a line is not a hash of 32 bytes');
  });
  return { index: Number(written), proof, checkpoint: text.slice(end + 2) };
}

/**
 * Checks a proof file for an entry with nothing but keys that one trusts, and gives the checkpoint that holds it:
 * first the signatures, then the place of the entry under the root that was signed.
 */
export function verifyTlogProof(text: string, leaf: Hash, keys: readonly VerifierKey[]): Checkpoint {
  const { index, proof, checkpoint } = readTlogProof(text);
  const { size, root, origin } = verifyCheckpoint(checkpoint, keys);
  verifyInclusion({ leaf, index, size, root, proof });
  return { origin, size, root };
}
