import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WellspentError } from '../core/index.ts';
import { sql } from '../stores/index.ts';
import { openLog } from './index.ts';

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'wellspent-damage-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const csv = Buffer.from(
  [
    'case,step,started,finished,worker,amount',
    ...Array.from(
      { length: 40 },
      (_, i) =>
        `c${i % 7},"step ${i % 5}",2024-03-${10 + (i % 20)} 09:00,2024-03-${10 + (i % 20)}T10:00:00+01:00,w${i % 3},${i * 1.5}`,
    ),
    '',
  ].join('\n'),
);

const xes = Buffer.from(
  `<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0">${Array.from(
    { length: 6 },
    (_, t) =>
      `<trace><string key="concept:name" value="c${t}"/>${Array.from(
        { length: 5 },
        (_unused, e) =>
          `<event><string key="concept:name" value="s &amp; ${e}"/><date key="time:timestamp" value="2024-03-0${e + 1}T09:00:00Z"/></event>`,
      ).join('')}</trace>`,
  ).join('\n')}</log>`,
);

const damage = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    byte: fc.integer({ min: 0, max: 255 }),
    kind: fc.constantFrom('set', 'insert', 'cut'),
  }),
  { minLength: 1, maxLength: 6 },
);

function spoil(bytes: Buffer, changes: readonly { at: number; byte: number; kind: string }[]): Buffer {
  let out = Buffer.from(bytes);
  for (const { at, byte, kind } of changes) {
    const place = Math.min(out.length - 1, Math.floor(at * out.length));
    if (place < 0) break;
    if (kind === 'set') out[place] = byte;
    else if (kind === 'insert')
      out = Buffer.concat([out.subarray(0, place), Buffer.from([byte]), out.subarray(place)]);
    else out = Buffer.concat([out.subarray(0, place), out.subarray(place + 1 + (byte % 8))]);
  }
  return out;
}

/** Reads damaged bytes: either a coded error, or counts that add up to what the tables hold. */
async function readDamaged(name: string, bytes: Buffer): Promise<void> {
  const file = join(dir, name);
  writeFileSync(file, bytes);
  let log: Awaited<ReturnType<typeof openLog>>;
  try {
    log = await openLog(file, { timezone: 'Europe/London', dayFirst: true });
  } catch (error) {
    expect(error).toBeInstanceOf(WellspentError);
    expect((error as WellspentError).code).not.toBe('WAREHOUSE_QUERY_FAILED');
    return;
  }
  try {
    const { rowsIn, rowsUsed, rowsSetAside } = log.report;
    expect(rowsIn).toBe(rowsUsed + rowsSetAside);
    const [events] = await log.warehouse.query<{ n: number }>(sql`select count(*) as n from events`);
    expect(events?.n).toBe(rowsUsed);
    const [lines] = await log.warehouse.query<{ n: number }>(
      sql`select count(distinct line) as n from rejects`,
    );
    expect(lines?.n).toBe(rowsSetAside);
  } finally {
    await log.close();
  }
}

const parquet = join(import.meta.dirname, '../../../shared/data/eventlogs/pm4py/running-example.parquet');

describe('random damage gives a coded error or a table that reconciles', () => {
  test.each([
    ['damaged.csv', csv, 60],
    ['damaged.xes', xes, 60],
    ['damaged.csv.gz', gzipSync(csv), 40],
  ] as const)('%s', async (name, bytes, numRuns) => {
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => readDamaged(name, spoil(bytes, changes))),
      { numRuns },
    );
  });

  test.skipIf(!existsSync(parquet))('damaged.parquet', async () => {
    const bytes = readFileSync(parquet);
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => readDamaged('damaged.parquet', spoil(bytes, changes))),
      { numRuns: 40 },
    );
  });

  test('a gzip cut at any byte is truncated, never half read', async () => {
    const zipped = gzipSync(csv);
    expect(gunzipSync(zipped)).toEqual(csv);
    for (const share of [0.3, 0.6, 0.95]) {
      const file = join(dir, 'cut.csv.gz');
      writeFileSync(file, zipped.subarray(0, Math.floor(zipped.length * share)));
      await expect(openLog(file)).rejects.toMatchObject({ code: 'INPUT_TRUNCATED' });
    }
  });
});
