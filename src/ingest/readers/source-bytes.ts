import { createReadStream, readSync, type Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';
import { WellspentError } from '../../core/index.ts';
import { defaultLimits, type ReadOptions } from './raw-table.ts';

const blockBytes = 1 << 17;

/** A file that cannot be read, or is there no more, as a coded error. */
function notRead(file: string, cause: unknown): WellspentError {
  return new WellspentError('FILE_NOT_FOUND', `There is no file ${file}, or it cannot be read.`, { cause });
}

/** Opens a file to be read. Throws `FILE_NOT_FOUND` where there is none, also where it has gone since it was found. */
export async function openToRead(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'r');
  } catch (cause) {
    throw notRead(file, cause);
  }
}

/** The file's first bytes as they stand on disk. */
export async function firstBytes(file: string, length: number): Promise<Buffer> {
  const handle = await openToRead(file);
  try {
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await handle.read(buffer, 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function statOf(file: string): Promise<Stats> {
  try {
    const found = await stat(file);
    if (!found.isFile()) throw new WellspentError('FILE_NOT_FOUND', `${file} is not a file.`);
    return found;
  } catch (cause) {
    if (cause instanceof WellspentError) throw cause;
    throw notRead(file, cause);
  }
}

/** Size of a file in bytes; a coded error where there is none. */
export async function fileSize(file: string): Promise<number> {
  return (await statOf(file)).size;
}

/** What tells one state of a file from another without reading it: which file it is, its size, when it was written. */
export async function fileState(file: string): Promise<string> {
  const { dev, ino, size, mtimeMs } = await statOf(file);
  return `${dev} ${ino} ${size} ${mtimeMs}`;
}

export function isGzip(head: Buffer): boolean {
  return head.length >= 2 && head[0] === 0x1f && head[1] === 0x8b;
}

function gunzipError(file: string, cause: unknown): unknown {
  const code = (cause as { code?: string }).code ?? '';
  if (code === 'ENOENT' || code === 'EACCES') return notRead(file, cause);
  if (!code.startsWith('Z_')) return cause;
  if (code === 'Z_BUF_ERROR')
    return new WellspentError('INPUT_TRUNCATED', `${file} ends in the middle of its compressed content.`, {
      where: { file },
      cause,
    });
  return new WellspentError('INPUT_DAMAGED', `${file} cannot be unpacked: its content is damaged.`, {
    where: { file },
    cause,
  });
}

async function* gunzipped(file: string, options: ReadOptions): AsyncIterable<Buffer> {
  const limits = { ...defaultLimits, ...options.limits };
  let taken = 0;
  let unpacked = 0;
  const source = createReadStream(file, { highWaterMark: 1 << 18 });
  const gunzip = createGunzip({ chunkSize: 1 << 18 });
  source.on('data', (block) => {
    taken += block.length;
    options.onBytes?.(taken);
  });
  source.on('error', (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  try {
    for await (const block of gunzip as AsyncIterable<Buffer>) {
      options.signal?.throwIfAborted();
      unpacked += block.length;
      const bomb = unpacked > limits.ratioFrom && unpacked > limits.ratio * Math.max(taken, 1);
      if (bomb || unpacked > limits.unpackedBytes) {
        throw new WellspentError(
          'INPUT_TOO_LARGE',
          `${file} unpacks to more than ${unpacked.toLocaleString('en-GB')} bytes from ${taken.toLocaleString('en-GB')}.`,
          { where: { file } },
        );
      }
      yield block;
    }
  } catch (cause) {
    throw gunzipError(file, cause);
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

/** Blocks read before others have their turn: who wants to stop the reading, or hears how far it is. */
const blocksATurn = 8;

/**
 * Reads without asking a thread of the pool for each block, which takes longer than copying it: the system reads ahead
 * of who reads in order.
 */
async function* plainBytes(file: string, options: ReadOptions): AsyncIterable<Buffer> {
  const handle = await openToRead(file);
  const block = Buffer.allocUnsafeSlow(blockBytes);
  let taken = 0;
  try {
    for (let blocks = 1; ; blocks++) {
      const size = readSync(handle.fd, block, 0, blockBytes, null);
      if (size === 0) return;
      options.signal?.throwIfAborted();
      taken += size;
      options.onBytes?.(taken);
      yield block.subarray(0, size);
      if (blocks % blocksATurn === 0) await setImmediate();
    }
  } finally {
    await handle.close();
  }
}

/**
 * The content of a file in blocks, unpacked if it is gzip (by content, not by name), within the limits. A block holds
 * only until the next is asked for: its memory is used again.
 */
export function readBytes(file: string, gzip: boolean, options: ReadOptions): AsyncIterable<Buffer> {
  return gzip ? gunzipped(file, options) : plainBytes(file, options);
}

/** Reads the same content once more, without progress: to look for what was wrong with it. */
export function bytesAgain(file: string, gzip: boolean, options: ReadOptions): () => AsyncIterable<Buffer> {
  const { onBytes: _, ...quiet } = options;
  return () => readBytes(file, gzip, quiet);
}

/** The first bytes of the content, unpacked if need be. Damage further on is found when the file is read. */
export async function firstContent(file: string, gzip: boolean, length: number): Promise<Buffer> {
  if (!gzip) return firstBytes(file, length);
  const blocks: Buffer[] = [];
  let total = 0;
  for await (const block of readBytes(file, true, {})) {
    blocks.push(Buffer.from(block));
    total += block.length;
    if (total >= length) break;
  }
  return Buffer.concat(blocks).subarray(0, length);
}
