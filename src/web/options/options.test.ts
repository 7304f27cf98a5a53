import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answers } from '../../answers/index.ts';
import { optionDrafts } from '../../find/index.ts';
import { createApp } from '../app.ts';
import { testAnswers } from '../made-answers.test-support.ts';

const dir = mkdtempSync(join(tmpdir(), 'wellspent-options-'));
const title = '"visit" is done again in 40 cases, 4% of all.';

function answersWith(cases: number, id = 'rework-1'): Answers {
  const findings: Answers['find'][number] = {
    ...(testAnswers.find[0] as Answers['find'][number]),
    id: 'findings',
    charts: [],
    tables: [
      {
        id: 'findings',
        title: 'Findings',
        asList: { heading: 'title', above: 'sign' },
        columns: [
          { key: 'sign', title: 'Sign', type: 'text' },
          { key: 'title', title: 'What was found', type: 'text' },
          { key: 'cases', title: 'Cases', type: 'count' },
        ],
        rows: [
          {
            id,
            sign: 'Work done again',
            title: title.replace('40', String(cases)),
            cases,
            evidence: 'find/time',
            confidence: 'The count is sound.',
            question: 'What brings a case back?',
          },
        ],
      },
    ],
  };
  return { ...testAnswers, find: [findings] };
}

let app: FastifyInstance;
let answers = answersWith(40);
let token = '';
const host = { host: 'localhost' };
const get = (path: string) => app.inject({ url: `/licences${path}`, headers: host });
const post = (path: string, fields: Record<string, string> = { token }) =>
  app.inject({
    method: 'POST',
    url: `/licences${path}`,
    headers: { ...host, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  });
const kept = () => optionDrafts({ file: join(dir, 'records.db') });

beforeAll(async () => {
  writeFileSync(join(dir, 'service.yaml'), '');
  app = await createApp({
    workspaces: [{ id: 'licences', dir }],
    answersFor: async () => answers,
    clock: () => new Date('2026-11-27T09:00:00Z'),
  });
  token = /name="token" value="([^"]+)"/.exec((await get('/options/new/rework-1')).body)?.[1] ?? '';
});

afterAll(async () => {
  await app.close();
  rmSync(dir, { recursive: true, force: true });
});

test('each finding leads to the page that makes it an option, which says what is kept', async () => {
  expect((await get('/find/findings')).body).toContain('href="/licences/options/new/rework-1"');
  const { body } = await get('/options/new/rework-1');
  expect(body).toContain('Keep as a draft');
  expect(body).toContain('The count is sound.');
  expect((await get('/options/new/rework-9')).statusCode).toBe(404);
});

test('a form of another making changes nothing', async () => {
  expect((await post('/options/new/rework-1', { token: 'guessed' })).statusCode).toBe(403);
  expect(await kept()).toEqual([]);
});

test('a draft is kept, listed with the words on what is not there yet, told as stale, and removed', async () => {
  expect((await get('/options')).body).toContain('There are none yet.');
  const made = await post('/options/new/rework-1');
  expect([made.statusCode, made.headers.location]).toEqual([303, '/licences/options']);
  const page = (await get('/options')).body;
  expect(page).toContain('Options cannot be appraised or compared in this version');
  expect(page).toContain('Kept on 27 November 2026');
  expect(page).toContain('The finding says the same today.');

  answers = answersWith(55);
  app.close();
  app = await createApp({ workspaces: [{ id: 'licences', dir }], answersFor: async () => answers });
  token = /name="token" value="([^"]+)"/.exec((await get('/options')).body)?.[1] ?? '';
  expect((await get('/options')).body).toContain(
    'The finding has changed since. Today it says: &quot;visit&quot; is done again in 55 cases',
  );

  expect((await post('/options/option-rework-1/delete')).statusCode).toBe(303);
  expect(await kept()).toEqual([]);
});
