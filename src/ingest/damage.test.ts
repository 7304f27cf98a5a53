import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { Rules } from './hostile/hostile-case.test-support.ts';
import { withByteDamage, withParquetDamage, withStructuralDamage } from './hostile/mutations.test-support.ts';
import { parquetOf } from './hostile/parquet.test-support.ts';
import { expectNothingSilent } from './hostile/reconcile.test-support.ts';
import { type Importer, openImporter } from './hostile/run-imports.test-support.ts';
import { soundLogs } from './hostile/sound-logs.test-support.ts';
import { sheetXml, text, workbookParts, zipped } from './readers/xlsx/write-xlsx.test-support.ts';

/** Runs of each property; `WELLSPENT_FUZZ=50` runs each fifty times as often. */
const times = Number(process.env.WELLSPENT_FUZZ ?? 1);
const runs = (usual: number) => ({ numRuns: Math.round(usual * times) });
const patience = 120_000 * times;

let importer: Importer;
beforeAll(async () => {
  importer = await openImporter();
});
afterAll(() => importer.close());

const stated: Rules = { timezone: 'Europe/London', dayFirst: true, shape: 'rows' };
const ways = fc.constantFrom<Rules>({}, stated, { dedupe: 'exact' }, { lifecycle: 'keep', epoch: true });

/** Whatever the bytes: they are read and reconcile, or are refused with a code and leave nothing behind. */
async function holds(
  name: string,
  bytes: fc.Arbitrary<Buffer>,
  usual: number,
  rules: fc.Arbitrary<Rules> = fc.constant(stated),
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(bytes, rules, async (content, how) => {
      expectNothingSilent(await importer.try(name, content, how), importer.held);
    }),
    runs(usual),
  );
}

const { csv, xes, ndjson, json, xlsx, rows, ocelJson, ocelXml } = soundLogs;
const byOrder = fc.constant<Rules>({ timezone: 'Europe/London', objectType: 'order' });

describe('random damage gives a coded error or rows that reconcile', () => {
  test('bytes of CSV', () => holds('damaged.csv', withByteDamage(csv), 40, ways), patience);
  test(
    'the structure of CSV',
    () => {
      const damaged = withStructuralDamage(csv.toString(), /([,\n"])/);
      return holds('damaged.csv', damaged, 60, ways);
    },
    patience,
  );
  test('bytes of XES', () => holds('damaged.xes', withByteDamage(xes), 40, fc.constant({})), patience);
  test(
    'the structure of XES',
    () => {
      const damaged = withStructuralDamage(xes.toString(), /(<[^>]*>|"[^"]*")/);
      return holds('damaged.xes', damaged, 60, fc.constantFrom<Rules>({}, { classifier: 'concept:name' }));
    },
    patience,
  );
  test(
    'the structure of JSON',
    () => {
      const damaged = withStructuralDamage(ndjson.toString(), /([{}[\],:\n])/);
      return holds('damaged.ndjson', damaged, 25, ways);
    },
    patience,
  );
  test.each([
    ['damaged.csv.gz', gzipSync(csv)],
    ['damaged.json', json],
    ['damaged.xlsx', xlsx],
  ] as const)('bytes of %s', (name, bytes) => holds(name, withByteDamage(bytes), 15), patience);
  test.each([
    ['damaged.jsonocel', ocelJson],
    ['damaged.xmlocel', ocelXml],
  ] as const)('bytes of %s', (name, bytes) => holds(name, withByteDamage(bytes), 15, byOrder), patience);

  test(
    'a damaged sheet in a sound archive',
    () => {
      const sheet = sheetXml(rows.map(({ case: id, step, finished }) => [id, step, finished].map(text)));
      const damaged = withStructuralDamage(sheet, /(<[^>]*>|"[^"]*")/).map((content) =>
        zipped({ ...workbookParts({ One: '' }), 'xl/worksheets/sheet1.xml': content }),
      );
      return holds('sheet.xlsx', damaged, 20);
    },
    patience,
  );

  const sqlite = join(import.meta.dirname, '../../../shared/data/eventlogs/pm4py/ocel/ocel20_example.sqlite');
  test.skipIf(!existsSync(sqlite))(
    'bytes of SQLite',
    () =>
      holds(
        'damaged.sqlite',
        withByteDamage(readFileSync(sqlite)),
        20,
        fc.constant({ objectType: 'Invoice' }),
      ),
    patience,
  );

  test(
    'Parquet: bits, pages, footers and ends',
    async () => {
      const query = (n: number, more = '') =>
        `select 'c' || range % 7 as "case", 'step ' || range % 5 as step, timestamp '2024-03-02' + to_minutes(range) as finished, range * 1.5 as amount${more} from range(${n})`;
      const files = await Promise.all([
        parquetOf(query(40)),
        parquetOf(query(40), 'compression uncompressed'),
        parquetOf(query(5_000), 'compression zstd, row_group_size 2048'),
        parquetOf(
          query(60, ", {a: range, b: 'x'} as s, [range] as l"),
          "compression snappy, parquet_version 'v2'",
        ),
      ]);
      await holds('damaged.parquet', withParquetDamage(files), 80);
    },
    patience,
  );
});
