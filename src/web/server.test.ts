import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createApp } from './app.ts';
import { listen } from './listen.ts';
import { testAnswers } from './made-answers.test-support.ts';

const workspaces = [{ id: 'licences', dir: '/nowhere' }];

async function appWith(answersFor = async () => testAnswers) {
  return createApp({ workspaces, answersFor, clock: () => new Date('2026-04-06T09:00:00Z') });
}

test('no page may run a script, load from elsewhere or be framed', async () => {
  const { headers } = await (await appWith()).inject('/licences');
  expect(headers['content-security-policy']).toBe(
    "default-src 'none';script-src 'none';style-src 'self';img-src 'self';form-action 'none';frame-ancestors 'none';base-uri 'none'",
  );
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['x-frame-options']).toBe('DENY');
  expect(headers['referrer-policy']).toBe('no-referrer');
  expect(headers['strict-transport-security']).toBeUndefined();
});

test.each(['evil.example', 'licences.internal:3000', '10.0.0.4', '127.0.0.1.evil.example'])(
  'a request addressed to %s is refused',
  async (host) => {
    const app = await appWith();
    expect((await app.inject({ url: '/licences', headers: { host } })).statusCode).toBe(421);
    expect((await app.inject({ url: '/metrics', headers: { host } })).statusCode).toBe(421);
  },
);

test.each(['localhost:3000', '127.0.0.1:3000', '[::1]:3000'])(
  'a request addressed to %s is answered',
  async (host) => {
    expect((await (await appWith()).inject({ url: '/licences', headers: { host } })).statusCode).toBe(200);
  },
);

test('a reader who has the page already is told so, until the answers change', async () => {
  let answers = testAnswers;
  const dir = mkdtempSync(join(tmpdir(), 'wellspent-web-'));
  writeFileSync(join(dir, 'service.yaml'), 'first');
  const app = await createApp({ workspaces: [{ id: 'licences', dir }], answersFor: async () => answers });
  const first = await app.inject('/licences');
  const held = { 'if-none-match': String(first.headers.etag) };
  expect((await app.inject({ url: '/licences', headers: held })).statusCode).toBe(304);
  answers = { ...testAnswers, fingerprint: '0'.repeat(32), title: 'Permits' };
  expect((await app.inject({ url: '/licences', headers: held })).statusCode).toBe(304);
  utimesSync(join(dir, 'service.yaml'), new Date(), new Date(2_000_000_000_000));
  const changed = await app.inject({ url: '/licences', headers: held });
  expect(changed.statusCode).toBe(200);
  expect(changed.body).toContain('Permits');
  rmSync(dir, { recursive: true });
});

test('answers are prepared once however many ask at the same time', async () => {
  let prepared = 0;
  const app = await appWith(async () => {
    prepared += 1;
    return testAnswers;
  });
  await Promise.all(
    ['/', '/licences', '/licences/measure', '/licences/find'].map((path) => app.inject(path)),
  );
  expect(prepared).toBe(1);
});

test('a workspace that could not be opened is tried again', async () => {
  let broken = true;
  const app = await appWith(async () => {
    if (broken) throw new Error('not yet');
    return testAnswers;
  });
  expect((await app.inject('/licences')).statusCode).toBe(500);
  broken = false;
  expect((await app.inject('/licences')).statusCode).toBe(200);
});

test('ping, health and info answer those who keep the server running', async () => {
  const app = await appWith();
  expect((await app.inject('/ping')).body).toBe('pong\n');
  expect((await app.inject('/health')).json()).toEqual({
    status: 'ok',
    services: { licences: 'not opened yet' },
  });
  await app.inject('/licences');
  expect((await app.inject('/health')).json()).toEqual({ status: 'ok', services: { licences: 'ready' } });
  expect((await app.inject('/info')).json()).toMatchObject({
    product: 'Wellspent',
    startedAt: '2026-04-06T09:00:00.000Z',
    services: ['licences'],
  });
});

test('metrics count requests by route pattern, never by address', async () => {
  const app = await appWith();
  await app.inject('/licences/measure/productivity');
  await app.inject('/licences/measure/secret-4711');
  await app.inject('/wp-admin/4711');
  const { body, headers } = await app.inject('/metrics');
  expect(headers['content-type']).toContain('version=0.0.4');
  expect(body).toContain('wellspent_http_requests_total{route="/:service/measure/:result",status="200"} 1');
  expect(body).toContain('wellspent_http_requests_total{route="/:service/measure/:result",status="404"} 1');
  expect(body).toContain('wellspent_http_request_duration_seconds_count 3');
  expect(body).not.toContain('4711');
});

test('logs name the route, not what was asked for or what went wrong with a row', async () => {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const answersFor = async () => {
    throw new Error('case 4711');
  };
  const app = await createApp({ workspaces, answersFor, logger: { level: 'info', stream } });
  await app.inject('/licences/measure/person-4712?name=4713');
  const log = lines.join('');
  expect(log).toContain('"route":"/:service/measure/:result"');
  expect(log).toContain('"status":500');
  expect(log).not.toMatch(/471\d/);
});

test('the style sheet is served to be kept for good, in Arial and without the crown', async () => {
  const app = await appWith();
  const href = /href="(\/assets\/wellspent\.css[^"]*)"/.exec((await app.inject('/licences')).body)?.[1];
  const sheet = await app.inject(String(href));
  expect(sheet.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(sheet.body).toContain('font-family:arial');
  expect(sheet.body).not.toMatch(/GDS Transport|crown|url\(/);
});

test('the server listens on this computer and nowhere else', async () => {
  const app = await appWith();
  const address = await listen(app, { port: 0 });
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(await (await fetch(`${address}/ping`)).text()).toBe('pong\n');
  const other = await appWith();
  await expect(listen(other, { port: Number(new URL(address).port) })).rejects.toMatchObject({
    code: 'PORT_IN_USE',
  });
  await app.close();
});

test.each(['0.0.0.0', '::', '192.168.1.4', 'example.org', ''])(
  'it refuses to listen on "%s"',
  async (host) => {
    await expect(listen(await appWith(), { port: 0, host })).rejects.toMatchObject({
      code: 'HOST_NOT_LOOPBACK',
    });
  },
);
