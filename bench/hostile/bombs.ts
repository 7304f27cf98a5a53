import { gzipSync } from 'node:zlib';
import {
  book,
  csvHeader,
  csvRow,
  jsonRow,
  type LargeCase,
  packed,
  parquet,
  parts,
  sheet,
  sheetRow,
  xesFields,
  xesHead,
  xesTrace,
} from './write.ts';

const many = (count: number, piece: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => piece(i)).join('');

/** Small files that unpack to a gigabyte and more. */
export const bombs: readonly LargeCase[] = [
  {
    name: 'gzip of CSV, 1 GB of one row',
    file: 'bomb.csv.gz',
    gives: 'INPUT_TOO_LARGE',
    make: packed(`${csvHeader}\n`, `${csvRow(1)}\n`.repeat(300_000), 100),
  },
  {
    name: 'gzip of CSV, 1 GB without a line end',
    file: 'bomb-line.csv.gz',
    gives: 'NOT_AN_EVENT_LOG',
    make: packed(`${csvHeader}\n`, 'a'.repeat(10_000_000), 100),
  },
  {
    name: 'gzip of CSV, 1 GB of blank lines',
    file: 'bomb-blank.csv.gz',
    gives: 'INPUT_TOO_LARGE',
    make: packed(`${csvHeader}\n${csvRow(1)}\n`, '\n'.repeat(10_000_000), 100),
  },
  {
    name: 'gzip of CSV, 1 GB of quotes',
    file: 'bomb-quotes.csv.gz',
    gives: 'NOT_AN_EVENT_LOG',
    make: packed(`${csvHeader}\n${csvRow(1)}\n`, '"'.repeat(10_000_000), 100),
  },
  {
    name: 'gzip of NDJSON, 1 GB of one line',
    file: 'bomb.ndjson.gz',
    gives: 'INPUT_TOO_LARGE',
    make: packed(`${jsonRow(1)}\n`, `${jsonRow(1)}\n`.repeat(150_000), 100),
  },
  {
    name: 'gzip of JSON, 1 GB of blanks',
    file: 'bomb.json.gz',
    gives: 'INPUT_TOO_LARGE',
    make: packed(`[${jsonRow(1)}`, ' '.repeat(10_000_000), 100, ']'),
  },
  {
    name: 'gzip of XES, 1 GB of one event',
    file: 'bomb.xes.gz',
    gives: 'INPUT_TOO_LARGE',
    make: packed(xesHead, xesTrace('a', `<event>${xesFields(1)}</event>`).repeat(60_000), 100, '</log>'),
  },
  {
    name: 'gzip of XES, 1 GB of comment',
    file: 'bomb-comment.xes.gz',
    gives: 'XML_MALFORMED',
    make: packed(`${xesHead}<!-- `, 'a'.repeat(10_000_000), 100, '--></log>'),
  },
  {
    name: 'gzip within gzip',
    file: 'twice.gz',
    gives: 'NOT_AN_EVENT_LOG',
    make: parts(() => [gzipSync(gzipSync(`${csvHeader}\n${csvRow(1)}\n`))]),
  },
  {
    name: 'sheet of 400 MB of one row',
    file: 'bomb.xlsx',
    gives: 'INPUT_TOO_LARGE',
    make: book(() =>
      sheet(many(2_000_000, (i) => `<row r="${i + 2}"><c r="A${i + 2}"/></row>`) + ' '.repeat(300e6)),
    ),
  },
  {
    name: 'sheet of 400 MB of blanks',
    file: 'bomb-blank.xlsx',
    gives: 'INPUT_TOO_LARGE',
    make: book(() => sheet(sheetRow(0) + ' '.repeat(400e6))),
  },
  {
    name: 'cell of 400 MB',
    file: 'bomb-cell.xlsx',
    gives: 'INPUT_TOO_LARGE',
    make: book(() =>
      sheet(`<row r="2"><c r="A2" t="inlineStr"><is><t>${'a'.repeat(400e6)}</t></is></c></row>`),
    ),
  },
  {
    name: 'shared texts of 400 MB',
    file: 'bomb-shared.xlsx',
    gives: 'INPUT_TOO_LARGE',
    make: book(
      () => sheet(sheetRow(0)),
      () => `<sst>${'<si><t>aaaaaaaaaaaaaaaaaaaa</t></si>'.repeat(10_000_000)}</sst>`,
    ),
  },
  {
    name: 'shared texts of 140 million letters, packed three to one',
    file: 'shared.xlsx',
    gives: 'INPUT_TOO_LARGE',
    make: book(
      () => sheet(sheetRow(0)),
      () =>
        `<sst>${many(1_400_000, (i) => `<si><t>${'łódź '.repeat(14)}${(i * 7919 * 7919).toString(36)}${(i * 104_729).toString(36)}</t></si>`)}</sst>`,
    ),
  },
  {
    name: 'Parquet of 20 million equal rows',
    file: 'bomb.parquet',
    gives: 'INPUT_TOO_LARGE',
    make: parquet(
      `select 'a' as "case", 'b' as step, timestamp '2024-03-02' as finished, repeat('x', 50) as note from range(20000000)`,
    ),
  },
  {
    name: 'Parquet of one value of 100 kB in 100,000 rows',
    file: 'bomb-value.parquet',
    gives: 'INPUT_TOO_LARGE',
    make: parquet(
      `select 'a' as "case", 'b' as step, timestamp '2024-03-02' as finished, repeat('x', 100000) as note from range(100000)`,
      2_048,
    ),
  },
  {
    name: 'Parquet of one value of 200 MB',
    file: 'bomb-one.parquet',
    gives: 'INPUT_TOO_LARGE',
    make: parquet(
      `select 'a' as "case", 'b' as step, timestamp '2024-03-02' as finished, repeat('x', 200000000) as note`,
    ),
  },
  {
    name: 'Parquet of lists of a million numbers, which are left out',
    file: 'bomb-list.parquet',
    gives: 100,
    make: parquet(
      `select 'a' as "case", 'b' as step, timestamp '2024-03-02' as finished, (select list(1) from range(1000000)) as note from range(100)`,
    ),
  },
];
