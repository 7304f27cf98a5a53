import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parquetOf } from './hostile/parquet.test-support.ts';
import { importFiles } from './import-files.ts';
import type { ImportRules } from './import-rules.ts';
import { pseudonymsWith } from './pseudonyms.ts';
import { readManifest } from './store/manifest.ts';

let store = '';
beforeEach(() => {
  store = mkdtempSync(join(tmpdir(), 'wide-tables-'));
});
afterEach(() => rmSync(store, { recursive: true, force: true }));

const rows = 2_000;
const names = [
  'case_id',
  'step',
  'finished',
  'region',
  ...Array.from({ length: 200 }, (_, c) => `note ${c}`),
];
const row = (r: number) => [
  `c${r % 500}`,
  `step ${r % 3}`,
  `2024-03-0${1 + (r % 9)}T09:00:00Z`,
  `region ${r % 4}`,
  ...Array.from({ length: 200 }, (_, c) => `text ${r} ${c}`),
];
const all = Array.from({ length: rows }, (_, r) => row(r));

const csv = () => [names, ...all].map((cells) => cells.join(',')).join('\n');
const ndjson = () =>
  all.map((cells) => JSON.stringify(Object.fromEntries(cells.map((cell, c) => [names[c], cell])))).join('\n');

async function bringIn(bytes: string | Buffer, rules: Partial<ImportRules> = {}) {
  const path = join(store, 'wide.file');
  writeFileSync(path, bytes);
  const files = [
    { path, shown: 'wide', rules: { as: 'events', map: {}, timezone: 'UTC', ...rules } as const },
  ];
  const [report] = await importFiles({ store, files, pseudonymise: pseudonymsWith(Buffer.alloc(32, 1)) });
  const columns = readManifest(store).sources[0]?.columns ?? [];
  return { report, kept: columns.filter(({ becomes }) => becomes !== 'dropped').map(({ column }) => column) };
}

describe('of a table of many columns, those in which nearly every row has a text of its own', () => {
  test.each([
    ['CSV', csv],
    ['NDJSON', ndjson],
  ])('are left out, which is said: %s', async (_, write) => {
    const { report, kept } = await bringIn(write());
    expect(kept).toEqual(names.slice(0, 4));
    expect(report?.rowsUsed).toBe(rows);
    expect(report?.notices.find(({ code }) => code === 'COLUMNS_LEFT_OUT')).toMatchObject({
      count: 200,
      message: expect.stringContaining('from "note 0" to "note 199"'),
    });
  });

  test('are kept where they are named', async () => {
    const { kept } = await bringIn(csv(), { map: { 'note 7': 'note 7' } });
    expect(kept).toEqual([...names.slice(0, 4), 'note 7']);
  });

  test('are not read further for what they tell of people', async () => {
    const mailed = all.map((cells, r) =>
      r < 1_600 ? cells : [...cells.slice(0, -1), `someone.${r}@place.org`],
    );
    const { kept, report } = await bringIn([names, ...mailed].map((cells) => cells.join(',')).join('\n'));
    expect(kept).toEqual(names.slice(0, 4));
    expect(report?.notices.find(({ code }) => code === 'COLUMNS_LEFT_OUT')).toMatchObject({ count: 200 });
  });

  test('still tell rows that are the same', async () => {
    const twice = [names, ...all, ...all.slice(0, 10)].map((cells) => cells.join(',')).join('\n');
    const { report } = await bringIn(twice, { dedupe: 'exact' });
    expect(report?.reasons).toEqual([{ reason: 'DUPLICATE_ROW', rows: 10 }]);
  });
});

describe('every column that is not named', () => {
  const map = { case_id: 'case_id', step: 'step', finished: 'finished' };

  test.each([
    ['CSV', async () => csv()],
    ['NDJSON', async () => ndjson()],
    [
      'Parquet',
      () =>
        parquetOf(
          "select 'c' || range % 7 as case_id, 's' as step, timestamp '2024-03-02' as finished, 'north' as region from range(40)",
        ),
    ],
  ])('is left out as asked: %s', async (_, write) => {
    const { kept, report } = await bringIn(await write(), { map, drop: ['*'] });
    expect(kept).toEqual(Object.values(map));
    expect(report?.mapping).toEqual(map);
    expect(report?.notices.map(({ code }) => code)).not.toContain('COLUMNS_LEFT_OUT');
  });
});
