import { WellspentError } from './wellspent-error.ts';

const reasons: Readonly<Record<string, string>> = {
  EISDIR: 'it is a folder',
  ENOTDIR: 'a file is in the way',
  EEXIST: 'a file is in the way',
  ENOENT: 'its folder is not there',
  EACCES: 'you have no right to',
  EPERM: 'you have no right to',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is used up',
  EFBIG: 'it is larger than the disk allows',
  EIO: 'the disk failed',
  ENAMETOOLONG: 'the name is too long',
};

/** What the system calls a disk without room. */
const full = new Set(['ENOSPC', 'EDQUOT']);

/** The system's reason for refusing a file, in plain words; undefined for one that we have no words for. */
export function refusalInWords(code: string): string | undefined {
  return reasons[code];
}

/**
 * Why the system refused to write: `FILE_NOT_WRITTEN` with the reason in plain words. `shown` is the path as the user
 * named it; null where nobody knows which file it was. `code` is the system's, by default that of the cause.
 */
export function notWritten(
  shown: string | null,
  cause: unknown,
  code = (cause as NodeJS.ErrnoException | null)?.code ?? '',
): WellspentError {
  const reason = reasons[code];
  const why = reason === undefined ? '' : `: ${reason}`;
  return new WellspentError('FILE_NOT_WRITTEN', `${shown ?? 'A file'} cannot be written${why}.`, {
    ...(shown === null ? {} : { where: { file: shown } }),
    ...(full.has(code) ? { hint: 'free room on that disk, or work in a folder on another' } : {}),
    cause,
  });
}

/** Writes, and says in plain words why it cannot, as `notWritten` does; errors of ours pass as they are. */
export function writing<T>(shown: string, write: () => T): T {
  try {
    return write();
  } catch (cause) {
    throw cause instanceof WellspentError ? cause : notWritten(shown, cause);
  }
}
