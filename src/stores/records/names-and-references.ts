import { WellspentError } from '../../core/index.ts';
import type { Suspicion } from './personal-data.ts';

/** A title and what follows it in capitals: "Mrs Patel", "Dr. O’Neill", "Mr J". */
const titled =
  /(?<![\p{L}\p{N}'’-])(?:[Mm][Rr][Ss]?|[Mm][Ss]|[Mm][Xx]|[Dd][Rr]|Miss|MISS|Sir|SIR|Dame|Lord|Lady|Prof|Professor|Rev|Reverend)\.?\s+\p{Lu}[\p{L}\p{M}'’-]*(?![\p{L}\p{N}])/gu;

/** Not Ms Word but the program. */
const program =
  /^MS\s+(?:Access|Copilot|Dynamics|Excel|Forms|Office|OneNote|Outlook|Planner|PowerPoint|Project|SharePoint|Teams|Word)$/;

const token = /[\p{L}\p{N}]+(?:[-/_][\p{L}\p{N}]+)*/gu;
const year = /^(?:19|20)\d{2}$/;
/** Numbers that letters go with and that are no references: a financial year, money, a standard, "1000th", "1500kg". */
const plain = /^(?:(?:FY|CY|AY|GBP|EUR|USD|ISO|BS|EN|RFC)\d+|\d+(?:s|st|nd|rd|th|k|m|p|am|pm|g|kg|km|ml))$/i;

function isReference(found: string): boolean {
  const parts = found.split(/[-/_]/);
  if (!/\p{L}/u.test(found)) return parts.some((part) => /^\d{7,}$/.test(part));
  // "1500-word" is a number and what it counts.
  const [first = '', ...rest] = parts;
  if (/^\d+$/.test(first) && rest.length > 0 && rest.every((part) => /^\p{Ll}{3,}$/u.test(part)))
    return first.length >= 7;
  return parts.some((part) => /\d{4}/.test(part) && !year.test(part) && !plain.test(part));
}

/** What in the words of a report looks like a title with a name, or like the reference of a case or a person. */
export function namesAndReferencesIn(text: string): readonly Suspicion[] {
  const names = [...text.matchAll(titled)]
    .map(([found]) => ({ what: 'the name of a person', found }))
    .filter(({ found }) => !program.test(found));
  const references = [...text.matchAll(token)]
    .filter(({ 0: found, index }) => {
      const isMoney =
        /[£$€]\s?$/.test(text.slice(0, index)) || /^\s?pounds/.test(text.slice(index + found.length));
      return !isMoney && isReference(found);
    })
    .map(([found]) => ({ what: 'the reference of a case or a person', found }));
  return [...names, ...references];
}

/**
 * Refuses words of those who do the work that name somebody by title, or hold a reference: letters and four digits or
 * more together, or seven digits or more. `PERSONAL_DATA_SUSPECTED`, as for other personal data.
 */
export function refuseNamesAndReferences(words: Readonly<Record<string, string | null>>): void {
  for (const [path, text] of Object.entries(words)) {
    const [first] = namesAndReferencesIn(text ?? '');
    if (first)
      throw new WellspentError('PERSONAL_DATA_SUSPECTED', `"${path}" seems to hold ${first.what}.`, {
        found: first.found,
        hint: 'say it without: a role, a team or a kind of case is enough',
      });
  }
}
