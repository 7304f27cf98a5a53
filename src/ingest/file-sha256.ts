import { createHash } from 'node:crypto';
import { readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { openToRead } from './readers/source-bytes.ts';

/** Few enough that they are hashed while the processor still has them at hand. */
const blockBytes = 1 << 18;
/** Blocks before others have their turn. */
const blocksATurn = 4;

/**
 * SHA-256 of a file's bytes, or of its first `most` bytes, in lower-case hexadecimal. One block of memory is filled
 * again and again.
 */
export async function fileSha256(file: string, most = Number.POSITIVE_INFINITY): Promise<string> {
  const hash = createHash('sha256');
  const block = Buffer.allocUnsafeSlow(blockBytes);
  const handle = await openToRead(file);
  try {
    let left = most;
    for (let blocks = 1; left > 0; blocks++) {
      const size = readSync(handle.fd, block, 0, Math.min(blockBytes, left), null);
      if (size === 0) break;
      left -= size;
      hash.update(block.subarray(0, size));
      if (blocks % blocksATurn === 0) await setImmediate();
    }
  } finally {
    await handle.close();
  }
  return hash.digest('hex');
}
