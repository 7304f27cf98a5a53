import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeWorkspace } from '../made-data/made-workspace.ts';
import { generate } from './generate.ts';
import { defaultSeed, planted } from './planted.ts';

export interface BuildOptions {
  readonly seed?: number;
  /** The same service without the trap: the fast track saves other work and leaves checking as it was. */
  readonly clean?: boolean;
  /** Claims decided in a year; posts go with them. */
  readonly claimsAYear?: number;
}

/** Makes the claims workspace in a folder: its charter, its made-up extracts and truth.yaml. */
export async function buildExample(dir: string, options: BuildOptions = {}): Promise<void> {
  const { seed = defaultSeed, clean = false, claimsAYear = planted.claimsAYear } = options;
  makeWorkspace(dirname(fileURLToPath(import.meta.url)), dir, { seed, clean, claimsAYear }, generate);
}
