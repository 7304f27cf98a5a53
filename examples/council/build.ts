import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeWorkspace } from '../made-data/made-workspace.ts';
import { generate } from './generate.ts';
import { defaultSeed, planted } from './planted.ts';

export interface BuildOptions {
  readonly seed?: number;
  /** Added to the share decided in time from the second change on; none by default. */
  readonly effect?: number;
}

/** Makes the council workspace in a folder: its charter, its made-up extracts and truth.yaml. */
export async function buildExample(dir: string, options: BuildOptions = {}): Promise<void> {
  const { seed = defaultSeed, effect = planted.effect } = options;
  makeWorkspace(dirname(fileURLToPath(import.meta.url)), dir, { seed, effect }, generate);
}
