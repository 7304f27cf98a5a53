import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWorkspace } from '../../ingest/index.ts';
import { createApp } from '../app.ts';

const charter = (publish: string) => `wellspent: 1
service: permits
title: Permits
version: 1.0.0
effective: 2026-01-01
owner: Head of permits
purpose: People get a permit.
timezone: UTC
reporting: {grain: month}
extracts:
  - {file: cases.csv, as: cases, map: {case_id: id, closed: closed, outcome: outcome}}
  - {file: log.csv, as: events, map: {case_id: id, step: step, finished: at}}
outcomes: [{id: helped, title: A permit in time, measure: quick}]
outputs: [{id: permit, title: Permits, unit: permit, from: cases, where: "outcome = 'granted'"}]
quality:
  - {id: quick, title: Quickly, outputs: all, from: cases, share: duration_days <= 5, direction: higher, weight: 1, weight_source: made}
endings:
  - {id: granted, title: Granted, where: "outcome = 'granted'"}
${publish}`;

const folder = mkdtempSync(join(tmpdir(), 'rows-'));
const at = (day: number) => new Date(Date.UTC(2026, 0, 1) + day * 86_400_000).toISOString();

/** 130 permits: 120 granted within two months, every third late; 6 refused; 4 open. One outcome begins as a formula does. */
async function made(name: string, publish = ''): Promise<string> {
  const dir = join(folder, name);
  mkdirSync(dir);
  const cases = Array.from({ length: 130 }, (_, i) => {
    const end = (i % 55) + (i % 3 === 0 ? 8 : 2);
    const outcome = i < 120 ? 'granted' : i === 120 ? '=refused' : i < 126 ? 'refused' : '';
    return { id: `p${i}`, end, outcome, isOpen: i >= 126, start: i % 55 };
  });
  writeFileSync(join(dir, 'service.yaml'), charter(publish));
  writeFileSync(
    join(dir, 'cases.csv'),
    `id,closed,outcome\n${cases.map((one) => `${one.id},${one.isOpen ? '' : at(one.end)},${one.outcome}`).join('\n')}\nlost,not a date,granted\n`,
  );
  writeFileSync(
    join(dir, 'log.csv'),
    `id,step,at\n${cases.flatMap((one) => [`${one.id},apply,${at(one.start)}`, `${one.id},decide,${at(one.end)}`]).join('\n')}\n`,
  );
  await buildWorkspace(dir, { keyFile: join(folder, 'key') });
  return dir;
}

let app: FastifyInstance;
beforeAll(async () => {
  app = await createApp({
    workspaces: [
      { id: 'permits', dir: await made('permits') },
      { id: 'marked', dir: await made('marked', 'publish: {pages: [find/throughput], profile: 10-5}\n') },
    ],
  });
});
afterAll(async () => {
  await app?.close();
  rmSync(folder, { recursive: true, force: true });
});

const get = (path: string) => app.inject(path);
const figure = '/permits/find/throughput/rows/closed-cases';

test('each figure and each finding leads to its rows', async () => {
  const { body } = await get('/permits/find/throughput');
  expect(body).toContain(`href="${figure}"`);
  const findings = (await get('/permits/find/findings')).body;
  expect(findings).toContain('href="/permits/find/findings/rows/wait-1"');
  expect(findings).toMatch(/The 1\d\d cases of this finding/);
  expect((await get('/permits/find/findings/rows/wait-1')).statusCode).toBe(200);
});

test('a number in a table leads to the rows that it counts, and says so to those who cannot see it', async () => {
  const { body } = await get('/permits/find/throughput');
  const january = '/permits/find/throughput/rows/throughput-by-period.cases.2026-01-01';
  const [, shown] =
    new RegExp(`href="${january}">([0-9]+)<span class="govuk-visually-hidden">([^<]+)</span>`).exec(body) ??
    [];
  expect(body).toContain('rows behind it: Cases: January 2026</span>');
  const rows = await get(january);
  expect(rows.body).toContain(`These are ${shown} cases.`);
  expect(rows.body).toContain('Ended in another period');
  const json = (await get(`${january}.json`)).json();
  expect(json.tables[0].rows.reduce((sum: number, row: { rows: number }) => sum + row.rows, 0)).toBe(130);
  const table = (await get('/permits/find/throughput/throughput-by-period')).body;
  expect(table).toContain(`href="${january}"`);
});

test('a share of a month of a measure leads to the cases of that month', async () => {
  const { body } = await get('/permits/measure/effectiveness');
  const [href = ''] = /[^"]*shares\.value\.[^"]*2026-01-01/.exec(body) ?? [];
  expect((await get(href)).body).toMatch(/is \d+ of \d+ cases: \d+ met it and \d+ did not\./);
});

test('the page says what is counted, what is left out and why, and so does its JSON', async () => {
  const { body } = await get(figure);
  expect(body).toContain('These are 126 cases. 4 cases were left out.');
  expect(body).toContain(`href="${figure}/cases/counted"`);
  expect(body).toContain('Still open');
  const json = (await get(`${figure}.json`)).json();
  expect(json.tables[0].rows.map((row: { rows: number }) => row.rows)).toEqual([126, 4]);
});

