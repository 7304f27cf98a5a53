import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addExtract, openWorkspace } from './index.ts';

const charter = `wellspent: 1
service: permits
title: Permits
version: 1.0.0
effective: 2026-01-01
owner: Head of permits
purpose: People get a permit.
timezone: UTC
reporting: {grain: month}
extracts: []
outcomes: [{id: permit, title: A permit}]
outputs: [{id: permits, title: Permits, unit: permit, from: cases}]
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keys-'));
  writeFileSync(join(folder, 'service.yaml'), charter);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function add(dir: string, name: string, keyFile: string) {
  const workspace = await openWorkspace(dir);
  try {
    writeFileSync(join(dir, name), `case_id,step,finished\n1,${name},2026-04-01\n`);
    return await addExtract({
      workspace,
      file: join(dir, name),
      as: 'events',
      keyFile: join(folder, keyFile),
    });
  } finally {
    await workspace.close();
  }
}

it('says where the key was made, the first time only, and never what it is', async () => {
  const first = await add(folder, 'a.csv', 'key');
  const notice = first.notices.find(({ code }) => code === 'KEY_MADE');
  expect(notice?.message).toContain(join(folder, 'key'));
  expect(JSON.stringify(first)).not.toContain(readFileSync(join(folder, 'key'), 'utf8').trim());
  const second = await add(folder, 'b.csv', 'key');
  expect(second.notices.map(({ code }) => code)).not.toContain('KEY_MADE');
});

it('names the published key where a workspace with a key of its own becomes a demonstration', async () => {
  await add(folder, 'a.csv', 'key');
  writeFileSync(join(folder, 'service.yaml'), `${charter}demonstration: true\n`);
  const error = await add(folder, 'b.csv', 'key').catch((cause) => cause);
  expect(error).toMatchObject({ code: 'KEY_DIFFERS', where: undefined });
  expect(error.found).toContain('the published demonstration key');
});

it('refuses a second extract under another key and changes nothing; under the kept key it goes on', async () => {
  await add(folder, 'a.csv', 'key');
  const before = readFileSync(join(folder, '.wellspent', 'manifest.json'), 'utf8');
  await expect(add(folder, 'b.csv', 'other')).rejects.toMatchObject({
    code: 'KEY_DIFFERS',
    where: { file: join(folder, 'other') },
    message: expect.not.stringContaining(folder),
  });
  expect(readFileSync(join(folder, '.wellspent', 'manifest.json'), 'utf8')).toBe(before);
  const moved = mkdtempSync(join(tmpdir(), 'moved-'));
  cpSync(folder, moved, { recursive: true });
  await expect(add(moved, 'c.csv', 'key')).resolves.toMatchObject({ rowsUsed: 1 });
  rmSync(moved, { recursive: true });
});
