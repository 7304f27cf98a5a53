import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { openTable } from '../readers/open-table.ts';
import { type ColumnLook, lookAt } from './column-look.ts';

const root = join(import.meta.dirname, '../../..');
const folders = [join(root, '../shared/data/eventlogs'), join(root, 'examples')].filter(existsSync);
const readable = /\.(?:csv|tsv|xes|csv\.gz|xes\.gz|ndjson|parquet|xlsx)$/;
/** Made of one value far longer than any. */
const madeLong = 'long-value.xes';
const batchesLookedAt = 8;

const files = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => readable.test(file) && !file.endsWith(madeLong))
    .map((file) => join(folder, file)),
);

/** What the first batches of a file tell of each of its columns; nothing of a file that cannot be read. */
async function verdictsOf(file: string): Promise<readonly string[]> {
  const looks = new Map<string, ColumnLook>();
  try {
    const { table } = await openTable(file, {});
    let batches = 0;
    for await (const batch of table.batches()) {
      for (const [c, column] of table.columns.entries()) {
        const look = looks.get(column) ?? lookAt(column);
        looks.set(column, look);
        look.add(batch.columns[c]);
      }
      batches += 1;
      if (batches === batchesLookedAt) break;
    }
  } catch {
    return [];
  }
  return [...looks].flatMap(([column, look]) => {
    const verdict = look.verdict() ?? (look.telling().values > 0 ? 'holds some people' : null);
    return verdict === null ? [] : [`${relative(root, file)} ${column}: ${verdict}`];
  });
}

test.skipIf(files.length === 0)(
  'columns of event logs that tell of nobody are kept, whatever words stand in them',
  async () => {
    const verdicts: string[] = [];
    for (const file of files) verdicts.push(...(await verdictsOf(file)));
    expect(verdicts.sort()).toEqual([]);
  },
);
