import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { canonicalJson, sha256Hex } from '../../src/core/index.ts';

/** A fingerprint of the generator's own files, so that a changed generator makes the data anew. */
function generatorVersion(here: string): string {
  const files = readdirSync(here).filter((name) => /\.(ts|js)$/.test(name) && !/\.(test|d)\.ts$/.test(name));
  return sha256Hex(
    files
      .sort()
      .map((name) => sha256Hex(readFileSync(join(here, name))))
      .join('\n'),
  );
}

/**
 * Makes an example's workspace in a folder: its charter from the folder of its generator, and its data. Data that were
 * made by the same generator from the same settings are left as they are.
 */
export function makeWorkspace<Settings extends object>(
  here: string,
  dir: string,
  settings: Settings,
  generate: (dir: string, settings: Settings) => void,
): void {
  mkdirSync(join(dir, 'data'), { recursive: true });
  if (resolve(dir) !== here) copyFileSync(join(here, 'service.yaml'), join(dir, 'service.yaml'));
  const stampFile = join(dir, 'data', 'made-by.json');
  const stamp = canonicalJson({ generator: generatorVersion(here), ...settings });
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  rmSync(stampFile, { force: true });
  generate(dir, settings);
  writeFileSync(stampFile, stamp);
}

/** Writes rows of a CSV, and names the file only when it is whole. */
export function writeCsv(file: string, header: string, rows: readonly string[]): void {
  writeFileSync(`${file}.partial`, `${[header, ...rows].join('\n')}\n`);
  renameSync(`${file}.partial`, file);
}
