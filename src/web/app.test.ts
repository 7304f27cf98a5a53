import { expect, test } from 'vitest';
import { createApp } from './app.ts';
import { testAnswers } from './test-answers.ts';

const app = await createApp({
  workspaces: [{ id: 'licences', dir: '/nowhere' }],
  answersFor: async () => testAnswers,
});
test.each([
  '/',
  '/licences',
  '/licences/measure',
  '/licences/measure/productivity',
  '/licences/find/time',
  '/licences/find/findings',
  '/licences/measure/floors',
  '/licences/charter',
  '/licences/data',
  '/licences/measure/productivity/series',
  '/methods',
  '/methods/index',
  '/ping',
  '/health',
  '/info',
  '/metrics',
  '/index.json',
  '/licences.json',
  '/licences/measure/productivity/series.csv',
])('%s', async (path) => {
  const r = await app.inject(path);
  expect(r.statusCode, r.body.slice(0, 500)).toBe(200);
});
