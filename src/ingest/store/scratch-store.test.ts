import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { inScratchStore, isReadOnly, makeStore } from './scratch-store.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'scratch-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it('holds what the store holds, and takes nothing of it away', async () => {
  const store = join(root, 'store');
  mkdirSync(join(store, 'staged', '1-a'), { recursive: true });
  writeFileSync(join(store, 'staged', '1-a', 'main.parquet'), 'rows');
  for (const name of ['manifest.json', 'lock']) writeFileSync(join(store, name), name);
  let seen = '';
  await inScratchStore(store, async (scratch) => {
    seen = scratch;
    expect(readFileSync(join(scratch, 'staged', '1-a', 'main.parquet'), 'utf8')).toBe('rows');
    expect(readdirSync(scratch).sort()).toEqual(['manifest.json', 'staged']);
    rmSync(join(scratch, 'staged', '1-a'), { recursive: true });
    writeFileSync(join(scratch, 'manifest.json'), 'other');
  });
  expect(existsSync(seen)).toBe(false);
  expect(readFileSync(join(store, 'staged', '1-a', 'main.parquet'), 'utf8')).toBe('rows');
  expect(readFileSync(join(store, 'manifest.json'), 'utf8')).toBe('manifest.json');
});

it('is gone after work that failed, and is made for a store that is not there', async () => {
  let seen = '';
  const failing = inScratchStore(join(root, 'none'), async (scratch) => {
    seen = scratch;
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(seen).not.toBe('');
  expect(existsSync(seen)).toBe(false);
});

it('a store that cannot be made is told with the reason', () => {
  expect(isReadOnly(join(root, 'a', 'b'))).toBe(false);
  makeStore(join(root, 'a', 'b'));
  expect(existsSync(join(root, 'a', 'b'))).toBe(true);
  writeFileSync(join(root, 'file'), '');
  expect(() => makeStore(join(root, 'file', 'b'))).toThrow(/b cannot be written: a file is in the way\.$/);
});
