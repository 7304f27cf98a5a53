import { notWritten, type WellspentError } from '../../../core/index.ts';

/** How the engine passes on what the system said. */
const codes: readonly (readonly [RegExp, string])[] = [
  [/no space left on device|not enough space on the disk/i, 'ENOSPC'],
  [/disk quota exceeded/i, 'EDQUOT'],
  [/file too large/i, 'EFBIG'],
  [/read-only file system/i, 'EROFS'],
  [/input\/output error/i, 'EIO'],
];

/**
 * A failure of the engine that is the disk's, told as such: `FILE_NOT_WRITTEN` with the file and the reason. Null for
 * any other failure.
 */
export function writeFailure(reason: string, cause: unknown): WellspentError | null {
  const isWriting = /\bwrit(?:e|ing)\b|\bfsync\b|\bsync\b|\btruncate\b/i.test(reason);
  const code = codes.find(([words]) => words.test(reason))?.[1];
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  if (!/^IO Error\b/i.test(reason) || !(isFull || isWriting)) return null;
  const file = /\bfile ["']([^"']+)["']/i.exec(reason)?.[1]?.replace(/\.partial$/, '');
  return notWritten(file ?? null, cause, code ?? '');
}
