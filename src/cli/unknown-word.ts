import { WellspentError } from '../core/index.ts';
import { didYouMean, nearestName } from '../define/index.ts';

/** Refuses a word that is not one of the known ones, and names the nearest. */
export function unknownWord(
  what: string,
  written: string,
  known: readonly string[],
  hint: string,
): WellspentError {
  const near = nearestName(written, known);
  return new WellspentError('USAGE', `There is no ${what} "${written}".`, {
    hint: near ? didYouMean(written, known) : hint,
  });
}
