import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { keyword, openDuckdb } from '../../stores/index.ts';
import { casesOf, read, refused } from './hostile-case.test-support.ts';

/** The rows of a query as the bytes of a Parquet file. */
export async function parquetOf(query: string, options = 'compression snappy'): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'wellspent-parquet-'));
  const warehouse = await openDuckdb({ folders: [folder] });
  try {
    const file = join(folder, 'made.parquet');
    await warehouse.run(keyword(`copy (${query}) to '${file}' (format parquet, ${options})`));
    return readFileSync(file);
  } finally {
    await warehouse.close();
    rmSync(folder, { recursive: true });
  }
}

const log = (more = '', rows = 20) =>
  `select 'c' || range % 5 as "case", 's' || range % 3 as step, timestamp '2024-03-02' + to_minutes(range) as finished${more} from range(${rows})`;
const sound = () => parquetOf(log());
const changed = async (change: (bytes: Buffer) => void): Promise<Buffer> => {
  const bytes = await sound();
  change(bytes);
  return bytes;
};
/** Where the footer begins: its length stands before the last four bytes. */
const footer = (bytes: Buffer) => bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8);

/** Parquet files: their frame, their pages, their columns and what they unpack to. */
export const parquetCases = casesOf('Parquet', [
  ['cut off', 'a.parquet', async () => (await sound()).subarray(0, -20), refused('INPUT_TRUNCATED')],
  ['its first and last mark alone', 'a.parquet', 'PAR1PAR1', refused('INPUT_TRUNCATED')],
  [
    'text that begins with its mark',
    'a.parquet',
    'PAR1,step,finished\na,x,2024-03-02\n',
    refused('INPUT_TRUNCATED'),
  ],
  [
    'a footer longer than the file',
    'a.parquet',
    () => changed((bytes) => bytes.writeUInt32LE(0x7fffffff, bytes.length - 8)),
    refused('INPUT_DAMAGED'),
  ],
  [
    'a footer of no length',
    'a.parquet',
    () => changed((bytes) => bytes.writeUInt32LE(0, bytes.length - 8)),
    refused('INPUT_DAMAGED'),
  ],
  [
    'a footer of zeros',
    'a.parquet',
    () => changed((bytes) => bytes.fill(0, footer(bytes), bytes.length - 8)),
    refused('INPUT_DAMAGED'),
  ],
  [
    'a footer of ones',
    'a.parquet',
    () => changed((bytes) => bytes.fill(255, footer(bytes), bytes.length - 8)),
    refused('INPUT_DAMAGED'),
  ],
  [
    'pages of zeros',
    'a.parquet',
    () => changed((bytes) => bytes.fill(0, 4, footer(bytes))),
    refused('INPUT_DAMAGED'),
  ],
  [
    'pages of ones',
    'a.parquet',
    () => changed((bytes) => bytes.fill(255, 4, footer(bytes))),
    refused('INPUT_DAMAGED'),
  ],
  [
    'pages in reverse',
    'a.parquet',
    () => changed((bytes) => bytes.subarray(4, footer(bytes)).reverse()),
    refused('INPUT_DAMAGED'),
  ],
  ['encrypted', 'a.parquet', 'PARE'.padEnd(40, '\u0001'), refused('INPUT_ENCRYPTED')],
  ['in gzip', 'a.parquet.gz', async () => gzipSync(await sound()), refused('FORMAT_NOT_READ_YET')],
  ['calling itself CSV', 'a.csv', sound, read(20)],
  ['without rows', 'a.parquet', () => parquetOf(log('', 0)), read(0, {}, ['NO_ROWS'])],
  [
    'one text of 5,000 characters in 40,000 rows',
    'a.parquet',
    () => parquetOf(log(", repeat('x', 5000) as note", 40_000)),
    refused('INPUT_TOO_LARGE', '200,'),
  ],
  [
    'one row 300,000 times in a few bytes',
    'a.parquet',
    () => parquetOf(`select 'a' as "case", 'x' as step, date '2024-03-02' as finished from range(300000)`),
    refused('INPUT_TOO_LARGE'),
    { limits: { ratioFrom: 1e6 } },
  ],
  [
    'a text of 17 million characters',
    'a.parquet',
    () => parquetOf(log(", repeat('x', 17000000) as note", 1)),
    refused('INPUT_TOO_LARGE', '16 million'),
  ],
  [
    'a text of a million characters and one more',
    'a.parquet',
    () =>
      parquetOf(
        log(", repeat('x', 1000000 + case when range = 0 then 1 else 0 end - 500 * range::int) as note", 3),
      ),
    read(2, { VALUE_TOO_LONG: 1 }),
    { map: { case_id: 'case', step: 'step', finished: 'finished', note: 'note' } },
  ],
  [
    '10,000 columns',
    'a.parquet',
    () => parquetOf(`select ${Array.from({ length: 10_000 }, (_, i) => `1 as k${i}`).join(',')}`),
    refused('TOO_MANY_COLUMNS'),
  ],
  [
    'lists, maps and structures within structures',
    'a.parquet',
    () => parquetOf(log(", [1, 2] as l, map {'a': 1} as m, {deep: {a: 1}, plain: 2} as s")),
    read(20, {}, ['NESTED_ATTRIBUTES']),
  ],
  [
    'lists and nothing else',
    'a.parquet',
    () => parquetOf('select [1, 2] as "case", [3] as step'),
    refused('NOT_AN_EVENT_LOG', 'single values'),
  ],
  [
    'a list in place of the case',
    'a.parquet',
    () => parquetOf(`select ['a'] as "case", 'x' as step, date '2024-03-02' as finished`),
    refused('COLUMN_MISSING', 'case'),
    { map: { case_id: 'case', step: 'step', finished: 'finished' } },
  ],
  [
    'names of prototypes, of SQL and of two spellings',
    'a.parquet',
    () =>
      parquetOf(
        log(', 1 as "__proto__", 2 as "constructor", 3 as """; drop table events; --", 4 as "Step "'),
      ),
    read(20),
  ],
  [
    'nulls, infinities and times beyond the calendar',
    'a.parquet',
    () =>
      parquetOf(
        `select * from (values (null, 'x', timestamp '2024-03-02'), ('a', null, timestamp '2024-03-02'), ('b', 'x', timestamp 'infinity'), ('c', 'x', timestamp '290000-01-01'), ('d', 'x', null), ('e', 'x', timestamp '2024-03-02')) as t("case", step, finished)`,
      ),
    read(2, { CASE_ID_EMPTY: 1, STEP_EMPTY: 1, TIME_UNPARSABLE: 2 }, ['EVENTS_WITHOUT_TIME']),
  ],
  [
    'bytes that are no text in place of the case',
    'a.parquet',
    () => parquetOf(`select '\\xff\\xfe'::blob as "case", 'x' as step, date '2024-03-02' as finished`),
    refused('INPUT_DAMAGED'),
  ],
]);
