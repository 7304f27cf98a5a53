import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { staleReference } from '../scripts/reference.ts';

it('the generated reference says what the program says', () => {
  expect(staleReference(fileURLToPath(new URL('../docs/reference', import.meta.url)))).toEqual([]);
});
