import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { casesOf, type HostileCase, read, refused } from './hostile-case.test-support.ts';

const made = join(import.meta.dirname, '../../../../shared/data/eventlogs/made');

/** True where the files made for this are at hand. */
export const hasMadeFiles = existsSync(made);

const bytes = (file: string) => () => readFileSync(join(made, file));
const safety = (file: string, expected: HostileCase['expect'], rules?: HostileCase['rules']) =>
  [file, file, bytes(`safety/${file}`), expected, rules ?? {}] as const;

/** Files that others wrote down the outcome of. */
export const madeCases = casesOf('made', [
  safety('xxe.xes', refused('XML_DOCTYPE')),
  safety('xxe-remote.xes', refused('XML_DOCTYPE')),
  safety('entities.xes', refused('XML_DOCTYPE')),
  safety('xxe.xlsx', refused('XML_DOCTYPE')),
  safety('deep.xes', refused('XML_TOO_DEEP')),
  safety('deep.jsonocel', refused('JSON_TOO_DEEP')),
  safety('web-page.xes', refused('NOT_AN_EVENT_LOG', 'web page')),
  safety('zeros.xes', refused('NOT_AN_EVENT_LOG', 'zero bytes')),
  safety('empty.xes', refused('FILE_EMPTY')),
  safety('truncated.xes', refused('INPUT_TRUNCATED')),
  safety('truncated.xes.gz', refused('INPUT_TRUNCATED')),
  safety('bomb.xes.gz', refused('INPUT_TOO_LARGE'), { limits: { unpackedBytes: 10e6 } }),
  safety('bomb.xlsx', refused('INPUT_TOO_LARGE'), { limits: { memberBytes: 10e6 } }),
  safety('proto.xes', read(1)),
  safety('proto.jsonocel', read(1)),
  safety('plain.xes.gz', read(1)),
  safety('gzipped.xes', read(1)),
  safety('prefixed.xes', read(1)),
  ['a bomb under the limits', 'bomb.xes.gz', bytes('safety/bomb.xes.gz'), read(1)],
  [
    'ragged rows',
    'ragged.csv',
    bytes('text/ragged.csv'),
    read(2, { TOO_FEW_FIELDS: 1, TOO_MANY_FIELDS: 1, QUOTE_NOT_CLOSED: 1 }),
  ],
  ['an empty file', 'empty.csv', bytes('text/empty.csv'), refused('FILE_EMPTY')],
  [
    'an object-centric log with every defect',
    'defects.jsonocel',
    bytes('ocel/defects.jsonocel'),
    read(2, { OCEL_DUPLICATE_ID: 1, OCEL_NO_OBJECT: 1, TIME_UNPARSABLE: 1 }, [
      'OCEL_DANGLING_OBJECT',
      'TIME_NAIVE',
    ]),
    { objectType: 'case' },
  ],
]);
