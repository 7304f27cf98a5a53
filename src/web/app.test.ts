import { afterAll, beforeAll, expect, test } from 'vitest';
import { WellspentError, WellspentFaults } from '../core/index.ts';
import { createApp } from './app.ts';
import { hostileText, testAnswers } from './made-answers.test-support.ts';
import { madeService } from './made-service.test-support.ts';

const made = madeService();
afterAll(made.remove);

async function appWith(answersFor = async () => testAnswers) {
  return createApp({ workspaces: [{ id: 'licences', dir: made.dir }], answersFor });
}

let app: Awaited<ReturnType<typeof appWith>>;

beforeAll(async () => {
  app = await appWith();
});

const results = [
  '/licences/measure/effectiveness',
  '/licences/measure/productivity',
  '/licences/measure/floors',
  '/licences/find/time',
  '/licences/find/findings',
  '/licences/charter',
  '/licences/data',
];
const tables = [
  '/licences/measure/productivity/series',
  '/licences/measure/effectiveness/by-channel',
  '/licences/find/time/handovers',
  '/licences/find/findings/findings',
  '/licences/charter/assumptions',
  '/licences/data/sources',
  '/licences/data/rejects',
];
const pages = ['/', '/licences', '/licences/measure', '/licences/find', '/methods', '/methods/index'];
const everyPage = [...pages, ...results, ...tables];

test.each(everyPage)(
  '%s is a page with a heading, a title and a JSON twin that it links to',
  async (path) => {
    const page = await app.inject(path);
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.body.match(/<h1/g)).toHaveLength(1);
    expect(page.body).toMatch(/<title>[^<]+ - Wellspent<\/title>/);
    const twin = /<link rel="alternate" type="application\/json" href="([^"]+)">/.exec(page.body)?.[1];
    const json = await app.inject(twin ?? 'no twin');
    expect(json.statusCode).toBe(200);
    expect(json.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(json.json()).toBeTruthy();
  },
);

test.each(everyPage)('%s holds no script, no inline style and no id twice', async (path) => {
  const { body } = await app.inject(path);
  expect(body).not.toMatch(/<script|<style|\sstyle=|\son[a-z]+="|javascript:/i);
  const ids = [...body.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1]);
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
});

test.each(everyPage.filter((path) => path.startsWith('/licences')))(
  '%s says that its data are made up',
  async (path) => {
    expect((await app.inject(path)).body).toContain('They do not describe a real service.');
  },
);

test('pages of real data carry no demonstration banner', async () => {
  const real = await appWith(async () => ({ ...testAnswers, demonstration: false }));
  for (const path of ['/', '/licences', '/licences/measure/productivity'])
    expect((await real.inject(path)).body).not.toContain('Demonstration data');
});

