import { WellspentError } from '../../../core/index.ts';
import { type Checkpoint, readCheckpointText } from '../checkpoint/checkpoint.ts';
import { refuseFork } from '../checkpoint/equivocation.ts';
import { readSignedNote, verifyNote } from '../checkpoint/signed-note.ts';
import type { VerifierKey } from '../checkpoint/verifier-key.ts';
import { sameHash } from '../merkle/tree.ts';
import { type RegisterFault, rootAfter, type VerifiedLog } from './verify-lines.ts';

/** A checkpoint as somebody kept it: a signed note, or its three lines alone; and what to call it. */
export interface KeptCheckpoint {
  readonly name: string;
  readonly text: string;
}

/** A kept checkpoint that has been read; `isSigned` where a key that was given has signed it. */
export interface ReadCheckpoint extends Checkpoint {
  readonly name: string;
  readonly isSigned: boolean;
}

/** Reads a checkpoint. Signatures of the keys given must hold; without a key none is looked at. */
export function readKept({ name, text }: KeptCheckpoint, keys: readonly VerifierKey[]): ReadCheckpoint {
  if (!text.includes('\n\n')) return { ...readCheckpointText(text), name, isSigned: false };
  const note = readSignedNote(text);
  const isSigned = keys.length > 0 && verifyNote(note, keys).length > 0;
  return { ...readCheckpointText(note.text), name, isSigned };
}

/** Refuses checkpoints of different registers, and two histories of one. */
export function refuseStrangers(checkpoints: readonly ReadCheckpoint[], origin: string | null): void {
  const other = checkpoints.find((checkpoint) => checkpoint.origin !== origin);
  if (other)
    throw new WellspentError('CHECKPOINT_MALFORMED', `${other.name} is of another register.`, {
      found: `${other.origin}, where this one is ${origin}`,
    });
  refuseFork(checkpoints);
}

/** What is wrong where a log is not a continuation of a checkpoint; `sound` is the size up to which it is known to be. */
function faultOf(log: VerifiedLog, checkpoint: ReadCheckpoint, sound: number): RegisterFault | null {
  const { size, root, name } = checkpoint;
  const held = log.roots.length;
  if (size > held)
    return {
      entry: held,
      error: new WellspentError('TRUNCATED', `${name} is of ${size} entries, and the register has ${held}.`),
    };
  if (sameHash(root, rootAfter(log, size))) return null;
  const though = sound > 0 ? `, though the first ${sound} are` : '';
  return {
    entry: sound,
    error: new WellspentError(
      'CONSISTENCY_INVALID',
      `The first ${size} entries are not those that ${name} was made over${though}.`,
    ),
  };
}

/**
 * Holds checkpoints against a log whose lines are sound: each must be of a state that the log has been through, and
 * so is consistent with every other. The fault names the first entry that can have been changed; null where all hold.
 */
export function faultOfCheckpoints(
  log: VerifiedLog,
  checkpoints: readonly ReadCheckpoint[],
): RegisterFault | null {
  let sound = 0;
  for (const checkpoint of checkpoints.toSorted((a, b) => a.size - b.size)) {
    const fault = faultOf(log, checkpoint, sound);
    if (fault) return fault;
    sound = checkpoint.size;
  }
  return null;
}
