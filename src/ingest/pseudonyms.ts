import { hash } from 'node:crypto';
import type { IdentityKind } from './mapping/fields.ts';
import { ownText } from './readers/own-text.ts';

const alphabet = Buffer.from('abcdefghijklmnopqrstuvwxyz234567');
const length = 26;
/** Ids remembered twice over; readers that code their cells ask for each only once. */
const memory = 50_000;

/** Turns an identifier of a kind into its pseudonym: the same in every extract that is read with the same key. */
export type Pseudonymise = (kind: IdentityKind, id: string) => string;

/** An identifier as it is compared: composed accents, no blanks around it, single blanks inside. */
export function normaliseId(id: string): string {
  const trimmed = id.trim();
  const plain = /^[\x21-\x7e]*$/.test(trimmed);
  return plain ? trimmed : trimmed.normalize('NFC').replaceAll(/\s+/g, ' ');
}

const letters = Buffer.alloc(length);

function base32(bytes: Buffer): string {
  let size = 0;
  let bits = 0;
  let held = 0;
  for (let i = 0; size < length; i++) {
    held = (held << 8) | (bytes[i] as number);
    bits += 8;
    while (bits >= 5 && size < length) {
      bits -= 5;
      letters[size++] = alphabet[(held >>> bits) & 31] as number;
      held &= (1 << bits) - 1;
    }
  }
  return letters.toString('latin1');
}

const blockBytes = 64;

/** HMAC-SHA-256 (RFC 2104) from the one-shot hash: several times faster than making an Hmac object an identifier. */
function hmacWith(key: Buffer): (message: string) => Buffer {
  const block = Buffer.alloc(blockBytes);
  (key.length > blockBytes ? hash('sha256', key, 'buffer') : key).copy(block);
  const inner = Buffer.from(block.map((byte) => byte ^ 0x36));
  const outer = Buffer.alloc(blockBytes + 32);
  Buffer.from(block.map((byte) => byte ^ 0x5c)).copy(outer);
  return (message) => {
    const first = Buffer.allocUnsafe(blockBytes + Buffer.byteLength(message));
    inner.copy(first);
    first.write(message, blockBytes);
    hash('sha256', first, 'buffer').copy(outer, blockBytes);
    return hash('sha256', outer, 'buffer');
  };
}

/**
 * Pseudonyms by keyed hash: base32 of HMAC-SHA-256(key, kind, 0, normalised id), 26 characters (130 bits).
 * Results are remembered for ids met lately, so that memory stays bounded.
 */
export function pseudonymsWith(key: Buffer): Pseudonymise {
  const hmac = hmacWith(key);
  const recent = new Map<IdentityKind, { young: Map<string, string>; old: Map<string, string> }>();
  return (kind, id) => {
    // Rows hardly ever come again, so remembering them would only cost memory.
    if (kind === 'row') return base32(hmac(`${kind}\0${id}`));
    let known = recent.get(kind);
    if (!known) {
      known = { young: new Map(), old: new Map() };
      recent.set(kind, known);
    }
    let token = known.young.get(id);
    if (token !== undefined) return token;
    token = known.old.get(id);
    if (token === undefined) {
      token = base32(hmac(`${kind}\0${normaliseId(id)}`));
    }
    if (known.young.size >= memory) {
      known.old = known.young;
      known.young = new Map();
    }
    known.young.set(ownText(id), token);
    return token;
  };
}

/** The same pseudonyms, but workers keep their names: for a log that is read, told to its owner and not kept. */
export function namedWorkers(pseudonymise: Pseudonymise): Pseudonymise {
  return (kind, id) => (kind === 'worker' ? normaliseId(id) : pseudonymise(kind, id));
}
