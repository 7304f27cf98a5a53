import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** Makes the emergency workspace in a folder: its charter and its tables of real figures, copied. */
export async function buildExample(dir: string): Promise<void> {
  if (resolve(dir) === here) return;
  mkdirSync(join(dir, 'data'), { recursive: true });
  copyFileSync(join(here, 'service.yaml'), join(dir, 'service.yaml'));
  for (const name of readdirSync(join(here, 'data')))
    copyFileSync(join(here, 'data', name), join(dir, 'data', name));
}
