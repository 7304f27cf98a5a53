import { closeSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isRunning, WellspentError, writing } from '../../core/index.ts';
import { makeStore } from './scratch-store.ts';

const pollMs = 100;

function tryLock(file: string): boolean {
  try {
    const handle = openSync(file, 'wx', 0o600);
    try {
      writing(file, () => writeSync(handle, String(process.pid)));
    } catch (cause) {
      rmSync(file, { force: true });
      throw cause;
    } finally {
      closeSync(handle);
    }
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    return false;
  }
}

function holder(file: string): number | null {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

/** Takes away a lock whose program has ended. The move keeps two waiters from removing a fresh one. */
function removeStale(file: string, pid: number): void {
  const aside = `${file}.stale-${process.pid}`;
  try {
    renameSync(file, aside);
    const moved = holder(aside);
    if (moved !== null && moved !== pid && isRunning(moved)) renameSync(aside, file);
    else rmSync(aside, { force: true });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
  }
}

/** Does work while holding the store's lock, so that two imports never write at once; waits for another up to a limit. */
export async function withLock<T>(folder: string, waitMs: number, work: () => Promise<T>): Promise<T> {
  makeStore(folder);
  const file = join(folder, 'lock');
  for (let waited = 0; !tryLock(file); waited += pollMs) {
    const pid = holder(file);
    if (pid !== null && !isRunning(pid)) {
      removeStale(file, pid);
      continue;
    }
    if (waited >= waitMs)
      throw new WellspentError('WORKSPACE_BUSY', `Another program is bringing data into ${folder}.`, {
        ...(pid === null ? {} : { found: `process ${pid}` }),
      });
    await pause(pollMs);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}
