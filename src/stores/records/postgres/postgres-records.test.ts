import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../warehouse/sql.ts';
import { describeRecords } from '../contract.test-suite.ts';
import { openRecords } from '../index.ts';
import { noServer, startServer, type TestServer } from './server.test-support.ts';

describe.skipIf(noServer !== undefined)(`a real server${noServer ? ` (skipped: ${noServer})` : ''}`, () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server?.stop());

  describeRecords('PostgreSQL', () => ({
    open: (place, options) => openRecords({ url: server.url, schema: place }, options),
  }));

  it('keeps "truncate" from the lines of the register', async () => {
    const records = await openRecords({ url: server.url, schema: 'truncated' });
    await expect(records.write(({ run }) => run(sql`truncate register_entries`))).rejects.toThrow(
      'append-only',
    );
    await records.close();
  });

  it('keeps workspaces apart, whatever their name', async () => {
    const schema = 'it\'s "mine"; drop';
    const records = await openRecords({ url: server.url, schema });
    const draft = sql`insert into drafts (id, kind, changed, content) values ('a', 'b', 'c', '{}')`;
    expect(await records.write(({ run }) => run(draft))).toBe(1);
    const other = await openRecords({ url: server.url, schema: 'other' });
    expect(await other.read(({ query }) => query(sql`select id from drafts`))).toEqual([]);
    await records.close();
    await other.close();
  });

  it('keeps what was written when the server crashes, and is used again', async () => {
    const records = await openRecords({ url: server.url, schema: 'crashed' });
    const draft = sql`insert into drafts (id, kind, changed, content) values ('a', 'b', 'c', '{}')`;
    await records.write(({ run }) => run(draft));
    await server.crash();
    const ids = () => records.read(({ query }) => query(sql`select id from drafts`));
    // The first use may meet the connection that was lost.
    expect(await ids().catch(ids)).toEqual([{ id: 'a' }]);
    await records.close();
  });

  it('without records is said to have none', async () => {
    await expect(openRecords({ url: server.url, schema: 'none' }, { readOnly: true })).rejects.toMatchObject({
      code: 'RECORDS_MISSING',
    });
  });

  it('that is away is said to be', async () => {
    const url = 'postgres://wellspent@localhost/postgres?host=/nowhere';
    await expect(openRecords({ url, schema: 'a' })).rejects.toMatchObject({
      code: 'RECORDS_UNREACHABLE',
    });
  });
});
