import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../app.ts';
import { testAnswers } from '../made-answers.test-support.ts';
import { madeService } from '../made-service.test-support.ts';

const made = madeService();
let app: FastifyInstance;

beforeAll(async () => {
  app = await createApp({
    workspaces: [{ id: 'licences', dir: made.dir }],
    answersFor: async () => testAnswers,
  });
});

afterAll(async () => {
  await app.close();
  made.remove();
});

const path = '/licences/find/compare';
const get = (address: string) => app.inject(address);
const chosen = '?of=channel&first=telephone&second=online';

test('the page, its JSON and its tables hold the two sides that the address names', async () => {
  const { body } = await get(`${path}${chosen}`);
  expect(body).toContain('telephone: 1,000 cases');
  expect(body).toContain(`href="${path}.json${chosen.replaceAll('&', '&amp;')}"`);
  const json = (await get(`${path}.json${chosen}`)).json();
  expect(json.provenance.parameters).toMatchObject({ first: 'telephone', second: 'online' });
  const csv = (await get(`${path}/times.csv${chosen}`)).body;
  expect(csv).toContain('median,900,9,900,8,1');
  expect((await get(`${path}/times.csv`)).body).not.toBe(csv);
});

test('links lead to every group and period, and to every other side', async () => {
  const { body } = await get(path);
  for (const link of [
    '?of=year',
    '?of=channel&amp;first=telephone',
    '?of=channel&amp;first=online&amp;second=telephone',
  ])
    expect(body).toContain(`href="${path}${link}`);
});

test('the links of the maps keep the sides', async () => {
  const { body } = await get(`${path}${chosen}`);
  expect(body).toContain(`${path}${chosen.replaceAll('&', '&amp;')}&amp;view=median#map-map-first`);
});

test('there is no page of a side that there is not, or of a side against itself', async () => {
  for (const query of ['?of=colour', '?first=nobody', '?first=online&second=online'])
    expect(await get(`${path}${query}`), query).toMatchObject({
      statusCode: 404,
      body: expect.stringContaining('Try: known: '),
    });
});

test('a page marked for publication shows two sides, protected, and leads to no others', async () => {
  const marked = await createApp({
    workspaces: [{ id: 'licences', dir: made.dir }],
    answersFor: async () => ({ ...testAnswers, publish: { pages: ['find/compare'], profile: '10-5' } }),
  });
  try {
    const { body } = await marked.inject(path);
    expect(body).toContain('Marked for publication');
    expect(body).not.toContain('?of=');
    expect((await marked.inject(`${path}${chosen}`)).statusCode).toBe(404);
    expect(body).toContain('online: 1,000 cases');
    const json = (await marked.inject(`${path}.json`)).json() as (typeof testAnswers.find)[number];
    for (const { columns, rows } of json.tables)
      for (const { key } of columns.filter(({ type }) => type === 'count'))
        for (const row of rows) if (typeof row[key] === 'number') expect(row[key] % 5).toBe(0);
    for (const chart of json.charts)
      if (chart.kind === 'process-map') {
        expect(chart.whole.taken).toBeNull();
        for (const { count } of chart.edges) expect(count % 5).toBe(0);
      }
  } finally {
    await marked.close();
  }
});
