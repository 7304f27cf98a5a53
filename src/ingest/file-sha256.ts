import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

const blockBytes = 1 << 20;

/** SHA-256 of a file's bytes, in lower-case hexadecimal. One block of memory is filled again and again. */
export async function fileSha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  const block = Buffer.allocUnsafe(blockBytes);
  const handle = await open(file, 'r');
  try {
    for (let taken = 1; taken > 0; ) {
      taken = (await handle.read(block, 0, blockBytes)).bytesRead;
      hash.update(block.subarray(0, taken));
    }
  } finally {
    await handle.close();
  }
  return hash.digest('hex');
}
