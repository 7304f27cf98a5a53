import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sql } from '../stores/index.ts';
import { addExtract, openWorkspace, type Workspace } from './index.ts';

const charter = `wellspent: 1
service: permits
title: Permits
version: 1.0.0
effective: 2026-04-01
owner: Head of permits
purpose: Decide on permits.
timezone: Europe/London
demonstration: true
reporting: { grain: month }
extracts: []
outcomes: [{ id: decided, title: A decision }]
outputs: [{ id: permit, title: Permits, unit: permit, from: cases }]
`;

let dir = '';
let workspace: Workspace;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'wellspent-test-'));
  writeFileSync(join(dir, 'service.yaml'), charter);
  writeFileSync(
    join(dir, 'april.csv'),
    'case,step,when,effort,phone\nA,Received,2026-04-01T09:00Z,1.5,0101\n',
  );
  writeFileSync(join(dir, 'may.csv'), 'case,step,when,effort,phone\nB,Received,2026-05-01T09:00Z,0.5,0102\n');
  workspace = await openWorkspace(dir);
});
afterEach(async () => {
  await workspace.close();
  rmSync(dir, { recursive: true, force: true });
});

const april = () => ({
  workspace,
  file: join(dir, 'april.csv'),
  as: 'events' as const,
  map: { case_id: 'case', step: 'step', finished: 'when', minutes: 'effort' },
  drop: ['phone'],
  minutesIn: 'hours' as const,
});

test('work recorded in hours becomes minutes', async () => {
  await addExtract(april());
  expect(await workspace.warehouse.query(sql`select minutes from events`)).toEqual([{ minutes: 90 }]);
});

test('the next file with the same columns is read alike: unit, and columns left out', async () => {
  await addExtract(april());
  const report = await addExtract({ workspace, file: join(dir, 'may.csv'), as: 'events' });
  expect(report.notices.map(({ code }) => code)).toContain('MAPPING_REUSED');
  expect(await workspace.warehouse.query(sql`select minutes from events order by seq`)).toEqual([
    { minutes: 90 },
    { minutes: 30 },
  ]);
  expect(report.guesses.map(({ column, reason }) => [column, reason])).toEqual([
    ...['case', 'step', 'when', 'effort'].map((column) => [
      column,
      'as in the last file with the same columns',
    ]),
    ['phone', 'left out, as in the last file with the same columns'],
  ]);
  const columns = await workspace.warehouse.columns('events');
  expect(columns.map(({ name }) => name)).not.toContain('phone');
});

test('what the command says itself is called stated and left out as asked', async () => {
  const first = await addExtract(april());
  expect(new Set(first.guesses.map(({ reason }) => reason))).toEqual(
    new Set(['stated', 'left out as asked']),
  );
  const next = await addExtract({ workspace, file: join(dir, 'may.csv'), as: 'events', drop: ['phone'] });
  expect(next.guesses.at(-1)?.reason).toBe('left out as asked');
});

test('the character that separates values is kept too, and splits the next such file', async () => {
  const bySection = (id: string) =>
    `case\u00a7step, status\u00a7when\n${id}\u00a7In, new\u00a72026-04-01T09:00Z\n`;
  for (const [name, id] of [
    ['june.txt', 'A'],
    ['july.txt', 'B'],
  ] as const)
    writeFileSync(join(dir, name), bySection(id));
  const map = { case_id: 'case', step: 'step, status', finished: 'when' };
  const given = { workspace, as: 'events' as const };
  await addExtract({ ...given, map, file: join(dir, 'june.txt'), delimiter: '\u00a7' });
  const next = await addExtract({ ...given, file: join(dir, 'july.txt') });
  expect(next.mapping).toEqual(map);
  const again = await addExtract({ ...given, file: join(dir, 'july.txt') });
  expect(again.notices.map(({ code }) => code)).toContain('ALREADY_IMPORTED');
  expect(await workspace.warehouse.query(sql`select step from events`)).toEqual([
    { step: 'In, new' },
    { step: 'In, new' },
  ]);
});

test('a file is known by the name it is shown as, which is no path', async () => {
  const shownAs = '../../etc/pass wd: "x".csv';
  const report = await addExtract({ ...april(), shownAs });
  expect(report.file).toBe(shownAs);
  expect(workspace.sources.map(({ file }) => file)).toEqual([shownAs]);
  const [kept] = readdirSync(join(dir, '.wellspent', 'mappings'));
  expect(kept).toBe('pass-wd-x-.csv.mapping.yaml');
  expect(readFileSync(join(dir, '.wellspent', 'mappings', String(kept)), 'utf8')).toContain(
    'minutes_in: hours',
  );
});

test('rows set aside come with a few examples, never with identifiers', async () => {
  const rows = Array.from({ length: 9 }, (_, i) => `SECRET${i},Received,soon ${i},1,0101`);
  writeFileSync(
    join(dir, 'june.csv'),
    `case,step,when,effort,phone\nA,Received,2026-04-01,1,0101\n${rows.join('\n')}\n`,
  );
  const report = await addExtract({ ...april(), file: join(dir, 'june.csv'), dryRun: true });
  expect(report.examples).toEqual(
    [3, 4, 5].map((line) => ({ line, column: 'when', value: `soon ${line - 3}`, reason: 'TIME_UNPARSABLE' })),
  );
});

test('rows are in the workspace though how they were read cannot be kept, and that is said', async () => {
  const mappings = join(dir, '.wellspent', 'mappings');
  const kept = join(mappings, 'april.csv.mapping.yaml');
  mkdirSync(`${kept}.partial`, { recursive: true });
  const report = await addExtract(april());
  const told = report.notices.find(({ code }) => code === 'MAPPING_NOT_KEPT');
  expect(told?.message).toContain(
    'The rows are in the workspace, but how april.csv was read could not be kept',
  );
  expect(told?.message).toContain(`${kept} cannot be written: it is a folder.`);
  expect(await workspace.warehouse.query(sql`select minutes from events`)).toEqual([{ minutes: 90 }]);
  expect(readdirSync(mappings)).toEqual([]);
  await addExtract({ ...april(), file: join(dir, 'may.csv') });
  expect(await workspace.warehouse.query(sql`select count(*) as n from events`)).toEqual([{ n: 2 }]);
});
