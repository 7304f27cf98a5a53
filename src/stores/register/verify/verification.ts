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
  /** Checkpoints of somebody else that were checked. */
  readonly held: number;
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
  const checkpoints = [...own, ...held].map((kept) => readKept(kept, keys.length > 0 ? keys : ownKeys));
  const name = origin ?? checkpoints[0]?.origin ?? null;
  refuseStrangers(checkpoints, name);
  const signed = checkpoints.filter(({ isSigned }) => isSigned && keys.length > 0);
  if (keys.length > 0 && signed.length === 0)
    throw new WellspentError('UNKNOWN_KEY', 'No checkpoint is signed by a key that was given.');
  return { checkpoints, name, signedSize: Math.max(0, ...signed.map(({ size }) => size)) };
}

/**
 * Checks a log whose lines were read against its own checkpoints and those that others kept. A line that breaks
 * comes first: what follows it is not part of what the checkpoints are held against.
 */
export function verificationOf(given: LogToVerify, options: VerifyOptions): Verification {
  const { log, own } = given;
  const found = {
    origin: given.origin,
    size: log.leaves.length,
    root: Buffer.from(rootAfter(log, log.leaves.length)).toString('base64'),
    checkpoints: own.length,
    held: options.held?.length ?? 0,
    signedSize: 0,
  };
  try {
    const { checkpoints, name, signedSize } = readAll(given, options);
    const fault = given.fault ?? faultOfCheckpoints(log, checkpoints);
    return { ...found, origin: name, signedSize, fault };
  } catch (cause) {
    if (!(cause instanceof WellspentError)) throw cause;
    return { ...found, fault: given.fault ?? { entry: null, error: cause } };
  }
}
