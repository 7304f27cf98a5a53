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

const get = async (query: string) => (await app.inject(`/licences/find/time${query}`)).body;
const current = (body: string) =>
  [...body.matchAll(/#map-map" aria-current="true">([^<]+)/g)].map(([, text]) => text);

test('every view and level of a map is an address of the same page', async () => {
  const usual = await get('');
  expect(current(usual)[0]).toBe('How often');
  expect(usual).toContain('href="/licences/find/time?view=median#map-map"');
  expect(usual).toContain('Shown: 7 of 10 steps');
  const fewer = await get('?view=total&steps=50&paths=80');
  expect(current(fewer)[0]).toBe('Total time');
  expect(fewer).toMatch(/Shown: 4 of 10 steps and \d of 24 paths/);
  expect(fewer).toContain('href="/licences/find/time?steps=50&amp;paths=80#map-map"');
  expect(fewer).not.toBe(usual);
});

test('an address that asks a map for what there is not is told what there is', async () => {
  const body = await get('?view=%3Cb%3E&steps=7&paths=1e9');
  for (const said of [
    'frequency, median',
    '20, 50',
    'has no &quot;&lt;b&gt;&quot;',
    'has no &quot;1e9&quot;',
  ])
    expect(body).toContain(said);
});

test('pounds are said to be missing where no cost is known', async () => {
  expect(await get('?view=pounds')).not.toContain('There are no pounds to show');
});
