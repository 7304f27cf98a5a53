import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeWorkspace } from '../made-data/made-workspace.ts';
import { generate } from './generate.ts';
import { defaultSeed } from './planted.ts';

export interface BuildOptions {
  readonly seed?: number;
  /** The same service without the trap: both teams resolve alike, and letters are answered in time. */
  readonly clean?: boolean;
}

/** Makes the contact-centre workspace in a folder: its charter, its made-up extracts and truth.yaml. */
export async function buildExample(dir: string, options: BuildOptions = {}): Promise<void> {
  const { seed = defaultSeed, clean = false } = options;
  makeWorkspace(dirname(fileURLToPath(import.meta.url)), dir, { seed, clean }, generate);
}
