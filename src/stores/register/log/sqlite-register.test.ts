import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openRecords } from '../../records/index.ts';
import { sql } from '../../warehouse/sql.ts';
import { describeKeeping } from '../keep/keep.test-suite.ts';
import { testEntry } from './child.test-support.ts';
import { openRegister } from './open-register.ts';
import { describeRegister } from './register.test-suite.ts';

const folder = mkdtempSync(join(tmpdir(), 'wellspent-register-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeRegister('SQLite', {
  placeOf: (name) => ({ file: join(folder, `${name}.db`) }),
  unguard: (table) => ['update', 'delete', 'insert'].map((verb) => `drop trigger ${table}_${verb}`),
});

describeKeeping('SQLite', (name) => ({ file: join(folder, `${name}.db`) }));

it('a failure of power that cuts the last write anywhere loses nothing that was acknowledged before', async () => {
  const file = join(folder, 'whole.db');
  const cut = join(folder, 'cut.db');
  const records = await openRecords({ file });
  const register = openRegister(records, 'register.example');
  for (const id of ['a', 'b', 'c']) await register.append(testEntry(id));
  const before = statSync(`${file}-wal`).size;
  await register.append(testEntry('d'));
  const ahead = readFileSync(`${file}-wal`);
  expect(ahead.length).toBeGreaterThan(before);

  // Every byte near the ends of the write, and every 499th between, so that each part of it is cut.
  const places = Array.from({ length: ahead.length - before + 1 }, (_, i) => before + i);
  const near = (at: number) => at - before < 30 || ahead.length - at < 30;
  const counts = new Set<unknown>();
  for (const at of places.filter((place) => near(place) || place % 499 === 0)) {
    copyFileSync(file, cut);
    writeFileSync(`${cut}-wal`, ahead.subarray(0, at));
    rmSync(`${cut}-shm`, { force: true });
    const again = await openRecords({ file: cut });
    const [row] = await again.read(({ query }) => query(sql`select count(*) as n from register_entries`));
    counts.add(row?.n);
    const { index } = await openRegister(again, 'register.example').append(testEntry('d'));
    if (index !== 3) counts.add(`"d" at ${index}, cut at ${at}`);
    await again.close();
  }
  await records.close();
  expect([...counts].sort()).toEqual([3, 4]);
});
