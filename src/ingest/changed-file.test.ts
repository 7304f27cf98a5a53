import { appendFileSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { fileSha256 } from './file-sha256.ts';
import { importFiles } from './import-files.ts';
import { pseudonymsWith } from './pseudonyms.ts';
import { readBytes } from './readers/source-bytes.ts';

const root = mkdtempSync(join(tmpdir(), 'changed-file-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const rows = (from: number, size: number) =>
  Array.from({ length: size }, (_, i) => `c${from + i},step,2024-03-11T10:00:00Z\n`).join('');

async function add(name: string, whileRead: (path: string) => void) {
  const store = join(root, `${name}-store`);
  const path = join(root, name);
  writeFileSync(path, `case,step,finished\n${rows(0, 20_000)}`);
  utimesSync(path, 1e9, 1e9);
  let isFirst = true;
  const reports = await importFiles({
    store,
    files: [{ path, shown: name, rules: { as: 'events', map: {}, timezone: 'UTC' } }],
    pseudonymise: pseudonymsWith(Buffer.alloc(32, 1)),
    onProgress: () => {
      if (isFirst) whileRead(path);
      isFirst = false;
    },
  });
  return { reports, store };
}

it('a file that is written to while it is read is refused, and nothing of it is brought in', async () => {
  const changes: readonly ((path: string) => void)[] = [
    (path) => appendFileSync(path, rows(20_000, 1)),
    // Of the same size: a copy still under way.
    (path) => writeFileSync(path, readFileSync(path, 'utf8').replaceAll('step,', 'stop,')),
  ];
  for (const [i, change] of changes.entries())
    await expect(add(`changed-${i}.csv`, change)).rejects.toMatchObject({ code: 'INPUT_CHANGED' });
  const { reports, store } = await add('same.csv', () => undefined);
  expect(reports[0]?.rowsUsed).toBe(20_000);
  expect(readFileSync(join(store, 'manifest.json'), 'utf8')).toContain('same.csv');
});

it('a file that has gone since it was found is said to be no more there', async () => {
  const gone = join(root, 'gone.csv');
  const read = async (gzip: boolean) => {
    for await (const _ of readBytes(gone, gzip, {}));
  };
  for (const attempt of [() => fileSha256(gone), () => read(false), () => read(true)])
    await expect(attempt()).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
});
