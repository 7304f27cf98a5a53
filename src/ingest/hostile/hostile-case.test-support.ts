import type { ErrorCode } from '../../core/index.ts';
import type { AddRequest } from '../index.ts';

/** How a file is brought in, as far as it can be written as JSON: it is done by another process. */
export type Rules = Partial<Omit<AddRequest, 'workspace' | 'file' | 'signal' | 'now' | 'onProgress'>>;

/** A file that is refused: nothing of it is written. */
interface Refused {
  readonly code: ErrorCode;
  /** Words that its message, hint or list of what was found must hold. */
  readonly says?: string;
}

/** A file that is read: its rows in are its rows used and those set aside, by reason. */
interface Read {
  readonly used: number;
  readonly aside?: Readonly<Partial<Record<ErrorCode, number>>>;
  readonly notices?: readonly ErrorCode[];
}

/** A hostile or broken input and what must come of it. */
export interface HostileCase {
  readonly name: string;
  /** The name of its file, which should not matter. */
  readonly file: string;
  readonly content: string | Buffer | (() => string | Buffer | Promise<Buffer>);
  readonly rules?: Rules;
  readonly expect: Refused | Read;
}

/** Cases of one family, which come as short lines: name, file, content, what is expected, rules. */
export function casesOf(
  family: string,
  lines: readonly (readonly [
    name: string,
    file: string,
    content: HostileCase['content'],
    expected: HostileCase['expect'],
    rules?: Rules,
  ])[],
): readonly HostileCase[] {
  return lines.map(([name, file, content, expected, rules]) => ({
    name: `${family}: ${name}`,
    file,
    content,
    expect: expected,
    ...(rules === undefined ? {} : { rules }),
  }));
}

export const refused = (code: ErrorCode, says?: string): Refused => ({ code, ...(says ? { says } : {}) });

export const read = (used: number, aside: Read['aside'] = {}, notices: Read['notices'] = []): Read => ({
  used,
  aside,
  notices,
});
