import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parquetOf } from './hostile/parquet.test-support.ts';
import { importFiles } from './import-files.ts';
import type { ImportRules } from './import-rules.ts';
import { pseudonymsWith } from './pseudonyms.ts';
import { batchRows } from './readers/raw-table.ts';
import { readManifest } from './store/manifest.ts';

let store = '';
beforeEach(() => {
  store = mkdtempSync(join(tmpdir(), 'late-people-'));
});
afterEach(() => rmSync(store, { recursive: true, force: true }));

type Row = Readonly<Record<string, string>>;
const start = Date.UTC(2026, 0, 1);
const early = batchRows + 8;

/** Rows whose people come behind more rows than are looked at first. */
const rows: readonly Row[] = Array.from({ length: early + 300 }, (_, i) => ({
  case_id: `C${Math.floor(i / 3)}`,
  step: `S${i % 3}`,
  finished: new Date(start + i * 60_000).toISOString(),
  region: `region ${i % 4}`,
  notes: i < early ? '' : `Mrs Jane Smith of ${i} High Street rang about her claim and was upset`,
  remark: i < early ? 'ok' : `Mr Singh of ${i} Mill Lane wrote about his claim and sent two letters`,
  surname: i < early ? 'Y' : `Smith ${i}`,
  contact: i < early ? '' : `jane${i}@example.org`,
}));
const kept = ['case_id', 'step', 'finished', 'region'];
const lost = ['contact', 'notes', 'remark', 'surname'];
const names = [...kept, 'notes', 'remark', 'surname', 'contact'];

const csv = (all: readonly Row[]) =>
  [names.join(','), ...all.map((row) => names.map((name) => row[name]).join(','))].join('\n');
const ndjson = (all: readonly Row[]) =>
  all
    .map((row) => JSON.stringify(Object.fromEntries(Object.entries(row).filter(([, text]) => text !== ''))))
    .join('\n');
const parquet = (all: readonly Row[]) =>
  parquetOf(
    `select ${names.map((name) => `json_extract_string(row, '$.${name}') as ${name}`).join(', ')}
     from (select unnest(json_extract('${JSON.stringify(all)}', '$[*]')) as row)`,
  );
const xes = (all: readonly Row[]) => {
  const event = ({ case_id, step, finished, ...rest }: Row) =>
    `<trace><string key="concept:name" value="${case_id}"/><event><string key="concept:name" value="${step}"/><date key="time:timestamp" value="${finished}"/>${Object.entries(
      rest,
    )
      .filter(([, text]) => text !== '')
      .map(([key, text]) => `<string key="${key}" value="${text}"/>`)
      .join('')}</event></trace>`;
  return `<?xml version="1.0" encoding="UTF-8"?><log xes.version="1.0">${all.map(event).join('')}</log>`;
};

async function bringIn(bytes: string | Buffer, rules: Partial<ImportRules> = {}) {
  const path = join(store, 'file');
  writeFileSync(path, bytes);
  const files = [
    { path, shown: 'file', rules: { as: 'events', map: {}, timezone: 'UTC', ...rules } as const },
  ];
  const [report] = await importFiles({ store, files, pseudonymise: pseudonymsWith(Buffer.alloc(32, 1)) });
  const columns = readManifest(store).sources[0]?.columns ?? [];
  const named = (out: boolean) =>
    columns.filter(({ becomes }) => (becomes === 'dropped') === out).map(({ column }) => column);
  return { report, columns, kept: named(false), dropped: named(true).sort() };
}

describe('people and sentences behind the rows that are looked at first are left out as if they came first', () => {
  test.each<readonly [string, (all: readonly Row[]) => string | Buffer | Promise<Buffer>]>([
    ['CSV', csv],
    ['NDJSON', ndjson],
    ['Parquet', parquet],
    ['XES', xes],
  ])('%s', async (format, write) => {
    for (const all of [rows, rows.toReversed()]) {
      const { report, kept: brought, dropped } = await bringIn(await write(all));
      expect(dropped).toEqual(lost);
      if (format !== 'XES') expect(brought).toEqual(kept);
      expect(report?.rowsUsed).toBe(rows.length);
      expect(
        report?.notices
          .map(({ code }) => code)
          .filter((code) => code.endsWith('_DROPPED'))
          .sort(),
      ).toEqual([
        'FREE_TEXT_DROPPED',
        'FREE_TEXT_DROPPED',
        'PERSONAL_COLUMN_DROPPED',
        'PERSONAL_COLUMN_DROPPED',
      ]);
      expect(JSON.stringify(report)).not.toMatch(/Jane|jane|Singh/);
      rmSync(store, { recursive: true });
      store = mkdtempSync(join(tmpdir(), 'late-people-'));
    }
  });
});

test('columns that are named stay, and none of their values that tell of people is shown', async () => {
  const { kept: brought, columns } = await bringIn(csv(rows.toReversed()), {
    map: { notes: 'notes', called: 'surname', contact: 'contact' },
  });
  expect(brought.sort()).toEqual([...kept, 'contact', 'notes', 'surname'].sort());
  expect(JSON.stringify(columns)).not.toMatch(/Jane|jane|Smith/);
});

test('columns that single people out by name or by their values stay out, and a number becomes a pseudonym', async () => {
  const header =
    'case_id,step,finished,National Insurance number,NHS no.,Applicant DOB,Passport no,Applicant postcode';
  const row = (i: number) =>
    `C${i},apply,2026-01-0${i}T09:00Z,QQ12345${i}C,943 476 591${i},1980-02-0${i},92566541${i},SW1A ${i}AA,J Doe ${i},j${i}@example.org,LS${i} ${i}AB,SW${i}A`;
  const { columns, dropped, report } = await bringIn(
    [`${header},Next of kin,contact,place,Postcode district`, ...[1, 2, 3].map(row)].join('\n'),
  );
  expect(report?.mapping.person).toBe('NHS no.');
  expect(dropped).toEqual(
    [
      'Applicant DOB',
      'Applicant postcode',
      'National Insurance number',
      'Next of kin',
      'Passport no',
      'contact',
      'place',
    ].sort(),
  );
  expect(columns.find(({ column }) => column === 'Postcode district')?.samples).toEqual([
    'SW1A',
    'SW2A',
    'SW3A',
  ]);
  expect(JSON.stringify([columns, report])).not.toMatch(/QQ12|943 476|1980-|92566|Doe|@example|LS1/);
});

test('a column in which a single value tells of a person is kept and told of, without the value', async () => {
  const one = rows.map((row, i) => ({ ...row, remark: i === early ? 'ask zelda@example.org' : 'ok' }));
  const { kept: brought, report, columns } = await bringIn(csv(one));
  expect(brought).toContain('remark');
  expect(report?.notices.filter(({ code }) => code === 'PEOPLE_AMONG_VALUES')).toEqual([
    {
      code: 'PEOPLE_AMONG_VALUES',
      message: `Column "remark" was kept, and holds 1 value that tells who a person is (row ${early + 2}). To leave it out: --drop "remark", or \`drop\` in service.yaml. To keep it knowingly: --map "remark=remark", or \`map\`.`,
      count: 1,
    },
  ]);
  expect(JSON.stringify([columns, report])).not.toMatch(/zelda/);
  const named = await bringIn(csv(one), { map: { remark: 'remark' } });
  expect(named.report?.notices.map(({ code }) => code)).not.toContain('PEOPLE_AMONG_VALUES');
});
