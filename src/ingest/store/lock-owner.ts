import { randomUUID } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';
import { isRunning, processSpace, startOfMachine, startOfProcess } from '../../core/index.ts';

/** How often whoever holds a lock says that it is there. */
export const touchedEveryMs = 5_000;
/** How long a lock whose owner cannot be looked for stands untouched before it is taken over. */
const untouchedMs = 60_000;

/** Who holds a lock, as far as known: earlier versions wrote the number of the process alone. */
const owner = z.object({
  pid: z.number().int().positive().optional(),
  /** The processes that the number speaks of, and since which start of their machine. */
  space: z.string().optional(),
  /** When the process began, as a mark. */
  started: z.string().nullish(),
  host: z.string().optional(),
  /** Tells this holding from any other. */
  token: z.string().optional(),
});
type LockOwner = z.infer<typeof owner>;

/**
 * The processes that numbers of processes and their beginnings speak of. Two machines may have one name: only the
 * start of each tells them apart.
 */
export const ownSpace: string = `${processSpace} ${startOfMachine()}`;

/** A lock as it stands: what the file says, and how long ago it was touched. */
export interface SeenLock {
  readonly text: string;
  readonly owner: LockOwner;
  readonly untouchedMs: number;
}

/** What this process writes into a lock that it takes: no two are alike. */
export function ownLock(): string {
  const { pid } = process;
  const own: LockOwner = {
    pid,
    space: ownSpace,
    started: startOfProcess(pid),
    host: hostname(),
    token: randomUUID(),
  };
  return JSON.stringify(own);
}

function ownerIn(text: string): LockOwner {
  try {
    const said: unknown = JSON.parse(text);
    return owner.parse(typeof said === 'number' ? { pid: said } : said);
  } catch {
    // Empty while it is being written, or damaged: of that owner nothing is known.
    return {};
  }
}

/** The text of a lock file; null where there is none, or none that may be read. */
export function lockText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** Looks at a lock; null where there is none. */
export function seeLock(file: string): SeenLock | null {
  const state = statSync(file, { throwIfNoEntry: false });
  if (!state) return null;
  // One that may not be read is another's.
  const text = lockText(file) ?? '';
  return { text, owner: ownerIn(text), untouchedMs: Date.now() - state.mtimeMs };
}

/** Whether the owner of a lock is there, is surely gone, or cannot be looked for from here. */
function lookFor({ pid, space, started }: LockOwner): 'there' | 'gone' | 'unknown' {
  if (pid === undefined || (space !== undefined && space !== ownSpace)) return 'unknown';
  if (!isRunning(pid)) return 'gone';
  const found = startOfProcess(pid);
  // Another process may have got the number since, as in a container that was started again.
  if (!started || found === null) return 'unknown';
  return found === started ? 'there' : 'gone';
}

/** True for a lock that nobody holds any more. */
export function isLeftBehind({ owner: by, untouchedMs: age }: SeenLock): boolean {
  const found = lookFor(by);
  return found === 'gone' || (found === 'unknown' && age > untouchedMs);
}

/** Who holds a lock, in words, and what to do. */
export function holderInWords({ owner: by, untouchedMs: age }: SeenLock) {
  const { pid, host } = by;
  const who = [pid === undefined ? 'a program' : `process ${pid}`, ...(host ? [`on ${host}`] : [])].join(' ');
  const seconds = Math.max(0, Math.round(age / 1000));
  const isThere = lookFor(by) === 'there';
  return {
    found: isThere ? who : `${who}, last heard of ${seconds} seconds ago`,
    hint: isThere
      ? `ps -p ${pid}, then wait until it has ended and give the same command`
      : `wait until it has ended and give the same command; if it was killed, ${untouchedMs / 1000} seconds after it was last heard of`,
  };
}
