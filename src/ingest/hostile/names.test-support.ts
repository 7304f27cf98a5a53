import { casesOf, type HostileCase, read } from './hostile-case.test-support.ts';
import { parquetOf } from './parquet.test-support.ts';

const csv = 'case,step,finished\na,x,2024-03-02\n';
const columns = (...names: readonly string[]) =>
  `case,step,finished,${names.map((name) => `"${name.replaceAll('"', '""')}"`).join(',')}\na,x,2024-03-02${',1'.repeat(names.length)}\n`;

const files = [
  '-rf.csv',
  '..csv',
  '$(touch x);`id`.csv',
  '__proto__',
  'manifest.json',
  'o\'brien "x".csv',
  '%2e%2e%2f.csv',
  'line\nbreak.csv',
  '\u202egnp.csv',
  `${'n'.repeat(240)}.csv`,
] as const;

const named: readonly HostileCase[] = files.map((file) => ({
  name: `names: a file called ${JSON.stringify(file.slice(0, 24))}`,
  file,
  content: csv,
  expect: read(1),
}));

/** Names of files, which are data and no paths or patterns, and of columns, which are data and no SQL. */
export const nameCases: readonly HostileCase[] = [
  ...named,
  ...casesOf('names', [
    [
      'a Parquet file whose name is a pattern',
      'log[1]*?.parquet',
      () => parquetOf(`select 'a' as "case", 'x' as step, date '2024-03-02' as finished`),
      read(1),
    ],
    [
      'columns called as the columns of our tables',
      'a.csv',
      columns('case_id', 'seq', 'line', 'source', 'position', 'at', 'prev_step', 'variant', 'reason'),
      read(1),
      { map: { case_id: 'case', step: 'step', finished: 'finished' } },
    ],
    [
      'columns that differ in capitals, accents and blanks alone',
      'a.csv',
      columns('Note', 'note', 'NOTE', ' note ', 'nóte', 'no te'),
      read(1),
    ],
    ['columns without a letter', 'a.csv', columns('', ' ', '\u{1f600}', '%', '_', '1', '\u200b'), read(1)],
    ['a column whose name has 100,000 characters', 'a.csv', columns('n'.repeat(100_000)), read(1)],
    [
      'columns of the whole case that are called alike',
      'a.csv',
      columns('case:note', 'note', 'case:', 'case:case:', 'case:__proto__'),
      read(1),
    ],
    [
      'a field of the mapping that names a prototype',
      'a.csv',
      'case,step,finished,other\n1,a,2026-04-01T09:00:00Z,x\n',
      read(1),
      { map: JSON.parse('{"case_id":"case","step":"step","finished":"finished","__proto__":"other"}') },
    ],
  ]),
];
