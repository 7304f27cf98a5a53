import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import type { ConsistencyClaim, InclusionClaim } from '../merkle/verify.ts';

/** What the stand-alone verifier exports, for tests that hold it against the product. */
interface Verifier {
  readLine(line: Uint8Array): unknown;
  canonical(value: unknown): string;
  leafHash(line: Uint8Array): Promise<Uint8Array>;
  verifyInclusion(claim: InclusionClaim): Promise<void>;
  verifyConsistency(claim: ConsistencyClaim): Promise<void>;
  verifyCheckpoint(note: string, keys: readonly string[]): Promise<Checkpoint>;
  refuseFork(checkpoints: readonly Checkpoint[]): void;
  readProof(text: string): unknown;
  openCommitment(commitment: string, payload: unknown, salt: Uint8Array): Promise<void>;
  verifyLog(log: Uint8Array): Promise<{ readonly roots: readonly Uint8Array[] }>;
  report(given: {
    readonly log?: Uint8Array;
    readonly entry?: Uint8Array;
    readonly proof?: string;
    readonly checkpoint?: string;
    readonly consistency?: string;
    readonly held?: readonly string[];
    readonly keys?: readonly string[];
    readonly holder?: string;
    readonly since?: string;
  }): Promise<string>;
  runVectors(): Promise<number>;
}

/** The program as it stands, run by Node. */
export const loadVerifier = async (): Promise<Verifier> =>
  (await import(new URL('./verify.mjs', import.meta.url).href)) as Verifier;

/** The code of the refusal of some work; undefined when it refuses nothing. */
export async function refusalOf(work: () => unknown): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    const { code } = error as { readonly code?: string };
    if (typeof code !== 'string') throw error;
    return code;
  }
}
