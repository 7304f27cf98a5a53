import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WellspentError } from '../core/index.ts';
import { sql } from '../stores/index.ts';
import { type LogOptions, openLog } from './index.ts';
import {
  number,
  sheetXml,
  styles,
  text,
  workbook,
  workbookParts,
  zipped,
} from './readers/xlsx/write-xlsx.test-support.ts';

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

const rows = Array.from({ length: 20 }, (_, i) => ({
  case: `c${i % 7}`,
  step: `step ${i % 5}`,
  finished: `2024-03-${10 + (i % 20)}T10:00:00Z`,
  by: { team: `t${i % 3}`, tags: ['a', i] },
}));
const ndjson = Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n'));
const json = Buffer.from(JSON.stringify({ value: rows }, null, 1));
const xlsx = workbook([
  ['case', 'step', 'finished'].map(text),
  ...rows.map(({ case: id, step }, i) => [text(id), text(step), number(45_353 + i / 7, styles.dateTime)]),
]);
const sheet = Buffer.from(
  sheetXml(rows.map(({ case: id, step, finished }) => [id, step, finished].map(text))),
);
const events = rows.map(({ step, finished }, i) => ({
  id: `e${i}`,
  type: step,
  time: finished,
  attributes: [{ name: 'by', value: `w${i % 2}` }],
  relationships: [`o${i % 3}`, `o${i % 4}`, 'i1'].map((objectId) => ({ objectId, qualifier: 'q' })),
}));
const objects = ['o0', 'o1', 'o2', 'o3', 'i1'].map((id) => ({
  id,
  type: id.startsWith('o') ? 'order' : 'item',
}));
const ocelJson = Buffer.from(
  JSON.stringify({ objectTypes: [{ name: 'order' }, { name: 'item' }], eventTypes: [], objects, events }),
);
const ocelXml = Buffer.from(
  `<log><object-types><object-type name="order"/></object-types><event-types/><objects>${objects
    .map(({ id, type }) => `<object id="${id}" type="${type}"/>`)
    .join('')}</objects><events>${events
    .map(
      ({ id, type, time, relationships }) =>
        `<event id="${id}" type="${type}" time="${time}"><objects>${relationships.map((link) => `<relationship object-id="${link.objectId}"/>`).join('')}</objects></event>`,
    )
    .join('\n')}</events></log>`,
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
async function readDamaged(name: string, bytes: Buffer, options: LogOptions = {}): Promise<void> {
  const file = join(dir, name);
  writeFileSync(file, bytes);
  let log: Awaited<ReturnType<typeof openLog>>;
  try {
    log = await openLog(file, { timezone: 'Europe/London', dayFirst: true, shape: 'rows', ...options });
  } catch (error) {
    expect(error).toBeInstanceOf(WellspentError);
    expect((error as WellspentError).code).not.toBe('WAREHOUSE_QUERY_FAILED');
    return;
  }
  try {
    const { rowsIn, rowsUsed, rowsSetAside, notices } = log.report;
    const repeated = notices.find(({ code }) => code === 'FLATTENED')?.count ?? 0;
    expect(rowsIn).toBe(rowsUsed + rowsSetAside);
    const [found] = await log.warehouse.query<{ n: number }>(sql`select count(*) as n from events`);
    expect(found?.n).toBe(rowsUsed + repeated);
    const [lines] = await log.warehouse.query<{ n: number }>(
      sql`select count(distinct line) as n from rejects`,
    );
    expect(lines?.n).toBe(rowsSetAside);
  } finally {
    await log.close();
  }
}

const sqlite = join(import.meta.dirname, '../../../shared/data/eventlogs/pm4py/ocel/ocel20_example.sqlite');
const parquet = join(import.meta.dirname, '../../../shared/data/eventlogs/pm4py/running-example.parquet');

describe('random damage gives a coded error or a table that reconciles', () => {
  test.each([
    ['damaged.csv', csv, 60],
    ['damaged.xes', xes, 60],
    ['damaged.csv.gz', gzipSync(csv), 40],
    ['damaged.ndjson', ndjson, 40],
    ['damaged.json', json, 40],
    ['damaged.xlsx', xlsx, 30],
  ] as const)('%s', async (name, bytes, numRuns) => {
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => readDamaged(name, spoil(bytes, changes))),
      { numRuns },
    );
  });

  test.each([
    ['damaged.jsonocel', ocelJson],
    ['damaged.xmlocel', ocelXml],
  ] as const)('%s', async (name, bytes) => {
    await fc.assert(
      fc.asyncProperty(damage, async (changes) =>
        readDamaged(name, spoil(bytes, changes), { objectType: 'order' }),
      ),
      { numRuns: 30 },
    );
  });

  test('a damaged sheet in a sound archive', async () => {
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const parts = { ...workbookParts({ One: '' }), 'xl/worksheets/sheet1.xml': spoil(sheet, changes) };
        await readDamaged('sheet.xlsx', zipped(parts));
      }),
      { numRuns: 60 },
    );
  });

  test.skipIf(!existsSync(sqlite))('damaged.sqlite', async () => {
    const bytes = readFileSync(sqlite);
    await fc.assert(
      fc.asyncProperty(damage, async (changes) =>
        readDamaged('damaged.sqlite', spoil(bytes, changes), { objectType: 'Invoice' }),
      ),
      { numRuns: 40 },
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
