import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deleteDraft, draftsOf, readRecords, saveDraft, useRecords, workspacePlace } from './index.ts';
import { noServer, startServer, type TestServer } from './postgres/server.test-support.ts';

const dir = mkdtempSync(join(tmpdir(), 'wellspent-records-'));
const file = join(dir, 'records.db');
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const draft = { id: 'a', kind: 'option', changed: '2026-11-27T09:00:00Z', content: { title: 'Try it' } };

/** Kept, read and deleted through one place, by whoever opens it. */
async function keepsADraft(url: string | undefined): Promise<void> {
  const place = workspacePlace(dir, 'permits', url);
  expect(await readRecords(place, (records) => draftsOf(records, 'option'))).toBeNull();
  await useRecords(place, (records) => saveDraft(records, draft));
  expect(await readRecords(place, (records) => draftsOf(records, 'option'))).toEqual([draft]);
  expect(await useRecords(place, (records) => deleteDraft(records, 'a'))).toBe(true);
  expect(await readRecords(place, (records) => draftsOf(records, 'option'))).toEqual([]);
}

describe.skipIf(noServer !== undefined)(
  `a workspace with an address${noServer ? ` (skipped: ${noServer})` : ''}`,
  () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startServer();
    });
    afterAll(() => server?.stop());

    it('keeps its records in the database there, and makes no file', async () => {
      await keepsADraft(server.url);
      expect(existsSync(file)).toBe(false);
    });
  },
);

describe('a workspace without an address', () => {
  it('keeps its records in its own file', async () => {
    await keepsADraft('');
    expect(existsSync(file)).toBe(true);
  });

  it('takes the address from WELLSPENT_RECORDS where none is given', () => {
    const before = process.env.WELLSPENT_RECORDS;
    process.env.WELLSPENT_RECORDS = 'postgres://somewhere/wellspent';
    try {
      expect(workspacePlace(dir, 'permits')).toEqual({
        url: 'postgres://somewhere/wellspent',
        schema: 'wellspent_permits',
      });
    } finally {
      if (before === undefined) delete process.env.WELLSPENT_RECORDS;
      else process.env.WELLSPENT_RECORDS = before;
    }
  });
});
