import { errorCatalogue, isErrorCode } from '../../core/index.ts';
import type { Action } from '../commands.ts';
import { unknownWord } from '../unknown-word.ts';

/** `wellspent explain`: what a code means and what to do; all codes without one. */
export const explain: Action = async (effects, [code]) => {
  if (code === undefined) {
    for (const [name, entry] of Object.entries(errorCatalogue))
      effects.stdout(`${name}\n  ${entry.meaning}\n`);
    return 0;
  }
  const wanted = code.toUpperCase();
  if (!isErrorCode(wanted))
    throw unknownWord('code', code, Object.keys(errorCatalogue), 'wellspent explain, which lists them all');
  const entry = errorCatalogue[wanted];
  effects.stdout(`${wanted}\n\nWhat it means\n  ${entry.meaning}\n\nWhat to do\n  ${entry.remedy}\n`);
  return 0;
};
