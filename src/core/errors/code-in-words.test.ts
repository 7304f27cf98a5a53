import { expect, test } from 'vitest';
import { meaningInWords, remedyInWords } from './code-in-words.ts';

test('what a code means and asks for reads without the marks of the reference', () => {
  expect(meaningInWords('DUPLICATE_ROW')).toContain('and dedupe asks for one of them');
  expect(remedyInWords('DUPLICATE_ROW')).toBe('None needed. To keep equal rows, take dedupe out.');
  expect(meaningInWords('SAID_BY_NOBODY')).toBe('SAID_BY_NOBODY');
  expect(remedyInWords('SAID_BY_NOBODY')).toBeNull();
});
