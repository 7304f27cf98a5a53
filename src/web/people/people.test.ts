import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answers } from '../../answers/index.ts';
import { readSaid } from '../../find/index.ts';
import { createApp } from '../app.ts';
import { testAnswers } from '../made-answers.test-support.ts';

const dir = mkdtempSync(join(tmpdir(), 'wellspent-people-'));
const id = 'workaround-0123456789';
const workarounds = {
  ...(testAnswers.find[0] as Answers['find'][number]),
  id: 'workarounds',
  charts: [],
  tables: [
    {
      id: 'workarounds',
      title: 'Possible workarounds',
      columns: [{ key: 'title', title: 'What was found', type: 'text' as const }],
      rows: [
        {
          id,
          key: 'missing-step · visit',
          of: 'missing-step',
          sign: 'A step left out',
          title: '"visit" is left out: 40 cases.',
          share: 0.04,
          cases: 40,
          question: 'What happens instead of "visit"?',
        },
      ],
    },
  ],
};
const waiting = 'wait-abcdef0123';
const findings = {
  ...(testAnswers.find[0] as Answers['find'][number]),
  id: 'findings',
  charts: [],
  tables: [
    {
      id: 'findings',
      title: 'Findings',
      asList: { heading: 'title', above: 'sign' },
      columns: [{ key: 'title', title: 'What was found', type: 'text' as const }],
      rows: [
        {
          id: 'wait-1',
          review: waiting,
          key: 'wait · apply · decide',
          pattern: 'wait',
          of: null,
          sign: 'A wait',
          title: '80 cases wait between "apply" and "decide".',
          share: 0.8,
          cases: 80,
          question: 'What does it wait for?',
        },
        { ...workarounds.tables[0]?.rows[0], pattern: 'workaround', review: id },
      ],
    },
  ],
};
const answers: Answers = {
  ...testAnswers,
  find: [...testAnswers.find.filter((result) => result.id !== 'findings'), findings, workarounds],
};
let app: FastifyInstance;
let token = '';

const get = () => app.inject({ url: '/licences/people', headers: { host: 'localhost' } });
const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url: `/licences/people${path}`,
    headers: { host: 'localhost', 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams({ token, ...fields }).toString(),
  });
const said = () => readSaid({ file: join(dir, 'records.db') });

beforeAll(async () => {
  writeFileSync(join(dir, 'service.yaml'), '');
  app = await createApp({ workspaces: [{ id: 'licences', dir }], answersFor: async () => answers });
  token = /name="token" value="([^"]+)"/.exec((await get()).body)?.[1] ?? '';
});

afterAll(async () => {
  await app.close();
  rmSync(dir, { recursive: true, force: true });
});

test('what somebody says is kept, matched to a finding, changed and deleted', async () => {
  const kept = await post('', {
    what: 'I phone instead of the visit <b>',
    times: '3',
    per: 'week',
    minutes: '10',
    step: 'visit',
  });
  expect(kept.statusCode).toBe(303);
  const [report] = (await said()).reports;
  expect(report).toMatchObject({ howOften: { times: 3, per: 'week' }, minutes: 10, step: 'visit' });
  const page = (await get()).body;
  expect(page).toContain('I phone instead of the visit &lt;b&gt;');
  expect(page).toContain(`href="#${id}"`);
  await post('', { report: report?.id ?? '', what: 'I phone twice' });
  expect((await said()).reports).toMatchObject([{ id: report?.id, what: 'I phone twice', minutes: null }]);
  await post(`/reports/${report?.id}/delete`, {});
  expect((await said()).reports).toEqual([]);
});

test('personal data and nothing at all are refused in plain words, and what was written stays', async () => {
  const personal = await post('', { what: 'Ask jo@example.org' });
  expect(personal.statusCode).toBe(400);
  expect(personal.body).toContain('e-mail address');
  expect(personal.body).toContain('Ask jo@example.org');
  expect((await post('', { what: ' ' })).statusCode).toBe(400);
  expect((await post('', { what: 'I wait', minutes: 'ten' })).statusCode).toBe(400);
  expect((await said()).reports).toEqual([]);
});

test('a verdict goes into the register and is shown; a second takes its place', async () => {
  expect((await post(`/findings/${id}`, { verdict: '' })).statusCode).toBe(400);
  await post(`/findings/${id}`, { verdict: 'legitimate exception', response: 'adopt', reason: 'By phone' });
  expect((await said()).dispositions).toMatchObject([
    { finding: id, pattern: 'missing-step', verdict: 'legitimate exception', response: null, share: 0.04 },
  ]);
  await post(`/findings/${id}`, { verdict: 'confirmed workaround', response: 'redesign' });
  expect((await said()).dispositions).toMatchObject([
    { verdict: 'confirmed workaround', response: 'redesign' },
  ]);
  expect((await get()).body).toContain('confirmed workaround');
  expect((await post('/findings/nothing', { verdict: 'not known' })).statusCode).toBe(404);
});

test('a report is matched to no finding that was dismissed', async () => {
  const text = 'The data show nothing like it yet.';
  await post('', { what: 'I phone instead of the visit', step: 'visit' });
  expect((await get()).body).not.toContain(text);
  await post(`/findings/${id}`, { verdict: 'legitimate exception', reason: 'By phone' });
  expect((await get()).body).toContain(text);
  const [report] = (await said()).reports;
  await post(`/reports/${report?.id}/delete`, {});
  await post(`/findings/${id}`, { verdict: 'confirmed workaround', response: 'redesign' });
});

test('any finding can be said something of: a wait is confirmed as it stands, under an id that does not move', async () => {
  const { body } = await get();
  expect(body.split('is left out: 40 cases.')).toHaveLength(2);
  expect(body).toContain('<option value="confirmed">');
  expect(body).toContain(`id="${waiting}"`);
  const list = await app.inject({ url: '/licences/find/findings', headers: { host: 'localhost' } });
  expect(list.body).toContain(`href="/licences/people?finding=${waiting}#${waiting}"`);
  await post(`/findings/${waiting}`, { verdict: 'confirmed', response: 'prevent', reason: 'Every week' });
  expect((await said()).dispositions).toMatchObject([
    { finding: waiting, pattern: 'wait', verdict: 'confirmed', response: 'prevent', share: 0.8 },
    { finding: id },
  ]);
});

test('a form of another site, or without the word of this server, changes nothing', async () => {
  expect((await post('', { what: 'x' }, { origin: 'http://elsewhere.example' })).statusCode).toBe(403);
  expect((await post('', { token: 'wrong', what: 'x' })).statusCode).toBe(403);
  expect((await app.inject({ url: '/nothing/people', headers: { host: 'localhost' } })).statusCode).toBe(404);
  expect((await said()).reports).toEqual([]);
});
