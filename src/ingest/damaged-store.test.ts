import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256Hex, WellspentFaults } from '../core/index.ts';
import { importFiles } from './import-files.ts';
import { type AddReport, openWorkspace } from './index.ts';
import { workspaceKey } from './key-file.ts';
import { pseudonymsWith } from './pseudonyms.ts';
import { type SmallWorkspace, smallWorkspace } from './small-workspace.test-support.ts';

/** Rows of cases of one month: two steps each. */
const month = (name: string, cases: number) =>
  `case,step,finished,amount\n${Array.from(
    { length: cases },
    (_, i) =>
      `${name}${i},in,2024-0${name}-01T00:00:00Z,${i}\n${name}${i},out,2024-0${name}-02T00:00:00Z,${i}\n`,
  ).join('')}`;
const [jan, feb] = [month('1', 400), month('2', 300)];

let small: SmallWorkspace;
beforeEach(async () => {
  small = await smallWorkspace();
});
afterEach(() => small.close());

const store = () => join(small.folder, '.wellspent');
const manifest = () => readFileSync(join(store(), 'manifest.json'), 'utf8');

/** Turns over the bits of a byte of a file below the store, counted from its end where negative. */
function flip(file: string, place: number): void {
  const path = join(store(), file);
  const bytes = readFileSync(path);
  const at = place < 0 ? bytes.length + place : place;
  bytes.writeUInt8(bytes.readUInt8(at) ^ 0xff, at);
  writeFileSync(path, bytes);
}

/** The staged rows of a source, by its number. */
function stagedOf(number: number): string {
  const [folder = ''] = readdirSync(join(store(), 'staged')).filter((name) => name.startsWith(`${number}-`));
  return join('staged', folder, 'main-0000.parquet');
}

