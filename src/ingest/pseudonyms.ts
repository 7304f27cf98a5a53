import { hash } from 'node:crypto';
import type { IdentityKind } from './mapping/fields.ts';
import { ownText } from './readers/own-text.ts';

const alphabet = Buffer.from('abcdefghijklmnopqrstuvwxyz234567');
const length = 26;
/** Ids remembered twice over. */
const memory = 50_000;

/** Turns an identifier of a kind into its pseudonym: the same in every extract that is read with the same key. */
export interface Pseudonymise {
  (kind: IdentityKind, id: string): string;
  /** The same for who asks for each id only once, so that nothing need be remembered. */
  readonly once?: (kind: IdentityKind, id: string) => string;
}

/** An identifier as it is compared: composed accents, no blanks around it, single blanks inside. */
export function normaliseId(id: string): string {
  const trimmed = id.trim();
  const plain = /^[\x21-\x7e]*$/.test(trimmed);
  return plain ? trimmed : trimmed.normalize('NFC').replaceAll(/\s+/g, ' ');
}

const letters = Buffer.alloc(length);

/** Base32 of bytes that are given as a text of one character each. */
function base32(bytes: string): string {
  let size = 0;
  let bits = 0;
  let held = 0;
  for (let i = 0; size < length; i++) {
    held = (held << 8) | bytes.charCodeAt(i);
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
/** Room for the bytes of a text is kept where it has as many characters at most; few identifiers are longer. */
const usualCharacters = 256;

/** Bytes as a text of one character each: the one-shot hash makes such a text much sooner than a buffer. */
const bytesInText = 'binary';

/**
 * HMAC-SHA-256 (RFC 2104) of texts behind a beginning that they share, from the one-shot hash: many times faster than
 * making an Hmac object an identifier.
 */
function hmacBehind(beginning: string, key: Buffer): (text: string) => string {
  const block = Buffer.alloc(blockBytes);
  (key.length > blockBytes ? hash('sha256', key, 'buffer') : key).copy(block);
  const head = Buffer.concat([block.map((byte) => byte ^ 0x36), Buffer.from(beginning)]);
  const usual = Buffer.concat([head], head.length + 3 * usualCharacters);
  const outer = Buffer.concat([block.map((byte) => byte ^ 0x5c)], blockBytes + 32);
  return (text) => {
    const isUsual = text.length <= usualCharacters;
    const inner = isUsual ? usual : Buffer.concat([head], head.length + 3 * text.length);
    const size = head.length + inner.write(text, head.length);
    outer.write(hash('sha256', inner.subarray(0, size), bytesInText), blockBytes, bytesInText);
    return hash('sha256', outer, bytesInText);
  };
}

/** The pseudonyms of one kind of identifier. */
interface OfKind {
  readonly hmac: (text: string) => string;
  /** Pseudonyms of ids met lately, and of those met before. */
  young: Map<string, string>;
  old: Map<string, string>;
}

/**
 * Pseudonyms by keyed hash: base32 of HMAC-SHA-256(key, kind, 0, normalised id), 26 characters (130 bits).
 * Results are remembered for ids met lately, so that memory stays bounded.
 */
export function pseudonymsWith(key: Buffer): Pseudonymise {
  const kinds = new Map<IdentityKind, OfKind>();
  const of = (kind: IdentityKind): OfKind => {
    let own = kinds.get(kind);
    if (!own) {
      own = { hmac: hmacBehind(`${kind}\0`, key), young: new Map(), old: new Map() };
      kinds.set(kind, own);
    }
    return own;
  };
  const once = (kind: IdentityKind, id: string) =>
    base32(of(kind).hmac(kind === 'row' ? id : normaliseId(id)));
  const remembered = (kind: IdentityKind, id: string) => {
    // Rows hardly ever come again, so remembering them would only cost memory.
    if (kind === 'row') return once(kind, id);
    const own = of(kind);
    const known = own.young.get(id);
    if (known !== undefined) return known;
    const token = own.old.get(id) ?? once(kind, id);
    if (own.young.size >= memory) {
      own.old = own.young;
      own.young = new Map();
    }
    own.young.set(ownText(id), token);
    return token;
  };
  return Object.assign(remembered, { once });
}

/** The same pseudonyms, but workers keep their names: for a log that is read, told to its owner and not kept. */
export function namedWorkers(pseudonymise: Pseudonymise): Pseudonymise {
  const named = (others: typeof pseudonymise.once) => (kind: IdentityKind, id: string) =>
    kind === 'worker' ? normaliseId(id) : (others ?? pseudonymise)(kind, id);
  return Object.assign(named(pseudonymise), { once: named(pseudonymise.once) });
}
