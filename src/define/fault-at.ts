import { type ErrorCode, type ErrorDetails, WellspentError } from '../core/index.ts';
import type { LoadedCharter } from './charter/charter.ts';
import type { Path } from './yaml-source.ts';

/** A fault at the line of a part of a loaded charter, with that line as its excerpt. */
export function faultAt(
  loaded: LoadedCharter,
  code: ErrorCode,
  path: Path,
  message: string,
  details: Omit<ErrorDetails, 'where'>,
): WellspentError {
  const line = loaded.lineOf(path);
  const excerpt = loaded.lines?.[line - 1]?.trim().slice(0, 120);
  const where = { file: loaded.file, line, ...(excerpt === undefined ? {} : { excerpt }) };
  return new WellspentError(code, message, { ...details, where });
}
