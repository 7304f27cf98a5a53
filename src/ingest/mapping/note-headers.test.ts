import { expect, test } from 'vitest';
import { isPhrase, saysNotesFollow } from './note-headers.ts';

test.each([
  ...['Notes', 'note', 'Case notes', 'caseNotes', 'casenote', 'Comments', 'Officer comment', 'comment_text'],
  ...['Remarks', 'Remark', 'case:Remarks', 'Narrative', 'Free text', 'freetext', 'Free-text field', 'Memo'],
  ...['Summary', 'Call summary', 'Next action', 'Message'],
  ...['Observations', 'Notes 2', 'notes_3', 'Description of need', 'Description of incident', 'COMMENTS'],
])('below "%s" somebody wrote', (header) => {
  expect(saysNotesFollow(header)).toBe(true);
});

test.each([
  ...[
    'Description',
    'Description of step',
    'Description of the product',
    'Description of categories',
    'Description of service type',
  ],
  ...['Notes sent', 'Comment count', 'Text', 'Message type', 'Noted', 'Keynote', 'Banknotes', 'Status', ''],
])('below "%s" nobody need have written', (header) => {
  expect(saysNotesFollow(header)).toBe(false);
});

test.each([
  ...['Jane rang', 'rang Jane', 'Smith, Jane', 'sent 2 letters', 'OK (by phone)', 'paid - Jane', 'é à'],
])('"%s" is a phrase', (text) => expect(isPhrase(text)).toBe(true));

test.each(['ok', 'REF/2026/1', 'A1', '12 34', '£ 5', '5 km', 'NN 12', '', ' ok ', 'sent-back', '- n/a'])(
  '"%s" is none',
  (text) => expect(isPhrase(text)).toBe(false),
);
