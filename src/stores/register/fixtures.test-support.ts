import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../../shared/data/trials/', import.meta.url));

/** True where the shared cases can be read; tests that need them are skipped otherwise. */
export const hasFixtures = existsSync(`${folder}register.json`);

const read = <T>(name: string): T => JSON.parse(readFileSync(`${folder}${name}`, 'utf8')) as T;

interface FixtureEntry {
  readonly index: number;
  readonly entry: Readonly<Record<string, unknown>>;
  readonly canonical: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly leaf_hash: string;
}

/** A case that must be refused, with the code preferred; the other fields depend on `check`. */
export interface MustFail {
  readonly id: string;
  readonly check: 'inclusion' | 'consistency' | 'checkpoint' | 'equivocation' | 'commitment' | 'line';
  readonly code: string;
  readonly index: number;
  readonly size: number;
  readonly leaf_hash: string;
  readonly proof: readonly string[];
  readonly root: string;
  readonly from: number;
  readonly to: number;
  readonly root1: string;
  readonly root2: string;
  readonly text: string;
  readonly texts: readonly string[];
  readonly salt: string;
  readonly payload: unknown;
  readonly hex: string;
  readonly line: string;
}

interface RegisterFixture {
  readonly origin: string;
  readonly seed_hex: string;
  readonly public_key_hex: string;
  readonly vkey: string;
  readonly entries: readonly FixtureEntry[];
  readonly empty_root: string;
  readonly checkpoints: Readonly<Record<'3' | '7', string>>;
  readonly inclusion: readonly {
    readonly index: number;
    readonly size: number;
    readonly proof: readonly string[];
  }[];
  readonly consistency: { readonly from: number; readonly to: number; readonly proof: readonly string[] };
  readonly tlog_proof: { readonly index: number; readonly text: string };
  readonly commitment: { readonly salt: string; readonly payload: unknown; readonly hex: string };
  readonly must_fail: readonly MustFail[];
}

/** A register of seven entries made by two implementations that agree; its key is the public one of RFC 8032 §7.1. */
export const registerFixture = (): RegisterFixture => read('register.json');

interface MerkleCase {
  readonly desc: string;
  readonly wantErr: boolean;
  readonly proof: readonly string[] | null;
}

interface MerkleFixture {
  readonly inclusion: readonly (MerkleCase & {
    readonly leafIdx: string;
    readonly treeSize: string;
    readonly root: string;
    readonly leafHash: string;
  })[];
  readonly consistency: readonly (MerkleCase & {
    readonly size1: string;
    readonly size2: string;
    readonly root1: string;
    readonly root2: string;
  })[];
}

/** 106 cases of transparency-dev/merkle (Apache-2.0), of which 100 must be refused. */
export const merkleFixture = (): MerkleFixture => read('merkle.json');

/** Bytes from base64 or hexadecimal. */
export const bytesOf = (text: string, encoding: 'base64' | 'hex' = 'base64'): Uint8Array =>
  Buffer.from(text, encoding);

/** The code of the error that some work throws; undefined when it throws none. */
export function codeOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    const { code } = error as { readonly code?: string };
    if (code === undefined) throw error;
    return code;
  }
}
