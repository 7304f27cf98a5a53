import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type SmallWorkspace, smallWorkspace } from './small-workspace.test-support.ts';

let small: SmallWorkspace;
beforeEach(async () => {
  small = await smallWorkspace();
});
afterEach(() => small.close());

it('an import whose lock another took over writes nothing and takes nothing of the other away', async () => {
  const store = join(small.folder, '.wellspent');
  await small.add('jan.csv', 'case,step,finished\na,in,2024-01-01\n');
  const before = readFileSync(join(store, 'manifest.json'), 'utf8');
  const other = JSON.stringify({ pid: 1, space: 'elsewhere', token: 'another' });
  const lost = small.add('feb.csv', 'case,step,finished\nb,in,2024-02-01\n', {
    onProgress: () => {
      writeFileSync(join(store, 'lock'), other);
      mkdirSync(join(store, 'tables-2'), { recursive: true });
      writeFileSync(join(store, 'tables-2', 'events-0000.parquet'), 'of the other');
    },
  });
  await expect(lost).rejects.toMatchObject({ code: 'LOCK_LOST', hint: expect.stringContaining('again') });
  expect(readFileSync(join(store, 'manifest.json'), 'utf8')).toBe(before);
  expect(readFileSync(join(store, 'lock'), 'utf8')).toBe(other);
  expect(readdirSync(join(store, 'tables-2'))).toEqual(['events-0000.parquet']);
  expect(readFileSync(join(store, 'tables-2', 'events-0000.parquet'), 'utf8')).toBe('of the other');
});
