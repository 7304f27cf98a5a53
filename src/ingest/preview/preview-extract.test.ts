import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ExtractKind } from '../../define/index.ts';
import {
  addExtract,
  type ExtractPreview,
  encodingReadings,
  openQuestions,
  openWorkspace,
  previewExtract,
  streamRejects,
  workspaceContents,
} from '../index.ts';

const charter = `wellspent: 1
service: permits
title: Permits
version: 1.0.0
effective: 2026-04-01
owner: Head of permits
purpose: Decide on permits.
timezone: Europe/Dublin
demonstration: true
reporting: { grain: month }
extracts: [{ file: named.csv, as: cases, map: { case_id: Reference, opened: Came }, timezone: UTC }]
outcomes: [{ id: decided, title: A decision }]
outputs: [{ id: permit, title: Permits, unit: permit, from: cases }]
`;

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'wellspent-test-'));
  writeFileSync(join(dir, 'service.yaml'), charter);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function preview(
  text: string | Buffer,
  as: ExtractKind = 'events',
  encoding?: string,
): Promise<ExtractPreview> {
  const file = join(dir, 'log.csv');
  writeFileSync(file, text);
  const { loaded } = workspaceContents(dir);
  return previewExtract({ dir, loaded, file, as, ...(encoding ? { encoding } : {}) });
}

const fieldsIn = ({ columns }: ExtractPreview) => columns.map(({ column, field }) => [column, field]);
const named = (found: ExtractPreview, name: string) => found.columns.find(({ column }) => column === name);
const mappingOf = ({ columns }: ExtractPreview) =>
  Object.fromEntries(columns.flatMap(({ column, field }) => (field === null ? [] : [[field, column]])));

test('each column has a field, a reason, three values and how full it is, and nothing is written', async () => {
  const found = await preview(
    'Case ID,Activity,Timestamp,Region\n1,Received,2026-04-01T09:00Z,North\n1,Decided,2026-04-02T09:00Z,\n',
  );
  expect(fieldsIn(found)).toEqual([
    ['Case ID', 'case_id'],
    ['Activity', 'step'],
    ['Timestamp', 'finished'],
    ['Region', null],
  ]);
  expect(named(found, 'Region')).toMatchObject({ samples: ['North'], filled: 0.5, distinct: 1 });
  expect(named(found, 'Activity')?.reason).toContain('its name is a usual one');
  expect(openQuestions(found, 'events', mappingOf(found))).toEqual({
    dateOrder: [],
    timeZone: [],
    minutes: null,
  });
  expect(readdirSync(dir).sort()).toEqual(['log.csv', 'service.yaml']);
});

test('no values are shown of identifiers, free text, or columns that may identify someone', async () => {
  const rows = Array.from(
    { length: 40 },
    (_, i) =>
      `SECRET${i},Received,2026-04-01T09:00Z,SECRET${i % 3},SECRET-REF-${i},${'SECRET words that go on and on about someone '.repeat(2)},${i}.5`,
  );
  const found = await preview(`case,step,time,worker,old reference,note,amount\n${rows.join('\n')}\n`);
  expect(JSON.stringify(found)).not.toContain('SECRET');
  expect(found.columns.map(({ column, withheld }) => [column, withheld])).toEqual([
    ['case', 'identifier'],
    ['step', null],
    ['time', null],
    ['worker', 'identifier'],
    ['old reference', 'nearly all different'],
    ['note', 'free text'],
    ['amount', null],
  ]);
  expect(named(found, 'note')?.leftOut).toBe(true);
});

test('what tells who people are is proposed to be left out, and no value of it is shown', async () => {
  const found = await preview(
    'case,step,time,Applicant DOB,Next of kin,contact,Postcode,Telephone\n1,a,2026-04-01T09:00Z,1980-02-03,Jo Secret,jo@secret.example,SW1A,Yes\n1,b,2026-04-02T09:00Z,1980-02-03,Jo Secret,jo@secret.example,SW1A,No\n',
  );
  expect(JSON.stringify(found)).not.toMatch(/Secret|secret|1980/);
  expect(found.columns.slice(3).map(({ withheld, leftOut }) => [withheld, leftOut])).toEqual([
    ['people', true],
    ['people', true],
    ['people', true],
    [null, false],
    [null, false],
  ]);
  expect(named(found, 'contact')?.reason).toContain('holds emails');
});

test('dates that read both ways are asked about, with first and last date under each reading', async () => {
  const found = await preview('case,step,time\n1,a,01/02/2026 09:00\n1,b,03/04/2026 10:00\n');
  expect(openQuestions(found, 'events', mappingOf(found)).dateOrder).toEqual([
    {
      column: 'time',
      dayFirst: { first: '2026-02-01', last: '2026-04-03' },
      monthFirst: { first: '2026-01-02', last: '2026-03-04' },
    },
  ]);
});

test('a date far down the file that settles the order settles it', async () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => `${i},a,0${1 + (i % 9)}/02/2026 09:00`);
  const settled = await preview(`case,step,time\n${rows.join('\n')}\n1,b,28/02/2026 10:00\n`);
  expect(settled.ambiguousDates).toEqual([]);
  const open = await preview(`case,step,time\n${rows.join('\n')}\n`);
  expect(open.ambiguousDates).toHaveLength(1);
});

test('times of day without an offset are asked about; dates alone and times with an offset are not', async () => {
  const found = await preview(
    'case_id,opened,closed,seen\n1,2026-04-01 09:00,2026-04-02,2026-04-01T09:00+01:00\n2,2026-04-01 09:30,2026-04-03,2026-04-01T09:00Z\n',
    'cases',
  );
  const questions = openQuestions(found, 'cases', { case_id: 'case_id', opened: 'opened', closed: 'closed' });
  expect(questions.timeZone).toEqual(['opened']);
  expect(openQuestions(found, 'cases', { case_id: 'case_id', closed: 'seen' }).timeZone).toEqual([]);
});

