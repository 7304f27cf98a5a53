import { accessSync, constants, existsSync } from 'node:fs';
import { WellspentError } from '../core/index.ts';

const reasons: Readonly<Record<string, string>> = {
  EISDIR: 'it is a folder',
  ENOTDIR: 'a file is in the way',
  EEXIST: 'a file is in the way',
  ENOENT: 'its folder is not there',
  EACCES: 'you have no right to',
  EPERM: 'you have no right to',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ENAMETOOLONG: 'the name is too long',
};

/** Refusals that are nobody's mistake in the code; a file that is missing unexpectedly would be. */
const refusals = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR', 'EEXIST']);

/** Why the system refused to write, in plain words. `shown` is the path as the user named it. */
export function notWritten(shown: string, cause: unknown): WellspentError {
  const reason = reasons[(cause as NodeJS.ErrnoException).code ?? ''];
  const why = reason === undefined ? '' : `: ${reason}`;
  return new WellspentError('FILE_NOT_WRITTEN', `${shown} cannot be written${why}.`, {
    where: { file: shown },
    cause,
  });
}

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
  const { code = '', path } = error as NodeJS.ErrnoException;
  if (!(error instanceof Error) || typeof path !== 'string' || !refusals.has(code)) return null;
  // The error of an open file does not say whether it was to be read or written.
  if (!existsSync(path) || isReadable(path)) return notWritten(path, error);
  return new WellspentError('FILE_NOT_FOUND', `${path} cannot be read: ${reasons[code]}.`, {
    where: { file: path },
    cause: error,
  });
}
