import { createHash } from 'node:crypto';
import { canonicalJson, WellspentError } from '../../core/index.ts';

/** Bytes of a salt, drawn at random for each commitment. */
const saltBytes = 32;

/**
 * Stands in the register for a payload that may not stand there itself: hexadecimal
 * SHA-256("wellspent.commitment/1\n" ‖ salt ‖ canonical payload). Whoever has salt and payload can check it;
 * once both are destroyed the content is gone and the register is whole.
 */
export function commitmentTo(payload: unknown, salt: Uint8Array): string {
  if (salt.length !== saltBytes)
    throw new WellspentError(
      'COMMITMENT_MISMATCH',
      `A salt has ${saltBytes} bytes; this one has ${salt.length}.`,
    );
  const hash = createHash('sha256').update('wellspent.commitment/1\n').update(salt);
  return hash.update(canonicalJson(payload)).digest('hex');
}

/** Checks that a commitment in the register was made to this payload with this salt; else `COMMITMENT_MISMATCH`. */
export function openCommitment(commitment: string, payload: unknown, salt: Uint8Array): void {
  if (commitmentTo(payload, salt) !== commitment)
    throw new WellspentError(
      'COMMITMENT_MISMATCH',
      'The payload and salt are not those that the register committed to.',
    );
}
