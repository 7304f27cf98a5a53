import { casesOf, read, refused } from './hostile-case.test-support.ts';

const header = 'case,step,finished\n';
const row = 'a,x,2024-03-02\n';
const latin = (text: string) => Buffer.from(text, 'latin1');
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
const wide = (head: string, cell: string) =>
  `${header.trim()},${Array.from({ length: 10_000 }, (_, i) => `${head}${i}`).join(',')}\n${row.trim()}${`,${cell}`.repeat(10_000)}\n`;

/** Delimited text: quotes, widths, encodings, headers and values. */
export const textCases = casesOf('text', [
  [
    'a quote that never closes costs its own line',
    'a.csv',
    `${header}"a,x,2024-03-02\nb,x,2024-03-03\nc,x,2024-03-04\n`,
    read(2, { QUOTE_NOT_CLOSED: 1 }),
  ],
  [
    'a quote that never closes on the last line, without a line end',
    'a.csv',
    `${header}${row}b,"x,2024-03-03`,
    read(1, { QUOTE_NOT_CLOSED: 1 }),
  ],
  [
    'a quote that closes ten lines on, with the wrong width',
    'a.csv',
    `${header}a,"x,2024-03-02\n${row.repeat(10)}b,y",2024-03-02,more\n${row}`,
    read(11, { QUOTE_NOT_CLOSED: 1, TOO_MANY_FIELDS: 1 }),
  ],
  [
    'text behind a closing quote',
    'a.csv',
    `${header}a,"x"y,2024-03-02\n${row}`,
    read(1, { QUOTE_NOT_CLOSED: 1 }),
  ],
  [
    'nothing but quotes below the header',
    'a.csv',
    `${header}${row}${'"'.repeat(50_000)}\n${row}`,
    read(2, { TOO_FEW_FIELDS: 1 }),
  ],
  [
    'an odd number of quotes',
    'a.csv',
    `${header}${row}${'"'.repeat(50_001)}\n${row}`,
    read(2, { QUOTE_NOT_CLOSED: 1 }),
  ],
  [
    'a quoted text of over a million characters',
    'a.csv',
    () => `${header}a,"${'x'.repeat(1_100_000)}",2024-03-02\n${row}`,
    read(1, { VALUE_TOO_LONG: 1 }),
  ],
  [
    'rows of one field less and one more, and of delimiters alone',
    'a.csv',
    `${header}a,x\n${row}a,x,2024-03-02,y\n,,\n`,
    read(1, { TOO_FEW_FIELDS: 1, TOO_MANY_FIELDS: 1, CASE_ID_EMPTY: 1, STEP_EMPTY: 1 }),
  ],
  [
    'three kinds of line ends in one file',
    'a.csv',
    `${header.trim()}\r\na,x,2024-03-02\rb,x,2024-03-03\nc,x,2024-03-04`,
    read(3),
  ],
  ['a zero byte inside a value', 'a.csv', `${header}a\u0000,x,2024-03-02\n${row.repeat(40)}`, read(41)],
  ['line separators of Unicode inside a value', 'a.csv', `${header}a,x\u2028y\u0085z,2024-03-02\n`, read(1)],
  ['a byte order mark that stands twice', 'a.csv', `\ufeff\ufeff${header}${row}`, read(1)],
  [
    'a word of spreadsheets for the delimiter above the header',
    'a.csv',
    'sep=;\ncase;step;finished\na;x;2024-03-02\n',
    read(1),
  ],
  [
    'a header that comes again in the middle, as of files put together',
    'a.csv',
    `${header}${row}${header}${row}`,
    read(2, { HEADER_REPEATED: 1 }),
  ],
  ['a total below the rows', 'a.csv', `${header}${row}Total,,1\n`, read(1, { TRAILER_ROW: 1 })],
  [
    'nothing but broken rows',
    'a.csv',
    `${header}a\nb\n"c,d,e\n`,
    refused('ALL_ROWS_SET_ASIDE', 'TOO_FEW_FIELDS: 2'),
  ],
  ['a header of 10,000 names', 'a.csv', () => wide('k', '1'), refused('TOO_MANY_COLUMNS')],
  [
    'a header of one name 100,000 times, which is not numbered for ever',
    'a.csv',
    () => `${'a,'.repeat(100_000)}b\n${'1,'.repeat(100_000)}2\n`,
    refused('TOO_MANY_COLUMNS'),
  ],
  [
    'a line of 17 million characters',
    'a.csv',
    () => `${header}${row}${'x'.repeat(17_000_000)}`,
    refused('NOT_AN_EVENT_LOG', '16 million'),
  ],
  ['one column', 'a.csv', 'case\na\nb\n', refused('MAPPING_INCOMPLETE', 'as step')],
  [
    'a byte of another encoding',
    'a.csv',
    latin(`${header}caf\xe9,x,2024-03-02\n`),
    refused('ENCODING_UNKNOWN', 'windows-1252'),
  ],
  [
    'a zero written too long in UTF-8',
    'a.csv',
    latin(`${header}a\xc0\x80,x,2024-03-02\n`),
    refused('ENCODING_UNKNOWN'),
  ],
  [
    'half a character of UTF-16 in UTF-8',
    'a.csv',
    latin(`${header}a\xed\xa0\x80,x,2024-03-02\n`),
    refused('ENCODING_UNKNOWN'),
  ],
  [
    'a character cut off by the end',
    'a.csv',
    latin(`${header}${row}b,caf\xc3`),
    refused('INPUT_TRUNCATED', 'windows-1252'),
  ],
  [
    'a character cut off by the end among others that are whole',
    'a.csv',
    latin(`${header}${row}b,caf\xc3\xa9,2024-03-02\nc,caf\xc3`),
    refused('INPUT_TRUNCATED', 'in the middle of a character'),
  ],
  [
    'a damaged byte among characters of UTF-8',
    'a.csv',
    latin(`${header}${row}caf\xc3\xa9,x,2024-03-02\nna\xc3\xafve,\xff,2024-03-02\n`),
    refused('INPUT_DAMAGED', 'in line 4'),
  ],
  [
    'UTF-16 with half a character',
    'a.csv',
    Buffer.concat([Buffer.from([0xfe, 0xff]), utf16be(`${header}${row}`), Buffer.from([0xd8])]),
    refused('ENCODING_UNKNOWN'),
  ],
  [
    'UTF-16 of the other byte order',
    'a.csv',
    Buffer.concat([Buffer.from([0xfe, 0xff]), utf16be(`${header}${row}`)]),
    read(1),
  ],
  [
    'an encoding that does not exist',
    'a.csv',
    `${header}${row}`,
    refused('ENCODING_UNKNOWN', 'klingon'),
    { encoding: 'klingon' },
  ],
  [
    'cases without a name: empty, blank, or a no-break space',
    'a.csv',
    `${header},x,2024-03-02\n  ,x,2024-03-02\n\u00a0,x,2024-03-02\n${row}`,
    read(1, { CASE_ID_EMPTY: 3 }),
  ],
  [
    'names of 10,001 characters for a case, a step and a worker',
    'a.csv',
    () => {
      const long = 'n'.repeat(10_001);
      return `case,step,finished,worker\n${long},x,2024-03-02,w\na,${long},2024-03-02,w\na,x,2024-03-02,${long}\na,x,2024-03-02,w\n`;
    },
    read(1, { VALUE_TOO_LONG: 3 }),
  ],
  [
    'a value of a million characters and one more',
    'a.csv',
    () => `case,step,finished,note\n${row.trim()},n\n${row.trim()},${'n'.repeat(1_000_001)}\n`,
    read(1, { VALUE_TOO_LONG: 1 }),
    { map: { case_id: 'case', step: 'step', finished: 'finished', note: 'note' } },
  ],
  [
    'formulas, scripts, SQL and controls of writing direction, all kept as they are',
    'a.csv',
    `${header}=1+1,<script>alert(1)</script>,2024-03-02\n@SUM(A1),"'; drop table events; --",2024-03-02\n\u202egnp,\u0007x,2024-03-02\n`,
    read(3),
  ],
  [
    'headers that are SQL, names of prototypes, and paths',
    'a.csv',
    'case,step,finished,"""; drop table events; --",__proto__,constructor,../../x\na,x,2024-03-02,1,2,3,4\n',
    read(1),
  ],
  [
    'a column that the mapping names and nobody has',
    'a.csv',
    `${header}${row}`,
    refused('COLUMN_MISSING', 'stage'),
    { map: { step: 'stage' } },
  ],
  ['the same row a thousand times is a thousand rows', 'a.csv', `${header}${row.repeat(1_000)}`, read(1_000)],
  [
    'the same row a thousand times is one row where that is asked for',
    'a.csv',
    `${header}${row.repeat(1_000)}`,
    read(1, { DUPLICATE_ROW: 999 }),
    { dedupe: 'exact' },
  ],
]);
