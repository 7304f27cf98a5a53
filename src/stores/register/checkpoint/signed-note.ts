import { verify } from 'node:crypto';
import { WellspentError } from '../../../core/index.ts';
import { fromBase64 } from './base64.ts';
import { type Checkpoint, isOrigin, readCheckpointText } from './checkpoint.ts';
import type { VerifierKey } from './verifier-key.ts';

interface Signature {
  readonly name: string;
  readonly keyId: string;
  readonly signature: Uint8Array;
}

/** A signed note taken apart; nothing in its text may be relied on before `verifyNote`. */
export interface SignedNote {
  /** What is signed, its last line feed included. */
  readonly text: string;
  readonly signatures: readonly Signature[];
}

const mostSignatures = 100;
const control = /(?!\n)\p{Cc}/u;

function malformed(why: string): never {
  throw new WellspentError('CHECKPOINT_MALFORMED', `This is not a signed note: ${why}.`);
}

function readSignature(line: string): Signature {
  const [, name = '', written = ''] = /^\u2014 (\S+) (\S+)$/u.exec(line) ?? [];
  const bytes = fromBase64(written);
  if (!isOrigin(name) || bytes === undefined || bytes.length < 5)
    return malformed('a line after the blank one is not a signature');
  return {
    name,
    keyId: Buffer.from(bytes.subarray(0, 4)).toString('hex'),
    signature: bytes.subarray(4),
  };
}

/** Takes a signed note apart (C2SP signed-note): text, a blank line, signatures. `CHECKPOINT_MALFORMED` for any other. */
export function readSignedNote(note: string): SignedNote {
  if (!note.isWellFormed() || control.test(note))
    return malformed('it holds control characters, such as a CR');
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) return malformed('no blank line parts its text from its signatures');
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length > mostSignatures) return malformed(`it has more than ${mostSignatures} signatures`);
  return { text: note.slice(0, end + 1), signatures: lines.map(readSignature) };
}

/**
 * Checks a note against the keys one trusts and gives the keys that signed it. Signatures of other keys are
 * passed over (`UNKNOWN_KEY` when there are only those); a wrong one of a known key rejects the note
 * (`SIGNATURE_INVALID`).
 */
export function verifyNote(note: SignedNote, keys: readonly VerifierKey[]): readonly VerifierKey[] {
  const bytes = Buffer.from(note.text, 'utf8');
  const signedBy = note.signatures.flatMap(({ name, keyId, signature }) => {
    const known = keys.find((key) => key.name === name && key.id === keyId);
    if (!known) return [];
    if (signature.length !== 64 || !verify(null, bytes, known.key, signature))
      throw new WellspentError(
        'SIGNATURE_INVALID',
        `The signature of ${name} does not fit what it stands under.`,
      );
    return [known];
  });
  if (signedBy.length === 0)
    throw new WellspentError('UNKNOWN_KEY', 'Nobody whose key is trusted has signed this checkpoint.', {
      found: note.signatures.map(({ name, keyId }) => `${name}+${keyId}`).join(', '),
    });
  return signedBy;
}

/** The checkpoint of a signed note, read only after its signatures are checked. */
export function verifyCheckpoint(note: string, keys: readonly VerifierKey[]): Checkpoint {
  const taken = readSignedNote(note);
  verifyNote(taken, keys);
  return readCheckpointText(taken.text);
}