async function refusalOf(work: Promise<unknown>): Promise<WellspentFaults> {
  try {
    await work;
  } catch (error) {
    if (error instanceof WellspentFaults) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('staged rows', () => {
  it('have the size and hash of every file in the manifest, however they were written', async () => {
    await small.add('jan.csv', jan);
    await small.add('feb.csv', `${feb}x,,2024-02-01\n`);
    // In parts, since so little is held.
    await small.add('mar.csv', month('3', 900), { heldBytes: 20_000 });
    const { sources } = JSON.parse(manifest());
    const files: { file: string; bytes: number; sha256: string }[] = sources.flatMap(
      (source: { staged: object[] }) => source.staged,
    );
    expect(files).toHaveLength(4);
    for (const { file, bytes, sha256 } of files) {
      const content = readFileSync(join(store(), file));
      expect([file, bytes, sha256]).toEqual([file, content.length, sha256Hex(content)]);
    }
  });

  it.each([4, 600, -300, -6])(
    'changed at byte %i are refused before tables are made of them',
    async (place) => {
      await small.add('jan.csv', jan);
      await small.add('feb.csv', feb);
      flip(stagedOf(2), place);
      const before = manifest();
      const refusal = await refusalOf(small.add('mar.csv', month('3', 5)));
      expect(refusal.code).toBe('WAREHOUSE_FILE_CHANGED');
      expect(refusal.faults.map(({ where }) => where?.file)).toEqual([join(store(), stagedOf(2))]);
      expect(refusal.faults[0]?.hint).toBe(
        `wellspent add FILE --into ${small.folder} --as events, where FILE is the original of feb.csv`,
      );
      expect(manifest()).toBe(before);
    },
  );

  it('of which a file is gone are refused', async () => {
    await small.add('jan.csv', jan);
    rmSync(join(store(), stagedOf(1)));
    const refusal = await refusalOf(small.add('feb.csv', feb));
    expect(refusal.faults[0]?.found).toBe('no file');
  });

  it('of before, which have no hash, are still read', async () => {
    await small.add('jan.csv', jan);
    const { sources, ...others } = JSON.parse(manifest());
    const old = sources.map((source: { staged: { sha256: string; bytes: number }[] }) => ({
      ...source,
      staged: source.staged.map(({ sha256: _, bytes: __, ...staged }) => staged),
    }));
    writeFileSync(join(store(), 'manifest.json'), JSON.stringify({ ...others, sources: old }));
    await small.add('feb.csv', feb);
    expect(await small.query('select count(*) as n from events')).toEqual([{ n: 1400 }]);
  });
});

describe('an extract that is added again', () => {
  const codes = ({ notices }: AddReport) => notices.map(({ code }) => code);
  const tables = () => JSON.parse(manifest()).tables;
  const opens = async () => (await openWorkspace(small.folder)).close();

  it.each(['tables-1/events-0000.parquet', 'tables-1/cases-0000.parquet'])(
    'mends %s, whatever it is called now',
    async (file) => {
      await small.add('jan.csv', jan);
      const before = tables();
      const [{ importedAt }] = JSON.parse(manifest()).sources;
      flip(file, 900);
      const refusal = await refusalOf(opens());
      expect(refusal.faults[0]?.hint).toContain('where FILE is the original of jan.csv');
      expect(codes(await small.add('moved.csv', jan))).toContain('SOURCE_MENDED');
      await opens();
      expect(JSON.parse(manifest()).sources).toMatchObject([{ file: 'jan.csv', importedAt }]);
      expect(JSON.stringify(tables()).replaceAll('tables-2', 'tables-1')).toBe(JSON.stringify(before));
      expect(codes(await small.add('jan.csv', jan))).toContain('ALREADY_IMPORTED');
    },
  );

  it('gives its staged rows anew, and the tables of all extracts with them', async () => {
    await small.add('jan.csv', jan);
    await small.add('feb.csv', feb);
    flip(stagedOf(1), 600);
    flip('tables-2/events-0000.parquet', 600);
    // Of the other extract nothing is wrong, and it cannot give back what the first held.
    const refusal = await refusalOf(small.add('feb.csv', feb));
    expect(refusal.faults.at(-1)?.hint).toContain('the original of jan.csv');
    expect(codes(await small.add('jan.csv', jan))).toContain('SOURCE_MENDED');
    await opens();
    expect(await small.query('select count(*) as n from events')).toEqual([{ n: 1400 }]);
    expect(JSON.parse(manifest()).sources.map(({ file }: { file: string }) => file)).toEqual([
      'jan.csv',
      'feb.csv',
    ]);
  });

  it('brings nearer a workspace in which several must be, one after the other or all at once', async () => {
    const damaged = async () => {
      await small.add('jan.csv', jan);
      await small.add('feb.csv', feb);
      for (const folder of readdirSync(join(store(), 'staged')))
        flip(join('staged', folder, 'main-0000.parquet'), 700);
    };
    await damaged();
    const refusal = await refusalOf(small.add('jan.csv', jan));
    expect(refusal.faults).toHaveLength(1);
    expect(refusal.faults[0]?.hint).toMatch(/feb\.csv$/);
    expect(codes(await small.add('feb.csv', feb))).toContain('SOURCE_MENDED');
    expect(await small.query('select count(*) as n from events')).toEqual([{ n: 1400 }]);

    await damaged();
    const file = (name: string) => ({
      path: join(small.folder, name),
      shown: name,
      rules: { as: 'events', map: {}, timezone: 'UTC' } as const,
    });
    const files = [file('jan.csv'), file('feb.csv')];
    const { key } = workspaceKey(small.folder, { keyFile: join(small.folder, 'key') });
    const reports = await importFiles({ store: store(), files, pseudonymise: pseudonymsWith(key) });
    expect(reports.map((report) => codes(report)[0])).toEqual(['SOURCE_MENDED', 'SOURCE_MENDED']);
    await small.workspace.refresh();
    expect(await small.query('select count(*) as n from events')).toEqual([{ n: 1400 }]);
  });

  it('mends nothing on trial, and says what it would', async () => {
    await small.add('jan.csv', jan);
    flip('tables-1/events-0000.parquet', 900);
    const before = manifest();
    expect(codes(await small.add('jan.csv', jan, { dryRun: true }))).toContain('SOURCE_MENDED');
    expect(manifest()).toBe(before);
    expect((await refusalOf(opens())).code).toBe('WAREHOUSE_FILE_CHANGED');
  });
});
