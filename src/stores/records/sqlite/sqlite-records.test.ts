import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { sql } from '../../warehouse/sql.ts';
import { describeRecords } from '../contract.test-suite.ts';
import { deleteStaffReport, openRecords, saveStaffReport } from '../index.ts';

const folder = mkdtempSync(join(tmpdir(), 'wellspent-sqlite-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeRecords('SQLite', () => ({
  open: (place, options) => openRecords({ file: join(folder, `${place}.db`) }, options),
}));

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: { readonly code?: string }) => error.code,
  );

describe('a file of records', () => {
  it('is written ahead and synced at every commit', async () => {
    const records = await openRecords({ file: join(folder, 'synced.db') });
    const settings = await records.read(async ({ query }) => [
      ...(await query(sql`pragma journal_mode`)),
      ...(await query(sql`pragma synchronous`)),
      ...(await query(sql`pragma secure_delete`)),
    ]);
    await records.close();
    expect(settings).toEqual([{ journal_mode: 'wal' }, { synchronous: 2 }, { secure_delete: 1 }]);
  });

  it.each(['insert or replace', 'replace'])('refuses "%s" of a line of the register', async (verb) => {
    const file = join(folder, `${verb.replaceAll(' ', '-')}.db`);
    await (await openRecords({ file })).close();
    // Another program, with settings of its own: no removal of a row in the way fires a trigger by itself.
    const other = new DatabaseSync(file);
    other.exec('pragma recursive_triggers = off');
    const insert = (place: number, line: string, leaf: string) =>
      other.exec(
        `${place === 0 && line === 'a' ? 'insert' : verb} into register_entries values
          (${place}, '${line}', '${leaf}', 'r', 'evidence', 'e', 1, 'evidence', null)`,
      );
    insert(0, 'a', 'x');
    expect(() => insert(0, 'b', 'y')).toThrow('append-only');
    expect(() => insert(1, 'b', 'x')).toThrow('append-only');
    expect(other.prepare('select place, line from register_entries').all()).toEqual([
      { place: 0, line: 'a' },
    ]);
    other.close();
  });

  it('holds nothing of a report once it is deleted', async () => {
    const file = join(folder, 'deleted.db');
    const records = await openRecords({ file });
    await saveStaffReport(records, {
      ...{ id: 'r1', reported: '2026-05-04T09:30:00Z', changed: '2026-05-04T09:30:00Z', role: 'caseworker' },
      ...{ what: 'a most particular sentence', why: null, howOften: null, minutes: null, step: null },
      ...{ team: null, finding: null },
    });
    await deleteStaffReport(records, 'r1');
    await records.close();
    expect(readFileSync(file).includes('most particular')).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('can be read by its owner alone', async () => {
    const file = join(folder, 'own.db');
    await (await openRecords({ file })).close();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('that is none, or is damaged, is said to be', async () => {
    const file = join(folder, 'none.db');
    expect(await codeOf(openRecords({ file }, { readOnly: true }))).toBe('RECORDS_MISSING');
    writeFileSync(file, 'these are not records, but a text of more than a few bytes\n'.repeat(100));
    expect(await codeOf(openRecords({ file }))).toBe('RECORDS_UNREACHABLE');
    expect(await codeOf(openRecords({ file: join(file, 'below', 'a-file.db') }))).toBe('RECORDS_UNREACHABLE');
  });
});
