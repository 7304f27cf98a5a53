import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeWorkspace } from '../made-data/made-workspace.ts';
import { generate } from './generate.ts';
import { defaultSeed } from './planted.ts';

export interface BuildOptions {
  readonly seed?: number;
  /** The same service without the trap: three hospitals alike, apart from chance. */
  readonly clean?: boolean;
  /** Part of the 90,000 operations, 0 to 1. */
  readonly size?: number;
}

/** Makes the operations workspace in a folder: its charter, its made-up extracts and truth.yaml. */
export async function buildExample(dir: string, options: BuildOptions = {}): Promise<void> {
  const { seed = defaultSeed, clean = false, size = 1 } = options;
  makeWorkspace(dirname(fileURLToPath(import.meta.url)), dir, { seed, clean, size }, generate);
}