test('rows that were set aside at import are named, with their lists', async () => {
  const { body } = await get(figure);
  expect(body).toContain('/permits/data/rejects/');
  expect(body).toContain('1 row set aside');
});

test('a share says how many met it and how many did not', async () => {
  const { body } = await get('/permits/measure/effectiveness/rows/measure-quick');
  expect(body).toMatch(/is \d+ of \d+ cases: \d+ met it and \d+ did not\./);
  expect(body).toContain('Ended in a way that is no output');
});

test('the rows of a class come fifty to a page, by links', async () => {
  const first = (await get(`${figure}/cases/counted`)).body;
  expect(first).toContain('Rows 1 to 50 of 126.');
  expect(first).toContain(`href="${figure}/cases/counted?page=2"`);
  const last = (await get(`${figure}/cases/counted?page=3`)).body;
  expect(last).toContain('Rows 101 to 126 of 126.');
  expect(last).not.toContain('page=4');
  const ids = new Set<string>();
  for (const page of ['', '?page=2', '?page=3'])
    for (const row of (await get(`${figure}/cases/counted.json${page}`)).json().rows) ids.add(row.case_id);
  expect(ids.size).toBe(126);
});

test('all rows of a class are a CSV, in which no cell begins a formula', async () => {
  const { headers, body } = await get(`${figure}/cases/counted.csv`);
  expect(headers['content-type']).toContain('text/csv');
  expect(headers['content-disposition']).toContain('permits-throughput-closed-cases-counted.csv');
  const lines = body.trim().split('\r\n');
  expect(lines).toHaveLength(127);
  expect(lines.filter((line) => line.includes(",'=refused"))).toHaveLength(1);
});

test.each([
  `${figure}x`,
  '/permits/find/nothing/rows/closed-cases',
  `${figure}/cases/nothing`,
  `${figure}/nothing/counted`,
  `${figure}/cases/counted?page=4`,
  `${figure}/cases/counted?page=0`,
  `${figure}/cases/nothing.csv`,
  '/nobody/find/throughput/rows/closed-cases',
])('there is no page at %s', async (path) => {
  expect((await get(path)).statusCode).toBe(404);
});

test.each([
  [`${figure}?class=zzz`, 'This page cannot be asked for &quot;class&quot;.', 'leave out the question mark'],
  [`${figure}/cases/counted?page=0`, '&quot;page&quot; is no number of a page.', 'a number from 1'],
  [`${figure}/cases/counted?page=4`, 'These rows have no page 4.', 'for the first'],
  [`${figure}/cases/counted?page=1&page=2`, 'is asked for twice', 'keep one'],
  ['/permits/find/throughput?view=cases', 'cannot be asked for &quot;view&quot;', 'leave out'],
  ['/permits/find/time?view=colours', 'has no &quot;colours&quot; on this page', 'one of frequency,'],
  ['/permits?theme=dark', 'cannot be asked for', 'leave out'],
  ['/permits/people?edit=nothing', 'There is no report of that name', 'the link beside a report'],
  ['/permits/data/add?x=1', 'cannot be asked for', 'leave out'],
  ['/methods?x=1', 'cannot be asked for', 'leave out'],
])('%s asks for what there is not, and is told so', async (url, said, remedy) => {
  const response = await app.inject({ url, headers: { host: 'localhost' } });
  expect(response.statusCode).toBe(404);
  expect(response.body).toContain(said);
  expect(response.body).toContain(remedy);
  expect(response.body).toContain('ADDRESS_NOT_UNDERSTOOD');
});

test('what an address asks is checked for its JSON and its tables too', async () => {
  const json = await get(`${figure}.json?class=zzz`);
  expect(json.json()).toMatchObject({ status: 404, code: 'ADDRESS_NOT_UNDERSTOOD' });
  for (const url of ['throughput/throughput-by-period.csv?x=1', 'throughput/throughput-by-period?x=1'])
    expect((await get(`/permits/find/${url}`)).statusCode).toBe(404);
});

test('a page marked for publication leads to no rows, and there are none at their address', async () => {
  expect((await get('/marked/find/throughput')).body).not.toContain('/rows/');
  for (const end of ['', '.json', '/cases/counted', '/cases/counted.csv'])
    expect((await get(`/marked/find/throughput/rows/closed-cases${end}`)).statusCode).toBe(404);
  const cell = '/marked/find/throughput/rows/throughput-by-period.cases.2026-01-01';
  for (const end of ['', '.json', '/cases/these', '/cases/these.csv'])
    expect((await get(`${cell}${end}`)).statusCode).toBe(404);
  expect((await get('/marked/find/throughput/throughput-by-period')).body).not.toContain('/rows/');
  expect((await get('/marked/find/endings')).body).toContain('/marked/find/endings/rows/');
});
