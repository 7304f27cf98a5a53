import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { demonstrationKey } from './key-file.ts';
import { normaliseId, pseudonymsWith } from './pseudonyms.ts';

/** Base32 as in RFC 4648, lower case, written independently over a bit string. */
function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? [])
    .map((five) => 'abcdefghijklmnopqrstuvwxyz234567'[Number.parseInt(five, 2)])
    .join('');
}

describe('pseudonyms', () => {
  test.each([32, 64, 65, 200])(
    'equal the HMAC of another implementation with a key of %i bytes',
    (length) => {
      const key = Buffer.alloc(length, 'k');
      const pseudonymise = pseudonymsWith(key);
      for (const id of ['1', 'AB-1', 'é', 'x'.repeat(300), '語'.repeat(256), '語'.repeat(257), '😀b', 'c']) {
        const digest = createHmac('sha256', key).update(`case\0${id}`).digest();
        expect(pseudonymise('case', id)).toBe(base32(digest).slice(0, 26));
      }
    },
  );

  test('are the same on every machine with the demonstration key', () => {
    expect(pseudonymsWith(demonstrationKey)('case', 'C00001')).toBe(
      base32(createHmac('sha256', demonstrationKey).update('case\0C00001').digest()).slice(0, 26),
    );
  });

  test('never link the same number used for a case, a person and a worker', () => {
    const pseudonymise = pseudonymsWith(demonstrationKey);
    const tokens = (['case', 'person', 'worker', 'contact'] as const).map((kind) => pseudonymise(kind, '7'));
    expect(new Set(tokens).size).toBe(4);
  });

  test('ignore blanks around an identifier and the way accents are composed', () => {
    const pseudonymise = pseudonymsWith(demonstrationKey);
    expect(pseudonymise('person', ' Zoe\u0301  1 ')).toBe(pseudonymise('person', 'Zoé 1'));
    expect(normaliseId('007')).toBe('007');
  });

  test('stay the same when more identifiers pass than are remembered', () => {
    const pseudonymise = pseudonymsWith(demonstrationKey);
    const first = pseudonymise('case', 'first');
    for (let i = 0; i < 450_000; i++) pseudonymise('case', `n${i}`);
    expect(pseudonymise('case', 'first')).toBe(first);
  });
});
