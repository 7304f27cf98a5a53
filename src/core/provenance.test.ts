import { describe, expect, it } from 'vitest';
import { codeVersion, provenance, sha256Hex } from './provenance.ts';

describe('fingerprints', () => {
  it('SHA-256 of "abc" is the value in FIPS 180-4', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('the version carries a fingerprint of the code and every provenance carries the version', () => {
    expect(codeVersion()).toMatch(/^\d+\.\d+\.\d+\+[0-9a-f]{12}$/);
    expect(provenance({ method: 'counting' }).version).toBe(codeVersion());
  });
});
