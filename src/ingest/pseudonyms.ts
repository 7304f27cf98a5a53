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

/** True where a text holds visible characters of ASCII alone, as most identifiers do. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code <= 32 || code >= 127) return false;
  }
  return true;
}

/** An identifier as it is compared: composed accents, no blanks around it, single blanks inside. */
export function normaliseId(id: string): string {
  return isPlain(id) ? id : id.trim().normalize('NFC').replaceAll(/\s+/g, ' ');
}

const letters: number[] = new Array(length).fill(0);

/** Puts the eight letters of five bytes, from a text of one character each. */
function putEight(bytes: string, from: number, to: number): void {
  const high = (bytes.charCodeAt(from) << 12) | (bytes.charCodeAt(from + 1) << 4);
  const middle = bytes.charCodeAt(from + 2);
  const low = (bytes.charCodeAt(from + 3) << 8) | bytes.charCodeAt(from + 4);
  const first = high | (middle >>> 4);
  const second = ((middle & 15) << 16) | low;
  for (let i = 0; i < 4; i++) {
    letters[to + i] = alphabet[(first >>> (15 - 5 * i)) & 31] as number;
    letters[to + 4 + i] = alphabet[(second >>> (15 - 5 * i)) & 31] as number;
  }
}

/** Base32 of the first 130 bits of bytes that are given as a text of one character each. */
function base32(bytes: string): string {
  for (let group = 0; group < 3; group++) putEight(bytes, 5 * group, 8 * group);
  const rest = (bytes.charCodeAt(15) << 2) | (bytes.charCodeAt(16) >>> 6);
  letters[24] = alphabet[rest >>> 5] as number;
  letters[25] = alphabet[rest & 31] as number;
  return String.fromCharCode(...letters);
}

const blockBytes = 64;
/** Room for the bytes of a text is kept where it has as many characters at most; few identifiers are longer. */
const usualCharacters = 256;

/** Bytes as a text of one character each: the one-shot hash makes such a text much sooner than a buffer. */
const bytesInText = 'binary';

/** Puts the characters of a text below 256 at a place, each as a byte; how many come before the first other one. */
function putBytes(text: string, limit: number, bytes: Uint8Array, at: number): number {
  let i = 0;
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= limit) break;
    bytes[at + i] = code;
  }
  return i;
}

/**
 * HMAC-SHA-256 (RFC 2104) of texts behind a beginning that they share, from the one-shot hash: many times faster than
 * making an Hmac object an identifier.
 */
function hmacBehind(beginning: string, key: Buffer): (text: string) => string {
  const block = Buffer.alloc(blockBytes);
  (key.length > blockBytes ? hash('sha256', key, 'buffer') : key).copy(block);
  const head = Buffer.concat([block.map((byte) => byte ^ 0x36), Buffer.from(beginning)]);
  const usual = Buffer.concat([head], head.length + usualCharacters);
  /** The room up to where a text of each length ends. */
  const upTo = Array.from({ length: usualCharacters + 1 }, (_, size) =>
    usual.subarray(0, head.length + size),
  );
  const outer = Buffer.concat([block.map((byte) => byte ^ 0x5c)], blockBytes + 32);
  return (text) => {
    const size = text.length;
    const isUsual = size <= usualCharacters && putBytes(text, 128, usual, head.length) === size;
    const inner = isUsual ? (upTo[size] as Buffer) : Buffer.concat([head, Buffer.from(text)]);
    putBytes(hash('sha256', inner, bytesInText), 256, outer, blockBytes);
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
