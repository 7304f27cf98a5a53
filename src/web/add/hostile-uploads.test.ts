import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createApp } from '../app.ts';
import { listen } from '../listen.ts';
import { type MadeService, madeService } from '../made-service.test-support.ts';
import { type FormClient, formClient, multipartForm } from './form-client.test-support.ts';

const home = '/licences/data/add';
const limit = 20_000;
const text = 'case,step,time\n1,a,2026-04-01T09:00Z\n';

let made: MadeService;
let app: FastifyInstance;
let reader: FormClient;

beforeEach(async () => {
  made = madeService();
  app = await createApp({ workspaces: [{ id: 'licences', dir: made.dir }], uploadBytes: limit });
  reader = formClient(app, 'licences');
});
afterEach(async () => {
  await app.close();
  made.remove();
});

const uploads = () => join(made.dir, '.wellspent', 'uploads');
const kept = () => (existsSync(uploads()) ? readdirSync(uploads()) : []);
const csv = () => new File([text], 'log.csv');

async function post(
  parts: readonly (readonly [string, string | File])[],
  headers: Readonly<Record<string, string>> = {},
) {
  const form = await multipartForm(parts);
  return app.inject({
    method: 'POST',
    url: home,
    payload: form.payload,
    headers: { ...form.headers, ...headers },
  });
}

test('pages with forms may send them here and nowhere else; all other pages may send none', async () => {
  const policy = async (path: string) => String((await app.inject(path)).headers['content-security-policy']);
  expect(await policy(home)).toBe(
    "default-src 'none';script-src 'none';style-src 'self';img-src 'self';form-action 'self';frame-ancestors 'none';base-uri 'none'",
  );
  expect(await policy('/licences/data')).toContain("form-action 'none'");
  expect((await app.inject(home)).headers).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'same-origin',
  });
});

test.each([
  [{ origin: 'http://evil.example' }],
  [{ origin: 'null' }],
  [{ origin: 'http://localhost:81' }],
  [{ origin: 'https://localhost:80' }],
  [{ 'sec-fetch-site': 'cross-site' }],
  [{ 'sec-fetch-site': 'same-site' }],
  [{ 'sec-fetch-site': 'none' }],
])('a form that says %j is refused whatever token it carries', async (headers) => {
  const token = await reader.token();
  const answer = await post(
    [
      ['token', token],
      ['file', csv()],
    ],
    headers,
  );
  expect(answer.statusCode).toBe(403);
  expect(answer.body).toContain('It was sent from another site.');
  expect(kept()).toEqual([]);
});

test('a form of this server is taken with the headers that browsers send', async () => {
  const headers = { host: 'localhost:80', origin: 'http://localhost:80', 'sec-fetch-site': 'same-origin' };
  const answer = await post(
    [
      ['token', await reader.token()],
      ['file', csv()],
    ],
    headers,
  );
  expect(answer.statusCode).toBe(303);
  expect(kept()).toHaveLength(1);
});

test('a form without the token of this start is refused and leaves nothing on disk', async () => {
  const other = await createApp({ workspaces: [{ id: 'licences', dir: made.dir }] });
  const stale = await formClient(other, 'licences').token();
  await other.close();
  const token = await reader.token();
  for (const parts of [
    [['file', csv()]],
    [
      ['token', ''],
      ['file', csv()],
    ],
    [
      ['token', stale],
      ['file', csv()],
    ],
    [
      ['file', csv()],
      ['token', token],
    ],
    [
      ['token', token],
      ['token', stale],
      ['file', csv()],
    ],
  ] as const) {
    const answer = await post(parts as never);
    expect(answer.statusCode).toBe(403);
    expect(answer.body).toContain('This page is out of date');
    expect(kept()).toEqual([]);
  }
  for (const path of [`${home}/extract`, `${home}/0123456789abcdef/stop`]) {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await app.inject({ method: 'POST', url: path, payload: `token=${stale}`, headers });
    expect(answer.statusCode).toBe(403);
  }
});

