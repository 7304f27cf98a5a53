import { casesOf, read, refused } from './hostile-case.test-support.ts';

const row = '{"case":"a","step":"x","finished":"2024-03-02"}';
const depth = 200_000;
const long = (length: number) =>
  `${row}\n{"case":"a","step":"x","finished":"2024-03-02","note":"${'n'.repeat(length)}"}\n`;
const noted = { map: { case_id: 'case', step: 'step', finished: 'finished', note: 'note' } };

/** JSON documents and JSON a line. */
export const jsonCases = casesOf('JSON', [
  [
    'nested 200,000 deep',
    'a.json',
    () => `${'['.repeat(depth)}${']'.repeat(depth)}`,
    refused('JSON_TOO_DEEP'),
  ],
  [
    'a line nested 200,000 deep',
    'a.ndjson',
    () => `${row}\n{"a":${'[{"a":'.repeat(depth)}1${'}]'.repeat(depth)}}\n`,
    refused('JSON_TOO_DEEP'),
  ],
  [
    '10,000 keys',
    'a.json',
    () => `[{${Array.from({ length: 10_000 }, (_, i) => `"k${i}":1`).join(',')}}]`,
    refused('TOO_MANY_COLUMNS'),
  ],
  [
    'a new key on every line',
    'a.ndjson',
    () => Array.from({ length: 2_000 }, (_, i) => `${row.slice(0, -1)},"k${i}":1}`).join('\n'),
    refused('TOO_MANY_COLUMNS'),
  ],
  ['a document cut off', 'a.json', `[${row},{"case":"b"`, refused('JSON_MALFORMED', 'middle')],
  ['two documents one behind the other', 'a.json', `[${row}][${row}]`, refused('JSON_MALFORMED')],
  [
    'a comma too many, a word that is none, a number with a leading zero',
    'a.ndjson',
    `${row}\n{"case":"a",}\n{"case":nul}\n{"case":007}\n${row}\n`,
    read(2, { JSON_MALFORMED: 3 }),
  ],
  [
    'a line cut off at the end',
    'a.ndjson',
    `${row}\n${row}\n${row.slice(0, -5)}`,
    read(2, { JSON_MALFORMED: 1 }),
  ],
  [
    'keys that stand twice',
    'a.ndjson',
    `${row}\n{"case":"a","case":"b","step":"x"}\n`,
    read(1, { JSON_KEY_TWICE: 1 }),
  ],
  ['lines that are no objects', 'a.ndjson', `${row}\n[1]\n"a"\n17\nnull\n`, read(1, { ROW_NOT_OBJECT: 4 })],
  [
    'names of prototypes as keys',
    'a.json',
    `[{"__proto__":{"polluted":"yes"},"constructor":{"prototype":1},"case":"a","step":"toString","finished":"2024-03-02"}]`,
    read(1),
  ],
  [
    'escapes of half characters and of zero',
    'a.json',
    `[{"case":"\\ud800","step":"\\u0000x","finished":"2024-03-02"}]`,
    refused('ALL_ROWS_SET_ASIDE', 'ID_BROKEN'),
  ],
  ['a raw line break in a text', 'a.json', `[{"case":"a\nb","step":"x"}]`, refused('JSON_MALFORMED')],
  [
    'a number of 20,000 digits',
    'a.json',
    () => `[{"case":${'1'.repeat(20_000)},"step":"x","finished":"2024-03-02"}]`,
    refused('ALL_ROWS_SET_ASIDE', 'VALUE_TOO_LONG'),
  ],
  [
    'a text of over a million characters',
    'a.ndjson',
    () => long(1_000_001),
    read(1, { VALUE_TOO_LONG: 1 }),
    noted,
  ],
  [
    'a first line longer than what is looked at first',
    'a.ndjson',
    () => long(500_000).split('\n').reverse().join('\n').trim(),
    read(2),
    noted,
  ],
  [
    'a text of 17 million characters',
    'a.json',
    () => `[${long(17_000_000).replace('\n', ',')}]`,
    refused('JSON_MALFORMED', '16 million'),
  ],
  [
    'a text of a million escaped quotes',
    'a.ndjson',
    () => long(1).replace('"n"', () => `"${'\\"'.repeat(1_000_000)}"`),
    read(2),
    noted,
  ],
  [
    'a list where one value belongs',
    'a.json',
    '[{"case":["a","b"],"step":"x","finished":"2024-03-02"}]',
    refused('LIST_IN_FIELD'),
  ],
  [
    'several lists, none of which was named',
    'a.json',
    `{"a":[${row}],"b":[${row}]}`,
    refused('JSON_LIST_AMBIGUOUS'),
  ],
  ['an empty list', 'a.json', '[]', refused('NO_ROWS')],
  [
    'one object of half a million values',
    'a.json',
    () => `{"case":"a","step":"x","finished":"2024-03-02","l":[${'1,'.repeat(500_000)}1]}`,
    refused('INPUT_TOO_LARGE'),
  ],
  [
    'bytes that are no UTF-8',
    'a.json',
    Buffer.from(`[{"case":"caf\xe9"}]`, 'latin1'),
    refused('ENCODING_UNKNOWN'),
  ],
]);
