import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Provenance } from './result.ts';

/** SHA-256 in lower-case hexadecimal. */
export function sha256Hex(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

function codeFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return codeFiles(path);
      const isCode = /\.(ts|js|njk)$/.test(entry.name) && !/\.(test|d)\.ts$/.test(entry.name);
      return isCode ? [path] : [];
    })
    .sort();
}

let version: string | undefined;

/** Wellspent's version with the first 12 digits of a SHA-256 over its source files: `0.1.0+4f1c…`. */
export function codeVersion(): string {
  if (version) return version;
  const root = packageRoot();
  const code = join(dirname(fileURLToPath(import.meta.url)), '..');
  const hash = createHash('sha256');
  for (const file of codeFiles(code)) {
    hash.update(`${file.slice(code.length)}\0`);
    hash.update(readFileSync(file));
  }
  const stated = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version as string;
  version = `${stated}+${hash.digest('hex').slice(0, 12)}`;
  return version;
}

/** A provenance with every part stated; what is not given is stated as absent. */
export function provenance(parts: Partial<Provenance> & Pick<Provenance, 'method'>): Provenance {
  return {
    charter: null,
    sources: [],
    parameters: {},
    seed: null,
    queries: [],
    recompute: [],
    version: codeVersion(),
    ...parts,
  };
}