test('every link on every page leads somewhere', async () => {
  const seen = new Set<string>();
  const waiting = ['/'];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const response = await app.inject(path);
    expect(response.statusCode, path).toBe(200);
    if (!String(response.headers['content-type']).startsWith('text/html')) continue;
    for (const [, href] of response.body.matchAll(/href="(\/[^"#]*)"/g))
      waiting.push((href ?? '').replaceAll('&amp;', '&'));
  }
  for (const path of everyPage.filter((page) => !tables.includes(page))) expect(seen).toContain(path);
});

test('the answer is the title, the lead paragraph and the JSON of a Result page', async () => {
  const page = await app.inject('/licences/measure/effectiveness');
  const answer = '91.4% of people had the right decision within three weeks; on paper it was 62.0%.';
  expect(page.body).toContain(`<title>${answer} - Measure - Licences - Wellspent</title>`);
  expect(page.body).toContain(`<p class="app-lead">${answer}</p>`);
  expect((await app.inject('/licences/measure/effectiveness.json')).json()).toMatchObject({
    id: 'effectiveness',
    answer,
  });
});

test('figures show their interval, period and what the interval means', async () => {
  const { body } = await app.inject('/licences/measure/productivity');
  expect(body).toContain('−0.8%');
  expect(body).toContain('95% interval: −2.1% to +0.6%');
  expect(body).toContain('April 2025 to March 2026');
  expect(body).toContain('In 95 of 100 repeats of the same service');
});

test('a Result page shows what is needed to work it out again', async () => {
  const { body } = await app.inject('/licences/measure/productivity');
  expect(body).toContain('How this was worked out');
  expect(body).toContain('c'.repeat(64));
  expect(body).toContain('10,012 rows came in: 10,000 used, 12 set aside');
  expect(body).toContain('20260401');
  expect(body).toContain('&quot;period&quot;');
  expect(body).toContain('wellspent calc productivity &lt;&lt;&#39;JSON&#39;');
  expect(body).toContain('0.1.0+fixed');
});

test('a long table is cut on the page of its Result, whole on its own page and whole in its CSV', async () => {
  const rowsOf = (body: string) => (body.match(/<tr class="govuk-table__row">/g) ?? []).length - 1;
  const result = await app.inject('/licences/find/time');
  expect(rowsOf(result.body)).toBe(20);
  expect(result.body).toContain('The first 20 of 60 rows are shown.');
  expect(rowsOf((await app.inject('/licences/find/time/handovers')).body)).toBe(60);
  const csv = await app.inject('/licences/find/time/handovers.csv');
  expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(csv.headers['content-disposition']).toBe('attachment; filename="licences-time-handovers.csv"');
  expect(csv.body.trim().split('\r\n')).toHaveLength(61);
});

test('a long series is cut to its latest periods', async () => {
  const { body } = await app.inject('/licences/measure/productivity');
  expect(body).toContain('The last 12 of 36 rows are shown.');
  expect(body).toContain('March 2026');
  expect(body).not.toContain('April 2023</th>');
});

test('numbers are aligned right and words are not', async () => {
  const { body } = await app.inject('/licences/measure/effectiveness');
  expect(body).toMatch(/<td class="govuk-table__cell govuk-table__cell--numeric">93\.8%<\/td>/);
  expect(body).toMatch(/<th scope="row" class="govuk-table__header app-words">Online<\/th>/);
});

test('hostile text is only ever text', async () => {
  const { body } = await app.inject('/licences/find/findings');
  const escaped = '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39; {{ 7919 * 6047 }}';
  expect(body.split(escaped).length).toBeGreaterThan(12);
  expect(body).not.toContain('<script');
  expect(body).not.toContain('47886193');
  const json = (await app.inject('/licences/find/findings.json')).json();
  expect(json.caveats).toEqual([hostileText]);
});

test('the home page puts the next step first, then what is answered, then what is not', async () => {
  const { body } = await app.inject('/licences');
  const order = [
    'Do this next',
    'What we can answer today',
    '5. Where are people',
    'What we cannot tell yet',
    '3. What changed',
  ];
  const places = order.map((text) => body.indexOf(text));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(Math.min(...places)).toBeGreaterThan(0);
  const json = (await app.inject('/licences.json')).json();
  expect(json.questions).toHaveLength(testAnswers.questions.length);
});

test('/.json and a slash at the end lead to the same pages', async () => {
  expect((await app.inject('/index.json')).json().services[0]).toMatchObject({
    id: 'licences',
    demonstration: true,
  });
  expect((await app.inject('/licences/')).body).toBe((await app.inject('/licences')).body);
});

test('the first page falls back to effectiveness where productivity cannot be told', async () => {
  const questions = testAnswers.questions.map((entry) =>
    entry.number === 2 ? { ...entry, result: { ...entry.result, status: 'cannot-tell' as const } } : entry,
  );
  const other = await appWith(async () => ({ ...testAnswers, questions }));
  expect((await other.inject('/')).body).toContain('91.4% of people');
});

const missing = [
  '/nobody',
  '/licences/choose',
  '/licences/measure/nothing',
  '/licences/measure/productivity/nothing',
  '/licences/measure/productivity/nothing.csv',
  '/methods/nothing',
  '/assets/nothing.css',
  '/assets/../app.ts',
  '/__proto__',
  '/licences/measure/constructor',
  '/%00',
  '/%',
  '/licences/measure/%3Cscript%3E',
];
test.each(missing)('%s is not found, in plain English', async (path) => {
  const response = await app.inject(path);
  expect(response.statusCode).toBe(404);
  expect(response.body).toContain('Page not found');
  expect(response.body).not.toContain('<script');
});

test('a missing JSON page is a problem document', async () => {
  const response = await app.inject('/licences/measure/nothing.json');
  expect(response.statusCode).toBe(404);
  expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(response.json()).toMatchObject({ status: 404, code: 'PAGE_NOT_FOUND', title: 'Page not found' });
});

test('a workspace that cannot be opened shows every fault with its line and remedy, and its card stays', async () => {
  const broken = await appWith(async () => {
    throw new WellspentFaults('CHARTER_INVALID', 'service.yaml has 2 faults.', [
      new WellspentError('CHARTER_INVALID', 'No column "decided".', {
        where: { file: 'service.yaml', line: 14 },
        found: 'case_id, closed',
        hint: 'closed: closed',
      }),
      new WellspentError('CHARTER_INVALID', hostileText),
    ]);
  });
  const page = await broken.inject('/licences');
  expect(page.statusCode).toBe(503);
  for (const text of [
    'No column &quot;decided&quot;.',
    'service.yaml:14',
    'case_id, closed',
    'closed: closed',
  ])
    expect(page.body).toContain(text);
  expect(page.body).not.toContain('<script');
  expect((await broken.inject('/licences.json')).json().faults).toHaveLength(2);
  expect((await broken.inject('/')).body).toContain('This service cannot be opened.');
  expect((await broken.inject('/health')).statusCode).toBe(503);
});

test('what we did not foresee is a page that gives nothing away', async () => {
  const failing = await appWith(async () => {
    throw new Error('secret: case 4711');
  });
  const page = await failing.inject('/licences');
  expect(page.statusCode).toBe(500);
  expect(page.body).toContain('Sorry, there is a problem');
  expect(page.body).not.toContain('4711');
  expect((await failing.inject('/licences.json')).json()).toMatchObject({ status: 500, code: 'INTERNAL' });
});

test.each(['methods', 'health', 'index', 'a b', '../x', 'x.json', ''])(
  'no service may be called "%s"',
  async (id) => {
    await expect(
      createApp({ workspaces: [{ id, dir: '.' }], answersFor: async () => testAnswers }),
    ).rejects.toMatchObject({
      code: 'WORKSPACE_NAME_UNUSABLE',
    });
  },
);

test('two services may not have one name', async () => {
  const workspaces = [
    { id: 'a', dir: '/1/a' },
    { id: 'a', dir: '/2/a' },
  ];
  await expect(createApp({ workspaces, answersFor: async () => testAnswers })).rejects.toMatchObject({
    code: 'WORKSPACE_NAME_UNUSABLE',
  });
});
