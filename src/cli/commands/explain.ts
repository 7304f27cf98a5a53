import { errorCatalogue, isErrorCode, WellspentError } from '../../core/index.ts';
import { didYouMean } from '../../define/index.ts';
import type { Action } from '../commands.ts';

/** `wellspent explain`: what a code means and what to do; all codes without one. */
export const explain: Action = async (effects, [code]) => {
  if (code === undefined) {
    for (const [name, entry] of Object.entries(errorCatalogue))
      effects.stdout(`${name}\n  ${entry.meaning}\n`);
    return 0;
  }
  const wanted = code.toUpperCase();
  if (!isErrorCode(wanted)) {
    throw new WellspentError('USAGE', `There is no code "${code}".`, {
      hint: didYouMean(wanted, Object.keys(errorCatalogue)) ?? 'wellspent explain',
    });
  }
  const entry = errorCatalogue[wanted];
  effects.stdout(`${wanted}\n\nWhat it means\n  ${entry.meaning}\n\nWhat to do\n  ${entry.remedy}\n`);
  return 0;
};
