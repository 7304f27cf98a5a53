import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importFiles } from './import-files.ts';
import type { ImportRules } from './import-rules.ts';
import { pseudonymsWith } from './pseudonyms.ts';
import { readManifest } from './store/manifest.ts';

let store = '';
beforeEach(() => {
  store = mkdtempSync(join(tmpdir(), 'awkward-files-'));
});
afterEach(() => rmSync(store, { recursive: true, force: true }));

async function bringIn(lines: readonly string[], rules: Partial<ImportRules>, lineEnd = '\r\n') {
  const path = join(store, 'file.txt');
  writeFileSync(path, lines.join(lineEnd));
  const files = [
    { path, shown: 'file', rules: { as: 'events', map: {}, timezone: 'UTC', ...rules } as const },
  ];
  const [report] = await importFiles({ store, files, pseudonymise: pseudonymsWith(Buffer.alloc(32, 1)) });
  if (!report) throw new Error('nothing was read');
  const dropped = (readManifest(store).sources[0]?.columns ?? [])
    .filter(({ becomes }) => becomes === 'dropped')
    .map(({ column }) => column);
  return { ...report, codes: report.notices.map(({ code }) => code), dropped };
}

test("a report of Salesforce's case history is a history of changed fields", async () => {
  const change = (field: string, from: string, to: string, at: string) =>
    `00012001;${field};${from};${to};${at};Ann`;
  const report = await bringIn(
    [
      'Case: Case Number;Field / Event;Old Value;New Value;Edit Date;Edited By',
      change('Created.', '', '', '13/03/2026 09:00'),
      change('Status', 'New', 'In Progress', '13/03/2026 11:00'),
      change('Owner', 'Queue', 'Bob', '13/03/2026 11:00'),
      change('Status', 'In Progress', 'Closed', '14/04/2026 16:00'),
    ],
    {},
  );
  expect(report.mapping).toMatchObject({
    case_id: 'Case: Case Number',
    step: 'New Value',
    finished: 'Edit Date',
    worker: 'Edited By',
  });
  expect(report.reasons).toEqual([{ reason: 'OTHER_FIELD', rows: 2 }]);
});

test('the line that a database draws below the names, and the count that it writes at the end, are no cases', async () => {
  const rows = Array.from({ length: 5 }, (_, i) => `C${i}|2026-03-01|Granted`);
  const report = await bringIn(
    ['case_id|opened|outcome', '-------|------|-------', ...rows, '', '(5 rows affected)', ''],
    { as: 'cases' },
  );
  expect(report).toMatchObject({ rowsIn: 7, rowsUsed: 5 });
  expect(report.reasons.map(({ reason }) => reason).sort()).toEqual(['RULE_ROW', 'TRAILER_ROW']);
});

test('the names of the columns at the top of each page are no cases', async () => {
  const rows = Array.from({ length: 6 }, (_, i) => `C${i},2026-03-0${i + 1},Granted`);
  const header = 'case_id,opened,outcome';
  const report = await bringIn(
    [header, ...rows.slice(0, 3), 'Page 1 of 2', header, ...rows.slice(3), 'case_id,2026-03-09,Granted'],
    { as: 'cases' },
  );
  expect(report.rowsUsed).toBe(7);
  expect(report.reasons).toEqual(
    expect.arrayContaining([
      { reason: 'HEADER_REPEATED', rows: 1 },
      { reason: 'TOO_FEW_FIELDS', rows: 1 },
    ]),
  );
});

test('a list of cases with a preamble, CR alone and names of people keeps its dates and leaves the people out', async () => {
  const row = (i: number) => `00${i},13/0${i}/2026,14/0${i}/2026,Jo Smith,jo@example.org,Yes,north`;
  const report = await bringIn(
    [
      'Department of Permits,,,,,,',
      'Case Ref.,Date Received,Date Closed,Applicant Name,E-mail,Telephone,Region',
      row(1),
      row(2),
      row(3),
      'Total,3,,,,,',
    ],
    { as: 'cases' },
    '\r',
  );
  expect(report.mapping).toEqual({ case_id: 'Case Ref.', opened: 'Date Received', closed: 'Date Closed' });
  // A column of answers is none that people can be reached by.
  expect(report.dropped).toEqual(['Applicant Name', 'E-mail']);
  expect(report.codes.filter((code) => code === 'PERSONAL_COLUMN_DROPPED')).toHaveLength(2);
  expect(report.notices.find(({ code }) => code === 'PREAMBLE_SKIPPED')?.message).toBe(
    '1 line above the header was left out.',
  );
});

