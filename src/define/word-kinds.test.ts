import { expect, test } from 'vitest';
import { holdsKindsOfWords, kindsOfWords, wordKinds } from './word-kinds.ts';

test.for([
  ['Kept in the team spreadsheet, see Excel', 'spreadsheet'],
  ['Added to my list and e-mailed the applicant', 'own list, email'],
  ['amount TBC, phoned', 'placeholder, phone'],
  ['Rang her back', 'phone'],
  ['test', 'placeholder'],
  ['XXX', 'placeholder'],
  ['Saved on the shared drive', 'own list'],
  // A word that only looks like one, or is part of another, or says what the case is about.
  ['Eye test booked, photograph received', ''],
  ['Listed building, excellent plans, so-called barn', ''],
  ['The applicant is recalled to the hearing', ''],
  ['', ''],
] as const)('"%s" speaks of: %s', ([text, kinds]) => {
  expect(kindsOfWords(text)).toBe(kinds);
});

test('what is kept of a text names kinds alone', () => {
  const kept = kindsOfWords('Mrs Smith, 12 High Street, phoned about her own list');
  expect(kept).toBe('own list, phone');
  expect(kept.split(', ').every((kind) => wordKinds.includes(kind))).toBe(true);
});

test('the name of an attribute says that it holds kinds of words', () => {
  expect(['words_in_note', 'words_in_', 'note'].map(holdsKindsOfWords)).toEqual([true, false, false]);
});
