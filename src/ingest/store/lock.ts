import { closeSync, futimesSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { WellspentError, writing } from '../../core/index.ts';
import { holderInWords, isLeftBehind, lockText, ownLock, seeLock, touchedEveryMs } from './lock-owner.ts';
import { makeStore } from './scratch-store.ts';

const pollMs = 100;

/** A store's lock while it is held. */
export interface Lock {
  /** Aborted when another took the lock over: a machine that slept may be taken for gone. */
  readonly signal: AbortSignal;
  /** False once another took it over: from then on nothing of the store may be written or removed. */
  isHeld(): boolean;
  /** Throws `LOCK_LOST` when another took it over. */
  check(): void;
}

/** A lock file of ours that is open. */
interface OpenLock {
  readonly handle: number;
  readonly text: string;
}

function tryLock(file: string): OpenLock | null {
  let handle: number;
  try {
    handle = openSync(file, 'wx', 0o600);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    return null;
  }
  const text = ownLock();
  try {
    writing(file, () => writeSync(handle, text));
  } catch (cause) {
    closeSync(handle);
    rmSync(file, { force: true });
    throw cause;
  }
  return { handle, text };
}

/**
 * Takes away a lock that nobody holds. The move keeps two waiters from removing a fresh one. False where it stays, as one
 * does that may not be read.
 */
function removeLeftBehind(file: string, text: string): boolean {
  const aside = `${file}.stale-${process.pid}`;
  try {
    renameSync(file, aside);
    const isIt = lockText(aside) === text;
    if (isIt) rmSync(aside, { force: true });
    else renameSync(aside, file);
    return isIt;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    return true;
  }
}

async function takeLock(file: string, folder: string, waitMs: number): Promise<OpenLock> {
  for (let waited = 0; ; waited += pollMs) {
    const own = tryLock(file);
    if (own) return own;
    const seen = seeLock(file);
    if (!seen || (isLeftBehind(seen) && removeLeftBehind(file, seen.text))) continue;
    if (waited >= waitMs)
      throw new WellspentError(
        'WORKSPACE_BUSY',
        `Another program is bringing data into ${folder}.`,
        holderInWords(seen),
      );
    await pause(pollMs);
  }
}

/** Keeps a lock fresh, and watches that it stays ours. */
function hold(file: string, folder: string, { handle, text }: OpenLock, everyMs: number) {
  const lost = new AbortController();
  const isHeld = () => lockText(file) === text;
  const check = () => {
    if (!isHeld())
      throw new WellspentError('LOCK_LOST', `Another program took over the lock of ${folder}.`, {
        where: { file },
        hint: 'the same command again, when the other program has ended',
      });
  };
  const beat = setInterval(() => {
    try {
      check();
      const now = new Date();
      // Of the open file: one that another put in its place is not touched.
      futimesSync(handle, now, now);
    } catch (cause) {
      lost.abort(cause);
    }
  }, everyMs);
  beat.unref();
  const release = () => {
    clearInterval(beat);
    closeSync(handle);
    if (isHeld()) rmSync(file, { force: true });
  };
  const lock: Lock = { signal: lost.signal, isHeld, check };
  return { lock, release };
}

/**
 * Does work while holding the store's lock, so that two imports never write at once; waits for another up to a limit.
 * The lock of a process that is surely gone is taken over at once; that of one which cannot be looked for from here,
 * in another container or on another machine, when it has not been touched for a minute.
 */
export async function withLock<T>(
  folder: string,
  waitMs: number,
  work: (lock: Lock) => Promise<T>,
  everyMs = touchedEveryMs,
): Promise<T> {
  makeStore(folder);
  const file = join(folder, 'lock');
  const { lock, release } = hold(file, folder, await takeLock(file, folder, waitMs), everyMs);
  try {
    return await work(lock);
  } finally {
    release();
  }
}
