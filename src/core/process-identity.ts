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

/**
 * When a process of this number and space began, as a mark that no other process of that number has: one of an
 * earlier start of the machine neither. `ended` for one that only waits to be cleared away; null where the system
 * does not tell.
 */
export function startOfProcess(pid: number): string | null {
  try {
    // The second field, the name, may hold anything; the third is the state and the 22nd the start (proc(5)).
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return 'ended';
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').slice(0, 8);
    return fields[19] === undefined ? null : `${boot} ${fields[19]}`;
  } catch {
    return null;
  }
}
