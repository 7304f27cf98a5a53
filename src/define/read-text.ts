import { readFileSync, statSync } from 'node:fs';
import { WellspentError } from '../core/index.ts';

const largestBytes = 1_000_000;

/** The text of a charter file; throws `CHARTER_TOO_LARGE` or `FILE_NOT_FOUND`. */
export function readCharterText(file: string): string {
  try {
    const bytes = statSync(file).size;
    if (bytes > largestBytes)
      throw new WellspentError('CHARTER_TOO_LARGE', `${file} holds ${bytes} bytes.`, {
        where: { file },
        found: `${bytes} bytes`,
        hint: `a charter of at most ${largestBytes} bytes`,
      });
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if (cause instanceof WellspentError) throw cause;
    throw new WellspentError('FILE_NOT_FOUND', `There is no charter at ${file}.`, {
      where: { file },
      hint: 'name a folder that holds a service.yaml, or make one with `wellspent init DIR`',
      cause,
    });
  }
}
