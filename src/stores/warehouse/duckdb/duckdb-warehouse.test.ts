import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWarehouse } from '../contract.test-suite.ts';
import { keyword, openDuckdb, type Sql, sql, type Warehouse } from '../index.ts';

describeWarehouse('DuckDB', (folder) => openDuckdb({ folders: [folder] }));

describe('DuckDB is locked down', () => {
  let root: string;
  let inside: string;
  let outside: string;
  let warehouse: Warehouse;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'wellspent-lock-'));
    inside = join(root, 'inside');
    outside = join(root, 'inside-not');
    mkdirSync(inside);
    mkdirSync(outside);
    writeFileSync(join(inside, 'own.csv'), 'a\n1\n');
    writeFileSync(join(outside, 'secret.csv'), 'a\n1\n');
    symlinkSync(outside, join(inside, 'link'));
    warehouse = await openDuckdb({ folders: [inside] });
  });

  afterAll(async () => {
    await warehouse.close();
    rmSync(root, { recursive: true, force: true });
  });

  const quoted = (path: string) => keyword(`'${path}'`);

  it('a file of its folder can be read', async () => {
    expect(await warehouse.query(sql`select a from read_csv(${join(inside, 'own.csv')})`)).toEqual([
      { a: 1 },
    ]);
  });

  it.for<[string, () => Sql]>([
    ['reading a file beside its folder', () => sql`select * from read_csv(${join(outside, 'secret.csv')})`],
    [
      'reading through a step up',
      () => sql`select * from read_csv(${`${inside}/../${basename(outside)}/secret.csv`})`,
    ],
    [
      'reading through a symbolic link',
      () => sql`select * from read_csv(${join(inside, 'link', 'secret.csv')})`,
    ],
    ['reading text of the system', () => sql`select * from read_text('/etc/hostname')`],
    ['reading bytes of the system', () => sql`select * from read_blob('/etc/hostname')`],
    ['a file named as a table', () => sql`select * from ${keyword('"/etc/passwd.csv"')}`],
    ['listing files', () => sql`select * from glob('/etc/*')`],
    ['reading from the web', () => sql`select * from read_csv('https://example.org/a.csv')`],
    ['writing outside its folder', () => sql`copy (select 1 as a) to ${quoted(join(outside, 'new.csv'))}`],
    ['exporting', () => sql`export database ${quoted(join(outside, 'export'))}`],
    ['attaching a database', () => sql`attach ${quoted(join(outside, 'other.db'))} as other`],
    ['installing an extension', () => sql`install httpfs`],
    ['loading an extension', () => sql`load httpfs`],
    ['allowing files again', () => sql`set enable_external_access = true`],
    ['allowing another folder', () => sql`set allowed_directories = ['/']`],
    ['unlocking the settings', () => sql`set lock_configuration = false`],
    ['resetting a setting', () => sql`reset memory_limit`],
    ['raising the memory limit', () => sql`set memory_limit = '100GB'`],
    ['changing the zone', () => sql`set session TimeZone = 'Asia/Tokyo'`],
    ['reading the environment', () => sql`select getenv('HOME')`],
    ['keeping a secret', () => sql`create persistent secret s (type s3)`],
  ])('%s is refused', async ([, statement]) => {
    await expect(warehouse.query(statement())).rejects.toMatchObject({ code: 'WAREHOUSE_QUERY_FAILED' });
    expect(readdirSync(outside)).toEqual(['secret.csv']);
  });

  it('the methods for files keep to its folder too', async () => {
    await expect(
      warehouse.writeParquet(sql`select 1 as a`, join(outside, 'new.parquet')),
    ).rejects.toMatchObject({
      code: 'WAREHOUSE_QUERY_FAILED',
    });
    const elsewhere = await openDuckdb({ folders: [outside] });
    await elsewhere.writeParquet(sql`select 1 as a`, join(outside, 'there.parquet'));
    await elsewhere.close();
    await expect(warehouse.viewParquet('v', [join(outside, 'there.parquet')])).rejects.toMatchObject({
      code: 'WAREHOUSE_QUERY_FAILED',
    });
    rmSync(join(outside, 'there.parquet'));
  });

  it('a view needs at least one file', async () => {
    await expect(warehouse.viewParquet('none', [])).rejects.toMatchObject({ code: 'WAREHOUSE_QUERY_FAILED' });
  });

  it('a file is read by its very name, whatever the characters of it and its folder mean elsewhere', async () => {
    const folder = join(inside, 'year=2024', "a[1]*'s?");
    for (const name of ['log.parquet', 'log1.parquet', 'log[1].parquet', 'log*.parquet', 'log?.parquet'])
      await warehouse.writeParquet(sql`select ${name} as said`, join(folder, name));
    for (const name of ['log[1].parquet', 'log*.parquet', 'log?.parquet']) {
      await warehouse.viewParquet('named', [join(folder, name)]);
      expect(await warehouse.query(sql`select * from named`)).toEqual([{ said: name }]);
    }
  });

  it('work beyond its memory spills to a private folder, which goes when it is closed', async () => {
    const spillFolder = join(root, 'spill');
    mkdirSync(spillFolder);
    writeFileSync(join(spillFolder, 'not ours'), '');
    const small = await openDuckdb({ folders: [], spillFolder, memoryMb: 40, threads: 1 });
    const [row] = await small.query(
      sql`select count(*) as n, max(r) as last from (select i, row_number() over (order by md5(cast(i as varchar)), i) as r from range(1500000) t(i)) as o`,
    );
    expect(row).toEqual({ n: 1_500_000, last: 1_500_000 });
    expect(readdirSync(spillFolder)).toHaveLength(2);
    await small.close();
    expect(readdirSync(spillFolder)).toEqual(['not ours']);
  });

  it('instants of every precision come back as ISO text, and those no calendar holds in the engine’s words', async () => {
    expect(
      await warehouse.query(
        sql`select timestamptz '2024-06-01 12:00:00+02' as zoned, timestamp_ns '1969-12-31 23:59:59.999999999' as nanos,
  timestamp_ms '2024-01-01 00:00:01.5' as millis, timestamp_s '2024-01-01 00:00:01' as seconds, timestamp 'infinity' as never`,
      ),
    ).toEqual([
      {
        zoned: '2024-06-01T10:00:00.000Z',
        nanos: '1969-12-31T23:59:59.999Z',
        millis: '2024-01-01T00:00:01.500Z',
        seconds: '2024-01-01T00:00:01.000Z',
        never: 'infinity',
      },
    ]);
  });

  it('nothing is left of a warehouse that was closed', () => {
    expect(existsSync(join(root, 'inside-not', 'new.csv'))).toBe(false);
  });
});
