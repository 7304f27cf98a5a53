import { WellspentError } from '../../../core/index.ts';
import type { VerifierKey } from '../checkpoint/verifier-key.ts';
import { faultOfCheckpoints, type KeptCheckpoint, readKept, refuseStrangers } from './verify-checkpoints.ts';
import { type RegisterFault, rootAfter, type VerifiedLog } from './verify-lines.ts';

/** What a register is checked against besides itself. */
export interface VerifyOptions {
  /** Checkpoints that somebody outside kept. */
  readonly held?: readonly KeptCheckpoint[];
  /** Keys that are trusted, from somebody other than the sender of the register. */
  readonly keys?: readonly VerifierKey[];
}

/** What checking a register found: `fault` is null where everything holds together. */
export interface Verification {
  /** The name of the register; null where it has none yet. */
  readonly origin: string | null;
  /** Entries that are sound: up to the first fault in the lines. */
  readonly size: number;
  /** The root over them in base64. */
  readonly root: string;
  /** Checkpoints of its own that were checked. */
  readonly checkpoints: number;
  /** The size of the largest checkpoint of somebody else that was checked; null where there is none. */
  readonly heldSize: number | null;
  /** The size of the largest checkpoint that a trusted key has signed; 0 where there is none. */
  readonly signedSize: number;
  readonly fault: RegisterFault | null;
}

/** A log that was read, what is wrong with its lines, and what came with it. */
export interface LogToVerify {
  readonly log: VerifiedLog;
  readonly fault: RegisterFault | null;
  readonly origin: string | null;
  /** Its own checkpoints. */
  readonly own: readonly KeptCheckpoint[];
  /** Its own keys: their signatures must hold, and show nothing about whose it is. */
  readonly ownKeys: readonly VerifierKey[];
}

function readAll({ own, ownKeys, origin }: LogToVerify, { held = [], keys = [] }: VerifyOptions) {
  const used = keys.length > 0 ? keys : ownKeys;
  const ofOthers = held.map((kept) => readKept(kept, used));
  const checkpoints = [...own.map((kept) => readKept(kept, used)), ...ofOthers];
  const name = origin ?? checkpoints[0]?.origin ?? null;
  refuseStrangers(checkpoints, name);
  const signed = checkpoints.filter(({ isSigned }) => isSigned && keys.length > 0);
  if (keys.length > 0 && signed.length === 0)
    throw new WellspentError('UNKNOWN_KEY', 'No checkpoint is signed by a key that was given.');
  const heldSize = ofOthers.length > 0 ? Math.max(...ofOthers.map(({ size }) => size)) : null;
  return { checkpoints, name, heldSize, signedSize: Math.max(0, ...signed.map(({ size }) => size)) };
}

/** Of two faults the one of the earlier entry; one that names no entry comes last. */
function earlier(a: RegisterFault | null, b: RegisterFault | null): RegisterFault | null {
  if (a === null || b === null) return a ?? b;
  return (b.entry ?? Number.POSITIVE_INFINITY) < (a.entry ?? Number.POSITIVE_INFINITY) ? b : a;
}

/**
 * Checks a log whose lines were read against its own checkpoints and those that others kept, and names the first
 * entry that breaks. Where a line breaks, checkpoints of the entries before it are held against those alone.
 */
export function verificationOf(given: LogToVerify, options: VerifyOptions): Verification {
  const { log, own, fault } = given;
  const size = log.leaves.length;
  const found = {
    origin: given.origin,
    size,
    root: Buffer.from(rootAfter(log, size)).toString('base64'),
    checkpoints: own.length,
    heldSize: null,
    signedSize: 0,
  };
  try {
    const { checkpoints, name, heldSize, signedSize } = readAll(given, options);
    const comparable = fault ? checkpoints.filter((checkpoint) => checkpoint.size <= size) : checkpoints;
    const ofCheckpoints = faultOfCheckpoints(log, comparable);
    return { ...found, origin: name, heldSize, signedSize, fault: earlier(fault, ofCheckpoints) };
  } catch (cause) {
    if (!(cause instanceof WellspentError)) throw cause;
    return { ...found, fault: earlier(fault, { entry: null, error: cause }) };
  }
}
