import { expect, test } from 'vitest';
import { isAccountOfCases } from './protect-text.ts';

test('the account of all cases is left out of a protected publication', () => {
  expect(
    isAccountOfCases(
      'Of 285 cases, 284 count as output, 0 had not ended when the data were taken, and fewer than 10 ended in a way that is no output.',
    ),
  ).toBe(true);
  expect(isAccountOfCases('24 of the cases that count lie outside the periods reported.')).toBe(true);
  expect(isAccountOfCases('Incomplete and left out of every comparison: March 2023.')).toBe(false);
});
