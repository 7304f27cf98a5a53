import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canonicalJson, sha256Hex } from '../../src/core/index.ts';
import { generate } from './generate.ts';
import { defaultCases, defaultSeed, fullCases } from './planted.ts';

export interface BuildOptions {
  /** Makes the published number of applications, 138,000, instead of 10,000. */
  readonly full?: boolean;
  /** Applications to make, whatever "full" says. */
  readonly cases?: number;
  readonly seed?: number;
  /** Told now and then how many applications are written. */
  readonly onProgress?: (done: number, total: number) => void;
}

const here = dirname(fileURLToPath(import.meta.url));

/** A fingerprint of the generator's own files, so that a changed generator makes the data anew. */
function generatorVersion(): string {
  const files = readdirSync(here).filter((name) => /\.(ts|js)$/.test(name) && !/\.(test|d)\.ts$/.test(name));
  return sha256Hex(
    files
      .sort()
      .map((name) => sha256Hex(readFileSync(join(here, name))))
      .join('\n'),
  );
}

/**
 * Makes the passports workspace in a folder: its charter, its made-up extracts and truth.yaml. Data that were
 * made by the same generator from the same seed at the same size are left as they are.
 */
export async function buildExample(dir: string, options: BuildOptions = {}): Promise<void> {
  const { seed = defaultSeed, onProgress } = options;
  const cases = options.cases ?? (options.full ? fullCases : defaultCases);
  mkdirSync(dir, { recursive: true });
  if (resolve(dir) !== here) copyFileSync(join(here, 'service.yaml'), join(dir, 'service.yaml'));
  const stampFile = join(dir, 'data', 'made-by.json');
  const stamp = canonicalJson({ generator: generatorVersion(), seed, cases });
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  rmSync(stampFile, { force: true });
  generate(dir, { seed, cases, ...(onProgress ? { onProgress } : {}) });
  writeFileSync(stampFile, stamp);
}
