import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256Hex, WellspentFaults } from '../core/index.ts';
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
      expect(refusal.faults[0]?.hint).toContain('feb.csv (--as events)');
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
