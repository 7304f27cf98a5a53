import { expect, test } from 'vitest';
import { namesAndReferencesIn } from './names-and-references.ts';

test.each([
  ['Ring Mrs Patel back about her case', 'Mrs Patel'],
  ['as Dr. O’Neill asks', 'Dr. O’Neill'],
  ['mr Smith calls', 'mr Smith'],
  ['MISS JONES again', 'MISS JONES'],
  ['Mx Lee, Sir', 'Mx Lee'],
  ['Sir Keith wants it', 'Sir Keith'],
])('%j names somebody', (text, found) => {
  expect(namesAndReferencesIn(text)).toEqual([{ what: 'the name of a person', found }]);
});

test.each([
  ['about case L00556', 'L00556'],
  ['see PAS-2024-000123.', 'PAS-2024-000123'],
  ['ref AB/12345', 'AB/12345'],
  ['number 1234567', '1234567'],
  ['12345678A is stuck', '12345678A'],
  ['x1234', 'x1234'],
])('%j holds a reference', (text, found) => {
  expect(namesAndReferencesIn(text)).toEqual([{ what: 'the reference of a case or a person', found }]);
});

test.each([
  'We fill in form DS11 by hand, and C100 too',
  'It takes 3 weeks, since 2019, mid-2023 and FY2024',
  'In 2023/24 and 2023-2024, from 2024-05-01 to 01/06/2024',
  'It costs £1234567 or 1,234,567 pounds, or 2500000 pounds',
  'I keep a list in MS Excel and MS Word',
  'We miss Monday’s post; sir, or dr, or ms alone',
  'The 1500-word letter of the 1990s, the 1000th, 0930 and 5000 cases',
  'T06 Determine necessity of stop advice',
  'ISO9001 asks for it',
])('%j passes', (text) => {
  expect(namesAndReferencesIn(text)).toEqual([]);
});
