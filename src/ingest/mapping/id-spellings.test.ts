import { expect, it } from 'vitest';
import { IdSpellings } from './id-spellings.ts';

const countOf = (...lists: readonly (readonly string[])[]) => {
  const spellings = new IdSpellings();
  for (const texts of lists) spellings.look(texts, 0);
  return spellings.count;
};

it('counts spellings beside the first of each id, once each', () => {
  expect(countOf(['A 1', 'A  1', 'A  1', ' A 1', 'A1'])).toBe(2);
  expect(countOf(['Zo\u00eb', 'Zoe\u0308', 'Zoe'])).toBe(1);
  expect(countOf(['A  1', 'A   1'])).toBe(1);
});

it('counts nothing where each id is written in one way, whatever that is', () => {
  expect(countOf(['A1', 'a1', 'A 1', ''])).toBe(0);
  expect(countOf(['A1   ', 'B2   ', '     '], ['A1   '])).toBe(0);
});

it('looks at texts that come later together with those before them in their list', () => {
  const words = ['A 1', 'B 2'];
  const spellings = new IdSpellings();
  spellings.look(words, 0);
  words.push('B  2', 'C 3');
  spellings.look(words, 2);
  words.push(' C 3');
  spellings.look(words, 4);
  expect(spellings.count).toBe(2);
});
