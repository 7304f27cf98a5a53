import { accessSync, constants, existsSync } from 'node:fs';
import { notWritten, refusalInWords, WellspentError } from '../core/index.ts';

/** Refusals that are nobody's mistake in the code; a file that is missing unexpectedly would be. */
const refusals = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST']);

/** Refusals that only writing meets. The system names no file where one that is open is written to. */
const noRoom = new Set(['ENOSPC', 'EDQUOT']);

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** The coded error for a file that the system does not let us read or write; null for any other error. */
export function systemError(error: unknown): WellspentError | null {
  if (!(error instanceof Error)) return null;
  const { code = '', path, dest } = error as NodeJS.ErrnoException & { readonly dest?: string };
  if (noRoom.has(code)) return notWritten(dest ?? path ?? null, error);
  if (typeof path !== 'string' || !refusals.has(code)) return null;
  // The error of an open file does not say whether it was to be read or written.
  if (!existsSync(path) || isReadable(path)) return notWritten(path, error);
  return new WellspentError('FILE_NOT_FOUND', `${path} cannot be read: ${refusalInWords(code)}.`, {
    where: { file: path },
    cause: error,
  });
}