test('a form that changes a file needs the token too, and a refusal changes nothing', async () => {
  const { location } = await reader.upload('log.csv', text);
  const { location: path } = await reader.send(location, { as: 'events' });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  for (const step of ['', '/table', '/encoding', '/delimiter', '/again', '/remove']) {
    const payload = 'token=wrong&as=cases&do=bring-in&encoding=macintosh';
    const answer = await app.inject({ method: 'POST', url: path + step, payload, headers });
    expect(answer.statusCode, step).toBe(403);
  }
  const id = String(path.split('/').at(-1));
  expect(JSON.parse(readFileSync(join(uploads(), id, 'draft.json'), 'utf8'))).toMatchObject({
    as: 'events',
    encoding: null,
    started: false,
  });
});

test.each([
  ['../../../etc/passwd', 'passwd'],
  ['C:\\Users\\someone\\log.csv', 'log.csv'],
  ['..', 'file'],
  ['a\u0000b\u202egnp.csv', 'abgnp.csv'],
  ['<script>alert(1)</script>.csv', 'script&gt;.csv'],
  ['"quoted" & more.csv', '&quot;quoted&quot; &amp; more.csv'],
  [`${'x'.repeat(3000)}.csv`, `${'x'.repeat(116)}.csv`],
  [`${'\u{1f600}'.repeat(300)}.csv`, `${'\u{1f600}'.repeat(29)}.csv`],
  ['__proto__', '__proto__'],
])('the name %j is shown as data and is no path', async (name, shown) => {
  const { location } = await reader.upload(name, text);
  const path = (await reader.send(location, { as: 'events' })).location;
  const { body } = await reader.open(path);
  expect(body).toContain(shown);
  expect(body).not.toContain('<script');
  expect(kept()).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/)]);
  expect(readdirSync(join(uploads(), String(kept()[0]))).sort()).toEqual(['content', 'draft.json']);
  const done = await reader.ended((await reader.send(path, { do: 'bring-in' })).location);
  expect(done.status).toBe(200);
  expect(done.body).toContain(`${shown} is in`);
  expect(readdirSync(made.dir).sort()).toEqual(['.wellspent', 'service.yaml']);
});

test('a header may hold anything: it is only ever text', async () => {
  const columns = [
    '__proto__',
    'constructor',
    '<script>x</script>',
    '{{ 7919 * 6047 }}',
    "' or 1=1 --",
    'case',
    'step',
    'time',
  ];
  const { location } = await reader.upload(
    'h.csv',
    `${columns.join(',')}\n${'v,'.repeat(5)}1,a,2026-04-01T09:00Z\n`,
  );
  const path = (await reader.send(location, { as: 'events' })).location;
  const { body } = await reader.open(path);
  expect(body).toContain('&lt;script&gt;x&lt;/script&gt;');
  expect(body).not.toMatch(/<script|47886193/);
  const done = await reader.ended(
    (await reader.send(path, { do: 'bring-in', 'column-0': 'extra' })).location,
  );
  expect(done.body).toContain('h.csv is in');
});

test('a file over the limit is refused with the limit in words, before or while it is read', async () => {
  const large = new File(['x'.repeat(limit * 2)], 'large.csv');
  const token = await reader.token();
  for (const size of [limit * 2, limit + 1]) {
    const answer = await post([
      ['token', token],
      ['file', new File(['x'.repeat(size)], 'large.csv')],
    ]);
    expect(answer.statusCode).toBe(413);
    expect(answer.body).toContain('The selected file must be smaller than 20 KB.');
    expect(kept()).toEqual([]);
  }
  expect(
    (
      await post(
        [
          ['token', token],
          ['file', large],
        ],
        { 'content-length': '100' },
      )
    ).statusCode,
  ).toBeGreaterThan(399);
  expect(kept()).toEqual([]);
});

