import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createApp } from '../app.ts';
import { madeService } from '../made-service.test-support.ts';
import { formClient, multipartForm } from './form-client.test-support.ts';

const rowsOfFile = 60_000;

/** A server in a process of its own that says its address. */
async function startServer(dir: string) {
  const module = new URL('../index.ts', import.meta.url).href;
  const code = `import { createApp, listen } from ${JSON.stringify(module)};
const app = await createApp({ workspaces: [{ id: 'licences', dir: ${JSON.stringify(dir)} }] });
console.log(await listen(app, { port: 0 }));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = new Promise((done) => child.on('exit', done));
  const address = await new Promise<string>((done) =>
    child.stdout.once('data', (line: Buffer) => done(line.toString().trim())),
  );
  return { child, exit, address };
}

function log(prefix: string, rows: number): string {
  const row = (_: unknown, i: number) => `${prefix}${i % 9000},Step ${i % 7},2026-04-01T09:00Z`;
  return `case,step,time\n${Array.from({ length: rows }, row).join('\n')}\n`;
}

test('a server killed in the middle of an import leaves the workspace as it was, and offers the file again', async () => {
  const made = madeService();
  const store = join(made.dir, '.wellspent');
  const before = await createApp({ workspaces: [{ id: 'licences', dir: made.dir }] });
  const reader = formClient(before, 'licences');
  const { location: first } = await reader.upload('first.csv', log('A', 40));
  const { location: path } = await reader.send(first, { as: 'events' });
  await reader.ended((await reader.send(path, { do: 'bring-in' })).location);
  await before.close();
  const manifest = readFileSync(join(store, 'manifest.json'), 'utf8');

  const { child, exit, address } = await startServer(made.dir);
  const home = `${address}/licences/data/add`;
  const page = await (await fetch(home)).text();
  const token = /name="token" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const post = (url: string, body: Buffer | URLSearchParams, headers: Record<string, string> = {}) =>
    fetch(url, {
      method: 'POST',
      body: body instanceof Buffer ? new Uint8Array(body) : body,
      headers,
      redirect: 'manual',
    });
  const form = await multipartForm([
    ['token', token],
    ['file', new File([log('B', rowsOfFile)], 'second.csv')],
  ]);
  const table = (await post(home, form.payload, { ...form.headers })).headers.get('location') ?? '';
  const mapping =
    (await post(address + table, new URLSearchParams({ token, as: 'events' }))).headers.get('location') ?? '';
  await post(address + mapping, new URLSearchParams({ token, do: 'bring-in' }));
  const isStaging = () => readdirSync(join(store, 'staged')).some((name) => name.startsWith('2-'));
  while (!isStaging()) await new Promise((next) => setTimeout(next, 1));
  child.kill('SIGKILL');
  await exit;
  expect(readFileSync(join(store, 'manifest.json'), 'utf8')).toBe(manifest);

  const app = await createApp({ workspaces: [{ id: 'licences', dir: made.dir }] });
  const again = formClient(app, 'licences');
  expect((await again.open('/licences/data')).body).toContain('All 40 rows of 1 file were used.');
  expect((await again.open('/licences/data/add')).body).toContain('Its import was interrupted.');
  const done = await again.ended((await again.send(`${mapping}/again`, { do: 'bring-in' })).location);
  expect(done.body).toContain('second.csv is in');
  expect(readdirSync(join(store, 'uploads'))).toEqual([]);
  expect(existsSync(join(store, 'lock'))).toBe(false);
  expect((await again.open('/licences/data')).body).toContain('All 60,040 rows of 2 files were used.');
  await app.close();
  made.remove();
});