test('a column of work is asked about with its range, and with the unit that its name says', async () => {
  const found = await preview(
    'case,step,time,effort (hrs)\n1,a,2026-04-01T09:00Z,0.5\n1,b,2026-04-01T10:00Z,7\n',
  );
  expect(openQuestions(found, 'events', { minutes: 'effort (hrs)' }).minutes).toEqual({
    column: 'effort (hrs)',
    range: [0.5, 7],
    named: 'hours',
  });
});

test('what the charter says of a file comes first, and a column that it names in vain is told', async () => {
  writeFileSync(join(dir, 'named.csv'), 'Reference,Came in\n1,2026-04-01 09:00\n');
  const { loaded } = workspaceContents(dir);
  const found = await previewExtract({ dir, loaded, file: join(dir, 'named.csv'), as: 'cases' });
  expect(named(found, 'Reference')).toMatchObject({ field: 'case_id', reason: 'the charter says so' });
  expect(found.missing).toMatchObject([{ field: 'opened', column: 'Came' }]);
  expect(found.known).toEqual({ timezone: 'UTC' });
});

test('what was answered for an earlier file with the same columns is proposed again', async () => {
  const text = 'ref,what,when,hours,memo\n1,a,01/02/2026 09:00,2,x\n';
  writeFileSync(join(dir, 'april.csv'), text);
  const workspace = await openWorkspace(dir);
  await addExtract({
    workspace,
    file: join(dir, 'april.csv'),
    as: 'events',
    map: { case_id: 'ref', step: 'what', finished: 'when', minutes: 'hours' },
    drop: ['memo'],
    timezone: 'Europe/London',
    dayFirst: true,
    decimal: 'comma',
    minutesIn: 'hours',
  });
  await workspace.close();
  const found = await preview(text.replace('1,a', '2,b'));
  expect(mappingOf(found)).toEqual({ case_id: 'ref', step: 'what', finished: 'when', minutes: 'hours' });
  expect(named(found, 'memo')?.leftOut).toBe(true);
  expect(named(found, 'memo')?.reason).toBe('left out, as in the last file with the same columns');
  expect(named(found, 'ref')?.reason).toBe('as in the last file with the same columns');
  expect(found.known).toEqual({
    timezone: 'Europe/London',
    dayFirst: true,
    decimal: 'comma',
    minutesIn: 'hours',
  });
});

test('text in no known encoding is told by its words alone, in each encoding that it may have', async () => {
  const text = Buffer.from('case,step,time\n4711,Caf\u00e9 SECRET,2026-04-01T09:00Z\n', 'latin1');
  await expect(preview(text)).rejects.toMatchObject({ code: 'ENCODING_UNKNOWN' });
  const readings = await encodingReadings(join(dir, 'log.csv'));
  expect(readings[0]).toEqual({
    encoding: 'windows-1252',
    alike: ['windows-1250'],
    words: ['Caf\u00e9'],
  });
  expect(new Set(readings.map(({ words }) => words.join())).size).toBe(readings.length);
  expect(JSON.stringify(readings)).not.toMatch(/SECRET|4711/);
  expect(fieldsIn(await preview(text, 'events', 'windows-1252'))).toHaveLength(3);
});

test('encodings are one choice only where the whole file reads the same, and else are told apart by a word', async () => {
  const plain = Array.from({ length: 50 }, (_, i) => `${i},Caf\u00e9,2026-04-01T09:00Z`).join('\n');
  // One word far down holds a letter that Western and Central European writing read differently.
  const text = `case,step,time\n${plain}\n51,Ma\u00eetre,2026-04-01T09:00Z\n52,Fa\u00e7ade,2026-04-01T09:00Z\n53,Se\u00f1or,2026-04-01T09:00Z\n`;
  await expect(preview(Buffer.from(text, 'latin1'))).rejects.toMatchObject({ code: 'ENCODING_UNKNOWN' });
  const readings = await encodingReadings(join(dir, 'log.csv'));
  expect(readings.flatMap(({ alike }) => alike)).toEqual([]);
  expect(
    readings.map(({ words }) => words.join()).filter((said) => said.includes('Se\u00f1or')),
  ).toHaveLength(1);
  expect(new Set(readings.map(({ words }) => words.join())).size).toBe(readings.length);
  expect(readings[0]?.words.length).toBeLessThanOrEqual(4);
});

test('rows set aside are handed out by reason and by file, without identifiers', async () => {
  const workspace = await openWorkspace(dir);
  for (const name of ['a', 'b']) {
    const file = join(dir, `${name}.csv`);
    writeFileSync(
      file,
      `case,step,time\nSECRET,x,2026-04-01\nSECRET,x,soon\n,x,2026-04-02\n${name},x,2026-04-03\n`,
    );
    await addExtract({ workspace, file, as: 'events' });
  }
  const rowsOf = async (reason: string, file?: string) => {
    const found: unknown[] = [];
    for await (const { rows } of streamRejects(workspace, reason, file)) found.push(...rows);
    return found;
  };
  expect(await rowsOf('TIME_UNPARSABLE')).toEqual(
    ['a.csv', 'b.csv'].map((file) => ({
      file,
      line: 3,
      column: 'time',
      value: 'soon',
      reason: 'TIME_UNPARSABLE',
    })),
  );
  expect(await rowsOf('CASE_ID_EMPTY', 'b.csv')).toHaveLength(1);
  await workspace.close();
});
