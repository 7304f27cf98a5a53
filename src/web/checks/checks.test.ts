import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../app.ts';
import { hostileText, testAnswers } from '../made-answers.test-support.ts';

let app: FastifyInstance;

beforeAll(async () => {
  app = await createApp({
    workspaces: [{ id: 'licences', dir: 'nowhere' }],
    answersFor: async () => testAnswers,
  });
});
afterAll(() => app.close());

const get = (url: string) => app.inject({ url, headers: { host: 'localhost' } });

test('the data page links to every check with its answer', async () => {
  const { body } = await get('/licences/data');
  for (const { id, question } of testAnswers.checks) {
    expect(body).toContain(`href="/licences/checks/${id}"`);
    expect(body).toContain(question);
  }
  expect(body).toContain('these data answer 1 in full');
});

test('the home page says in one sentence whether the data can carry its answers', async () => {
  const { body } = await get('/licences');
  expect(body).toContain('href="/licences/checks/can-answer"');
  expect(body).toContain('href="/licences/checks/defects"');
  expect(body).not.toContain(hostileText);
});

test('each check has its page, its JSON and its tables as CSV', async () => {
  for (const { id, answer, tables } of testAnswers.checks) {
    const page = await get(`/licences/checks/${id}`);
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toContain('<script>alert');
    expect((await get(`/licences/checks/${id}.json`)).json()).toMatchObject({ id, answer });
    for (const table of tables) {
      const csv = await get(`/licences/checks/${id}/${table.id}.csv`);
      expect(csv.headers['content-type']).toContain('text/csv');
      expect(csv.body.split('\n').length).toBeGreaterThan(table.rows.length);
    }
  }
  expect((await get('/licences/checks.json')).json()).toHaveLength(testAnswers.checks.length);
  expect((await get('/licences/checks/nothing')).statusCode).toBe(404);
});
