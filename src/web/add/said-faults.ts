import { remedyInWords, type WellspentError, WellspentFaults } from '../../core/index.ts';
import { texts } from '../texts.ts';
import type { Draft } from './drafts.ts';

/** An error as these pages say it: the file by the name it was sent under, never where it lies. */
export interface SaidFault {
  readonly code: string;
  readonly message: string;
  readonly found: string | null;
  readonly remedy: string;
}

/** All faults of an error, each with what to do about it. */
export function saidFaults(
  error: WellspentError,
  { file, name }: Pick<Draft, 'file' | 'name'>,
): readonly SaidFault[] {
  const faults = error instanceof WellspentFaults ? error.faults : [error];
  return faults.map(({ code, message, found }) => ({
    code,
    message: message.replaceAll(file, name),
    found: found?.replaceAll(file, name) ?? null,
    remedy: texts.add.remedies[code] ?? remedyInWords(code) ?? '',
  }));
}
