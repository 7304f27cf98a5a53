/** Words by which people say that there is none, or that they do not know. */
const noneWords = new Set([
  'none',
  'none known',
  'no',
  'no counterfactual',
  'nil',
  'nothing',
  'n/a',
  'na',
  'not applicable',
  'not known',
  'unknown',
  'tbc',
]);

/** Whether a text says anything; blanks say nothing. */
export function isStated(text: string | null | undefined): text is string {
  return typeof text === 'string' && text.trim() !== '';
}

/** Whether a text names something, and is not "none" in one of the ways in which people write it. */
export function isNamed(text: string | null | undefined): text is string {
  if (!isStated(text)) return false;
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/[.\s]+$/, '')
    .replace(/\s+/g, ' ');
  return /[\p{L}\p{N}]/u.test(plain) && !noneWords.has(plain);
}
