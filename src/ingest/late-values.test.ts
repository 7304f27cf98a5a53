import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { importFiles } from './import-files.ts';
import { pseudonymsWith } from './pseudonyms.ts';
import { readManifest } from './store/manifest.ts';

const root = mkdtempSync(join(tmpdir(), 'late-values-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const size = 8_400;
const names = ['cost', 'grade', 'price', 'asked', 'code', 'none'] as const;

/** Attributes that only some rows at one end have: numbers, words, decimal commas, dates, numbers and then words. */
function rows(): readonly (readonly string[])[] {
  return Array.from({ length: size }, (_, i) => {
    const has = i >= 8_250;
    const late = has
      ? [
          `${i}.5`,
          `g${i % 3}`,
          `"${i % 90},25"`,
          `2025-03-${String((i % 28) + 1).padStart(2, '0')}`,
          i > 8_390 ? 'x1' : '7',
          '',
        ]
      : names.map(() => '');
    return [`c${i}`, 'step', '2024-03-11T10:00:00Z', ...late];
  });
}

async function kindsOf(name: string, lines: readonly (readonly string[])[]) {
  const [store, path] = [join(root, `${name}-store`), join(root, name)];
  writeFileSync(
    path,
    `case,step,finished,${names.join(',')}\n${lines.map((line) => line.join(',')).join('\n')}\n`,
  );
  const [report] = await importFiles({
    store,
    files: [{ path, shown: name, rules: { as: 'events', map: {}, timezone: 'UTC' } }],
    pseudonymise: pseudonymsWith(Buffer.alloc(32, 1)),
  });
  expect(report?.rowsUsed).toBe(size);
  const columns = readManifest(store).sources[0]?.columns ?? [];
  return Object.fromEntries(
    columns.flatMap(({ column, kind, becomes }) => (becomes === 'attribute' ? [[column, kind]] : [])),
  );
}

it('an attribute is what its values are, also where the first thousands of rows have none', async () => {
  const first = await kindsOf('last.csv', rows());
  expect(first).toEqual({
    cost: 'number',
    grade: 'text',
    price: 'number',
    asked: 'timestamp',
    code: 'text',
    none: 'text',
  });
  expect(await kindsOf('first.csv', [...rows()].reverse())).toEqual(first);
});
