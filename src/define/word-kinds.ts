/** A kind of words that free text may hold, and what tells it. */
interface WordKind {
  readonly id: string;
  /** Matches text in any case; of a placeholder the whole text may have to match. */
  readonly says: RegExp;
}

/**
 * Kinds of words in notes that speak of work outside the system, in the order in which they are named (pattern 11 of
 * `docs/methods/workarounds.md`). English; a word that is denied ("no spreadsheet") counts as well.
 */
const kinds: readonly WordKind[] = [
  { id: 'spreadsheet', says: /\b(?:spread[ -]?sheets?|excel|xlsx?|google sheets?)\b/iu },
  {
    id: 'own list',
    says: /\b(?:(?:own|my|personal|private|separate|paper) (?:list|log|notebook|records?|tracker|diary)|notebook|post-?it|sticky notes?|shared (?:drive|folder|inbox|mailbox)|whats ?app)\b/iu,
  },
  {
    id: 'placeholder',
    says: /^\s*(?:test(?:ing|er)?|dummy|n\/?k|asdf\w*|x{2,}|\?+|\.+|-+|none given)\s*$|\b(?:tbc|tba|tbd|to be confirmed)\b/iu,
  },
  { id: 'email', says: /\be-?mail(?:s|ed|ing)?\b/iu },
  {
    id: 'phone',
    says: /\b(?:tele)?phon(?:e|es|ed|ing)\b|\b(?:rang|rung)\b|(?<!so[- ])\bcalled\b|\bcall(?:ed|ing|s)? (?:back|him|her|them)\b/iu,
  },
];

/** The kinds of words that `kindsOfWords` names. */
export const wordKinds: readonly string[] = kinds.map(({ id }) => id);

/** The kinds of words in a text, joined by commas, each once; empty where it holds none. Nothing of the text is in it. */
export function kindsOfWords(text: string): string {
  if (text === '') return '';
  return kinds
    .filter(({ says }) => says.test(text))
    .map(({ id }) => id)
    .join(', ');
}

const prefix = 'words_in_';

/** True for an attribute that holds kinds of words in place of a text: its name begins with `words_in_`. */
export function holdsKindsOfWords(attribute: string): boolean {
  return attribute.startsWith(prefix) && attribute.length > prefix.length;
}
