import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { WellspentError } from '../../core/index.ts';
import type { FormToken } from '../security/form-guard.ts';
import type { Draft, Drafts } from './drafts.ts';
import { shownName } from './upload-name.ts';

/** Bytes that a file sent through the pages may have; larger ones go in by the command line. */
export const uploadLimit = 2_000_000_000;

/** A connection that sends nothing for so long has lost its sender. */
const silenceMs = 60_000;
const formBytes = 100_000;

function tooLarge(limit: number): WellspentError {
  return new WellspentError(
    'UPLOAD_TOO_LARGE',
    `The file is larger than ${limit.toLocaleString('en-GB')} bytes.`,
  );
}

/** Writes one file part to disk and says whether it is worth keeping: it has a name or content. */
async function writePart(part: MultipartFile, file: string, limit: number): Promise<boolean> {
  await pipeline(part.file, createWriteStream(file, { mode: 0o600, flags: 'wx' }));
  if (part.file.truncated) throw tooLarge(limit);
  const isChosen = (part.filename ?? '') !== '' || part.file.bytesRead > 0;
  if (!isChosen) await rm(file);
  return isChosen;
}

/**
 * Receives the file of a form straight to disk. The form's token must come before the file, so that nothing is
 * written for a stranger. Null when no file was chosen. Whatever goes wrong, nothing stays behind.
 */
export async function receiveUpload(
  request: FastifyRequest,
  drafts: Drafts,
  token: FormToken,
  limit: number,
): Promise<Draft | null> {
  if (Number(request.headers['content-length'] ?? 0) > limit + formBytes) throw tooLarge(limit);
  if (!request.isMultipart()) throw new WellspentError('UPLOAD_BROKEN', 'The form holds no file.');
  // Without a listener the connection itself is closed, which ends the reading below. Tests have no connection.
  request.raw.socket.setTimeout?.(silenceMs);
  const receiving = drafts.receive();
  let name: string | null = null;
  let known = false;
  try {
    const limits = { fileSize: limit, files: 1, fields: 5, parts: 6, fieldSize: 1000, headerPairs: 20 };
    for await (const part of request.parts({ limits })) {
      if (part.type === 'field') {
        if (part.fieldname !== 'token') continue;
        token.check(String(part.value));
        known = true;
      } else {
        if (!known) token.check(null);
        if (await writePart(part, receiving.file, limit)) name = shownName(part.filename ?? '');
      }
    }
    token.check(known ? token.value : null);
    if (name !== null) return receiving.keep(name);
    receiving.discard();
    return null;
  } catch (error) {
    receiving.discard();
    // What is still coming is read and thrown away, so that the browser gets to the answer.
    request.raw.unpipe();
    request.raw.resume();
    if (error instanceof WellspentError) throw error;
    const full = (error as NodeJS.ErrnoException).code === 'ENOSPC';
    if (full)
      throw new WellspentError('FILE_NOT_WRITTEN', 'There is no room on the disk for the file.', {
        cause: error,
      });
    throw new WellspentError('UPLOAD_BROKEN', 'The file did not arrive whole.', { cause: error });
  }
}
