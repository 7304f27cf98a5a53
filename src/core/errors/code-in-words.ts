import { errorCatalogue, isErrorCode } from './catalogue.ts';

/** What the reference sets as code stands as plain words where nothing sets it. */
function plain(text: string): string {
  return text.replaceAll('`', '');
}

/** What a code means, in plain words for pages and tables; a code that is not in the catalogue as it is. */
export function meaningInWords(code: string): string {
  return isErrorCode(code) ? plain(errorCatalogue[code].meaning) : code;
}

/** What to do about a code, in plain words; null for one that is not in the catalogue. */
export function remedyInWords(code: string): string | null {
  return isErrorCode(code) ? plain(errorCatalogue[code].remedy) : null;
}
