import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allDetectors } from './defects/all-detectors.ts';

test('every fault that is looked for is in the method page, and says what it does to which figure', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/methods/data-quality.md'), 'utf8');
  expect(allDetectors.map(({ id }) => id).filter((id) => !page.includes(`\`${id}\``))).toEqual([]);
  for (const { title, rule, distorts, remedy } of allDetectors)
    for (const text of [title, rule, distorts, remedy]) expect(text.length).toBeGreaterThan(10);
});

test('no two faults share a name', () => {
  expect(new Set(allDetectors.map(({ id }) => id)).size).toBe(allDetectors.length);
});
