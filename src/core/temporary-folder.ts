import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning } from './is-running.ts';
import { processSpace } from './process-identity.ts';

/** What a folder of ours is for. */
export type TemporaryUse = 'spill' | 'log' | 'trial' | 'records' | 'parquet';

const named = /^wellspent-(?:spill|log|trial|records|parquet)-([0-9a-f]{12})-(\d+)-\w{6}$/;

const swept = new Set<string>();

/** Removes what processes of ours that were killed left in a folder, and nothing of one that runs or cannot be told. */
export function removeLeftBehind(inside: string): void {
  let names: readonly string[] = [];
  try {
    names = readdirSync(inside);
  } catch {
    return;
  }
  for (const name of names) {
    const [, where, pid] = named.exec(name) ?? [];
    if (where !== processSpace || isRunning(Number(pid))) continue;
    const folder = join(inside, name);
    try {
      const { uid } = lstatSync(folder);
      if (process.getuid === undefined || uid === process.getuid())
        rmSync(folder, { recursive: true, force: true });
    } catch {
      // Gone meanwhile, or not to be removed: the next start tries again.
    }
  }
}

/**
 * Makes a folder for a while, readable by its owner alone, in the system's temporary folder or another. Its name says
 * whose it is, so that a later process can remove it where this one is killed; the first folder that a process makes
 * removes those of others.
 */
export function temporaryFolder(use: TemporaryUse, inside = tmpdir()): string {
  if (!swept.has(inside)) {
    swept.add(inside);
    removeLeftBehind(inside);
  }
  return mkdtempSync(join(inside, `wellspent-${use}-${processSpace}-${process.pid}-`));
}
