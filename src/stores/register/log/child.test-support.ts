/**
 * A program that adds entries to a register, for tests that run several at once or kill one. It reads its task as
 * JSON from its first argument, says "ready", waits for a line on standard input, and prints the index and leaf of
 * every entry that was acknowledged.
 */
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { openRecords, type RecordsPlace, type Role } from '../../records/index.ts';
import type { NewEntry } from '../entry/write-line.ts';
import { openRegister } from './open-register.ts';

/** What a child is to do. */
export interface ChildTask {
  readonly place: RecordsPlace;
  /** Ids of the entries, one after another. */
  readonly ids: readonly string[];
  /** The leaf that a single entry is to replace as version 2. */
  readonly replaces?: string | null;
  readonly role?: Role;
}

/** An entry of a test. */
export function testEntry(id: string, replaces: string | null = null): NewEntry {
  return {
    kind: 'evidence',
    id,
    version: replaces === null ? 1 : 2,
    replaces,
    recorded: '2026-05-04T09:30:00Z',
    role: 'analyst',
    payload: { source: `entry ${id}` },
  };
}

async function main({ place, ids, replaces = null, role = 'analyst' }: ChildTask): Promise<void> {
  const records = await openRecords(place, { waitMs: 60_000 });
  const register = openRegister(records, 'register.example');
  writeSync(1, 'ready\n');
  for await (const _ of createInterface({ input: process.stdin })) break;
  for (const id of ids) {
    const said = await register.append({ ...testEntry(id, replaces), role }).then(
      ({ index, leaf }) => ({ index, leaf }),
      ({ code }: { readonly code?: string }) => ({ code }),
    );
    // Written before anything else happens: what was acknowledged before a kill is known.
    writeSync(1, `${JSON.stringify(said)}\n`);
  }
  await records.close();
}

if (import.meta.main) await main(JSON.parse(process.argv[2] ?? '') as ChildTask);
