import { gzipSync } from 'node:zlib';
import { sheetXml, text, workbookParts, zipped } from '../readers/xlsx/write-xlsx.test-support.ts';
import { casesOf, read, refused } from './hostile-case.test-support.ts';

const csv = 'case,step,finished\na,x,2024-03-02\n';
const packed = gzipSync(csv);
const parts = workbookParts({
  One: sheetXml([['case', 'step', 'finished'].map(text), ['a', 'x', '2024-03-02'].map(text)]),
});
const archive = zipped(parts);
const container = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);

function changed(bytes: Buffer, change: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(bytes);
  change(copy);
  return copy;
}

/** An archive whose table of contents says of one member what is not so. */
function lying(field: number, value: number): Buffer {
  const name = 'xl/worksheets/sheet1.xml';
  return changed(archive, (copy) => copy.writeUInt32LE(value, copy.lastIndexOf(name) - 46 + field));
}

const bomb = (member: string, times: number) =>
  Buffer.concat([gzipSync(csv), ...Array<Buffer>(times).fill(gzipSync(member))]);

/** Files inside files: gzip, zip and what calls itself so. */
export const archiveCases = casesOf('archive', [
  ['gzip cut off', 'a.csv.gz', packed.subarray(0, packed.length - 12), refused('INPUT_TRUNCATED')],
  [
    'gzip whose sum is wrong',
    'a.csv.gz',
    changed(packed, (copy) => copy.writeUInt32LE(1, copy.length - 8)),
    refused('INPUT_DAMAGED'),
  ],
  [
    'gzip with a byte changed',
    'a.csv.gz',
    changed(packed, (copy) => copy.writeUInt8(0xff, 14)),
    refused('INPUT_DAMAGED'),
  ],
  ['gzip of nothing', 'a.csv.gz', gzipSync(''), refused('FILE_EMPTY')],
  ['gzip in gzip', 'a.csv.gz', gzipSync(packed), refused('NOT_AN_EVENT_LOG', 'twice')],
  ['gzip of a workbook', 'a.xlsx.gz', gzipSync(archive), refused('FORMAT_NOT_READ_YET', 'Unpack it')],
  ['gzip that calls itself CSV', 'a.csv', packed, read(1)],
  ['CSV that calls itself gzip', 'a.csv.gz', csv, read(1)],
  ['CSV that calls itself a workbook', 'a.xlsx', csv, read(1)],
  [
    'two gzip files one behind the other',
    'a.csv.gz',
    Buffer.concat([packed, gzipSync('b,x,2024-03-03\n')]),
    read(2),
  ],
  [
    'gzip that unpacks to 1,000 times its size',
    'a.csv.gz',
    () => bomb('a,x,2024-03-02\n'.repeat(100_000), 4),
    refused('INPUT_TOO_LARGE'),
    { limits: { ratioFrom: 1e6 } },
  ],
  [
    'gzip that unpacks to more than there may be',
    'a.csv.gz',
    () => bomb('\n'.repeat(1_000_000), 4),
    refused('INPUT_TOO_LARGE'),
    { limits: { unpackedBytes: 3e6 } },
  ],
  [
    'a member that unpacks to 1,000 times its size',
    'a.xlsx',
    () => zipped({ ...parts, 'xl/styles.xml': `<styleSheet>${' '.repeat(2_000_000)}</styleSheet>` }),
    refused('INPUT_TOO_LARGE'),
    { limits: { ratioFrom: 1e6 } },
  ],
  [
    'a member that says it is larger than any may be',
    'a.xlsx',
    lying(24, 0xfffffff0),
    refused('INPUT_TOO_LARGE'),
  ],
  ['a member that says it is smaller than it is', 'a.xlsx', lying(24, 10), refused('INPUT_DAMAGED')],
  ['a member whose sum is wrong', 'a.xlsx', lying(16, 1), refused('INPUT_DAMAGED')],
  ['a member that lies beyond the end', 'a.xlsx', lying(42, 0x7fffffff), refused('INPUT_TRUNCATED')],
  [
    'a member packed in a way of its own',
    'a.xlsx',
    changed(archive, (copy) =>
      copy.writeUInt16LE(99, copy.lastIndexOf('xl/worksheets/sheet1.xml') - 46 + 10),
    ),
    refused('INPUT_DAMAGED'),
  ],
  [
    'more members than a workbook needs',
    'a.xlsx',
    zipped({ ...parts, ...Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`x${i}`, ''])) }),
    refused('INPUT_TOO_LARGE', 'files'),
  ],
  [
    'two members of one name',
    'a.xlsx',
    zipped({ ...parts, 'XL/Workbook.xml': '<workbook/>' }),
    refused('INPUT_DAMAGED', 'twice'),
  ],
  [
    'members whose names lead out of the archive',
    'a.xlsx',
    zipped({ ...parts, '../../../outside.xml': '<a/>', '/etc/passwd': 'x', 'C:\\x.xml': '<a/>' }),
    read(1),
  ],
  ['an archive cut off', 'a.xlsx', archive.subarray(0, archive.length - 30), refused('INPUT_TRUNCATED')],
  [
    'an archive without members',
    'a.zip',
    Buffer.from('PK\x05\x06'.padEnd(22, '\0'), 'latin1'),
    refused('NOT_AN_EVENT_LOG', 'empty'),
  ],
  ['an archive of CSV files', 'a.zip', zipped({ 'a.csv': csv }), refused('NOT_AN_EVENT_LOG', 'Unpack it')],
  [
    'a document of a word processor',
    'a.docx',
    zipped({ '[Content_Types].xml': '', 'word/document.xml': '' }),
    refused('NOT_AN_EVENT_LOG', 'Word'),
  ],
  [
    'a binary workbook',
    'a.xlsb',
    zipped({ '[Content_Types].xml': '', 'xl/workbook.bin': '' }),
    refused('FORMAT_NOT_READ_YET', '.xlsb'),
  ],
  [
    'an OpenDocument sheet',
    'a.ods',
    zipped({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '' }),
    refused('FORMAT_NOT_READ_YET'),
  ],
  ['a workbook of Excel 97', 'a.xls', container, refused('FORMAT_NOT_READ_YET', '.xls')],
  [
    'a locked workbook in the old container',
    'a.xlsx',
    Buffer.concat([container, Buffer.from('EncryptedPackage', 'utf16le')]),
    refused('INPUT_ENCRYPTED'),
  ],
]);
