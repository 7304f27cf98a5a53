import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { WellspentError } from '../../../core/index.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { isOrigin } from './checkpoint.ts';

/** A public key that a register, or somebody who witnesses it, signs with (C2SP signed-note). */
export interface VerifierKey {
  readonly name: string;
  /** Four bytes as eight hexadecimal digits. */
  readonly id: string;
  readonly key: KeyObject;
}

const ed25519 = 1;

function keyId(name: string, typed: Uint8Array): string {
  return createHash('sha256').update(`${name}\n`).update(typed).digest('hex').slice(0, 8);
}

/** The text of a key, `name+id+base64`, from its name and 32 bytes. */
export function verifierKeyText(name: string, key: Uint8Array): string {
  const typed = Uint8Array.of(ed25519, ...key);
  return `${name}+${keyId(name, typed)}+${toBase64(typed)}`;
}

/** Reads a key as `name+id+base64`; `UNKNOWN_KEY` where it is not an Ed25519 key that carries its own id. */
export function readVerifierKey(text: string): VerifierKey {
  // The base64 may hold plus signs of its own.
  const [, name = '', id = '', written = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text.trim()) ?? [];
  const typed = fromBase64(written);
  if (!isOrigin(name) || typed?.length !== 33 || typed[0] !== ed25519 || keyId(name, typed) !== id)
    throw new WellspentError('UNKNOWN_KEY', 'This is not a verifier key that can be used.', {
      found: text.slice(0, 100),
      hint: 'a line such as register.example+93a2c866+AddamAGCsQq3…, from somebody other than the sender of the register',
    });
  const x = Buffer.from(typed.subarray(1)).toString('base64url');
  return { name, id, key: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }) };
}

/** The keys of a keys.txt: one a line, blank lines between allowed. */
export function readVerifierKeys(text: string): readonly VerifierKey[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(readVerifierKey);
}
