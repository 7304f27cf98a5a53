import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRecords } from '../../records/index.ts';
import { noServer, startServer, type TestServer } from '../../records/postgres/server.test-support.ts';
import { sql } from '../../warehouse/sql.ts';
import { describeKeeping } from '../keep/keep.test-suite.ts';
import { openRegister } from './open-register.ts';
import { describeRegister } from './register.test-suite.ts';
import { startChild } from './spawn.test-support.ts';

describe.skipIf(noServer !== undefined)(`a real server${noServer ? ` (skipped: ${noServer})` : ''}`, () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server?.stop());

  describeRegister('PostgreSQL', {
    placeOf: (name) => ({ url: server.url, schema: name }),
    unguard: (table) => [`drop trigger ${table}_rows on ${table}`],
  });
  describeKeeping('PostgreSQL', (name) => ({ url: server.url, schema: name }));

  it('loses nothing that was acknowledged when the server crashes', async () => {
    const place = { url: server.url, schema: 'crashes' };
    const acknowledged: (string | undefined)[] = [];
    let unsaid = 0;
    for (let round = 0; round < 4; round += 1) {
      const ids = Array.from({ length: 2000 }, (_, i) => `r${round}-${i}`);
      const child = await startChild({ place, ids });
      child.begin();
      await new Promise((done) => setTimeout(done, 60 + 30 * round));
      await server.crash();
      child.kill();
      const said = (await child.ended).flatMap(({ leaf }) => leaf ?? []);
      const records = await openRecords(place);
      await openRegister(records, 'register.example').transaction(async () => {});
      const rows = await records.read(({ query }) =>
        query<{ leaf: string }>(sql`select leaf from register_entries order by place`),
      );
      await records.close();
      const added = rows.slice(acknowledged.length).map(({ leaf }) => leaf);
      expect(added.filter((leaf) => said.includes(leaf))).toEqual(said);
      unsaid += added.length - said.length;
      acknowledged.push(...added);
    }
    expect(unsaid).toBeLessThanOrEqual(4);
    expect(acknowledged.length).toBeGreaterThan(0);
  });
});