const staff = ['Jane Doe', 'Ann Other', 'John Roe'];
const who = (i: number) => staff[i % 3];

test('names of staff stay out of extracts of cases, and days by which something was done do not', async () => {
  const cases = await bringIn(
    [
      'Case ID,Opened,Case officer,Completed by,Team',
      ...Array.from({ length: 9 }, (_, i) => `C${i},2026-03-0${i + 1},${who(i)},2026-04-0${i + 1},North`),
    ],
    { as: 'cases' },
  );
  expect(cases.dropped).toEqual(['Case officer']);
  expect(cases.mapping).toEqual({ case_id: 'Case ID', opened: 'Opened' });
});

test('names of staff stay out of a second column beside the worker', async () => {
  const events = await bringIn(
    [
      'Case ID,Step,When,Officer,Created by',
      ...Array.from(
        { length: 9 },
        (_, i) => `C${i % 4},step ${i % 3},2026-03-0${i + 1},${who(i)},${who(i + 1)}`,
      ),
    ],
    {},
  );
  expect([events.mapping.worker, events.dropped]).toEqual(['Officer', ['Created by']]);
  expect(events.codes).toContain('PERSONAL_COLUMN_DROPPED');
});

test('a date and the time of day beside it are one time', async () => {
  const rows = Array.from(
    { length: 6 },
    (_, i) => `C${i % 2},step ${i % 3},1${i}/03/2026,${i === 3 ? '' : `0${i}:30`},1${i}/03/2026,1${i}:45:00`,
  );
  const header = 'Case No,Activity,Start Date,Start Time,End Date,End Time';
  const joined = await bringIn([header, ...rows], {});
  expect(joined.mapping).toMatchObject({ started: 'Start Date', finished: 'End Date' });
  expect(joined.rowsUsed).toBe(6);
  expect(joined.notices.find(({ code }) => code === 'DATE_AND_TIME_JOINED')?.message).toContain(
    '"Start Time" was read with the dates of "Start Date", "End Time" was read with the dates of "End Date"',
  );
  expect(joined.notices.find(({ code }) => code === 'TIME_NAIVE')?.count).toBe(11);
  expect(joined.dropped).toEqual(['Start Time', 'End Time']);
  const apart = await bringIn([header, ...rows], { map: { begun: 'Start Time', ended: 'End Time' } });
  expect(apart.codes).not.toContain('DATE_AND_TIME_JOINED');
});

test('contact records delivered again are told, with the column that says which is latest', async () => {
  const row = (id: string, updated: string) => `${id},2026-03-01T09:00:00Z,${updated},+447700900001`;
  const report = await bringIn(
    [
      'ContactId,InitiationTimestamp,LastUpdateTimestamp,CustomerEndpoint',
      row('a', '2026-03-01T10:00:00Z'),
      row('a', '2026-03-01T11:00:00Z'),
      row('b', '2026-03-01T10:00:00Z'),
    ],
    { as: 'contacts' },
  );
  expect(report.mapping.person).toBe('CustomerEndpoint');
  expect(report.notices.find(({ code }) => code === 'CONTACTS_REPEATED')?.message).toContain(
    '--dedupe "ContactId" --keep-latest-by "LastUpdateTimestamp"',
  );
});

test("a name one letter from a field that is recognised, or that is the column's own, is no slip", async () => {
  const header = 'case_id,step,finished,Stop,Kinds';
  const rows = ['1,check,2026-04-01,x,y', '1,close,2026-04-02,x,y'];
  const report = await bringIn([header, ...rows], { map: { stop: 'Stop', Kinds: 'Kinds' } });
  expect(report.mapping.step).toBe('step');
});