test.each([
  ['text that is no form', 'hello', 'multipart/form-data; boundary=x'],
  ['a form without a boundary', 'hello', 'multipart/form-data'],
  [
    'a form cut off',
    '--x\r\ncontent-disposition: form-data; name="token"\r\n\r\nabc',
    'multipart/form-data; boundary=x',
  ],
  ['JSON', '{"token":1}', 'application/json'],
  ['another kind of content', 'hello', 'text/csv'],
  [
    'a header of a part without end',
    `--x\r\ncontent-disposition: form-data; name="${'y'.repeat(90_000)}"\r\n\r\n1\r\n--x--`,
    'multipart/form-data; boundary=x',
  ],
  [
    'names of prototypes',
    '--x\r\ncontent-disposition: form-data; name="__proto__"\r\n\r\n1\r\n--x--\r\n',
    'multipart/form-data; boundary=x',
  ],
])('%s is refused in plain English and leaves nothing', async (_, payload, type) => {
  const answer = await app.inject({ method: 'POST', url: home, payload, headers: { 'content-type': type } });
  expect(answer.statusCode).toBeGreaterThanOrEqual(400);
  expect(answer.statusCode).toBeLessThan(500);
  expect(answer.body).toMatch(/<h1/);
  expect(kept()).toEqual([]);
});

test('more parts than the form has are refused', async () => {
  const token = await reader.token();
  const parts = Array.from({ length: 50 }, (_, i): [string, string] => [`field-${i}`, 'x']);
  const answer = await post([['token', token], ...parts, ['file', csv()]]);
  expect(answer.statusCode).toBeGreaterThanOrEqual(400);
  expect(
    (
      await post([
        ['token', token],
        ['file', csv()],
        ['file', csv()],
      ])
    ).statusCode,
  ).toBeGreaterThanOrEqual(400);
  expect(kept()).toEqual([]);
});

test('a form longer than any of ours is refused', async () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await app.inject({
    method: 'POST',
    url: `${home}/extract`,
    payload: 'x'.repeat(1_100_000),
    headers,
  });
  expect(answer.statusCode).toBe(413);
  expect(answer.body).toContain('Form not understood');
});

/** Sends raw bytes to the server and gives what comes back before the connection ends; `then` may cut it off. */
async function raw(address: string, bytes: string, then: 'wait' | 'cut' = 'wait'): Promise<string> {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  let received = '';
  socket.on('data', (block) => {
    received += block.toString();
    socket.end();
  });
  socket.on('error', () => {});
  await new Promise<void>((done) => socket.write(bytes, () => done()));
  if (then === 'cut') {
    while (kept().length === 0) await new Promise((next) => setTimeout(next, 5));
    socket.destroy();
  }
  await new Promise((done) => socket.on('close', done));
  return received;
}

test('a length of 2 GB that is a lie is answered at once, and a sender who leaves midway leaves nothing', async () => {
  const address = await listen(app, { port: 0 });
  const { host } = new URL(address);
  const begun = (length: number, rest: string) =>
    `POST ${home} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: multipart/form-data; boundary=x\r\ncontent-length: ${length}\r\n\r\n${rest}`;
  const lie = await raw(address, begun(2_000_000_000, '--x\r\n'));
  expect(lie).toContain('413');
  expect(kept()).toEqual([]);
  const part = `--x\r\ncontent-disposition: form-data; name="token"\r\n\r\n${await reader.token()}\r\n--x\r\ncontent-disposition: form-data; name="file"; filename="log.csv"\r\n\r\n${text}`;
  await raw(address, begun(10_000, part), 'cut');
  while (kept().length > 0) await new Promise((next) => setTimeout(next, 5));
  expect((await fetch(`${address}/ping`)).status).toBe(200);
});

test('headers that are too long are refused and the server goes on', async () => {
  const address = await listen(app, { port: 0 });
  const bytes = `GET ${home} HTTP/1.1\r\nhost: ${new URL(address).host}\r\nx-long: ${'a'.repeat(100_000)}\r\n\r\n`;
  expect(await raw(address, bytes)).toContain('431');
  expect((await fetch(`${address}${home}`)).status).toBe(200);
});
