import { canonicalJson, WellspentError } from '../../../core/index.ts';
import { faultsInWords, type Role, refusePersonalData } from '../../records/index.ts';
import { acceptData } from './accept-text.ts';
import { type Entry, type EntryKind, entrySchemaName } from './entry.ts';
import { payloadRules } from './payloads.ts';
import { acceptEntry, longestLine } from './read-line.ts';

/** An entry to be made. Version 1, and nothing replaced, unless said. */
export interface NewEntry {
  readonly kind: EntryKind;
  readonly id: string;
  readonly version?: number;
  /** The leaf hash, in hexadecimal, of the version before. */
  readonly replaces?: string | null;
  /** The clock's moment, UTC in whole seconds: the writer's claim. */
  readonly recorded: string;
  readonly role: Role;
  readonly payload?: Readonly<Record<string, unknown>>;
  /** In place of a payload that may not stand in the register. */
  readonly commitment?: string;
}

function acceptPayload({ kind, payload }: Entry): void {
  const checked = payload === undefined ? undefined : payloadRules[kind]?.safeParse(payload);
  if (checked?.success !== false) return;
  throw new WellspentError(
    'ENTRY_INVALID',
    `The payload of a ${kind} entry is not complete: ${faultsInWords(checked.error, 'the payload')}.`,
  );
}

/**
 * The line of an entry, once it has passed everything that can be checked without the register itself: plain
 * data, shape, payload by kind, and no personal data.
 */
export function writeLine(entry: NewEntry): { readonly entry: Entry; readonly line: Uint8Array } {
  const { version = 1, replaces = null, ...rest } = entry;
  const whole = { schema: entrySchemaName, version, replaces, ...rest };
  acceptData(whole);
  const text = canonicalJson(whole);
  const accepted = acceptEntry(whole);
  acceptPayload(accepted);
  refusePersonalData(accepted);
  const line = Buffer.from(text, 'utf8');
  if (line.length > longestLine)
    throw new WellspentError(
      'ENTRY_INVALID',
      `The entry has ${line.length} bytes; ${longestLine} is the most.`,
    );
  return { entry: accepted, line };
}
