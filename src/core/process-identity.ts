import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

function markOf(): string {
  let space = '';
  try {
    space = readlinkSync('/proc/self/ns/pid');
  } catch {
    // Where there are no such spaces, all processes of the machine are counted together.
  }
  return createHash('sha256').update(`${hostname()} ${space}`).digest('hex').slice(0, 12);
}

/** The processes that numbers of processes speak of: containers may share a folder and each count from 1. */
export const processSpace: string = markOf();

/** The start of the machine that this process runs since, as the system names it; empty where it does not. */
export function startOfMachine(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
  } catch {
    return '';
  }
}

/**
 * When a process of this number and space began, counted from the start of the machine, as a mark that no other
 * process of that number has. `ended` for one that only waits to be cleared away; null where the system does not tell.
 */
export function startOfProcess(pid: number): string | null {
  try {
    // The second field, the name, may hold anything; the third is the state and the 22nd the start (proc(5)).
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? 'ended' : (fields[19] ?? null);
  } catch {
    return null;
  }
}
