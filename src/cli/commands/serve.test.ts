import { chmodSync, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, folderWith, run, smallCharter, smallLog, smallWorkspace } from '../run.test-support.ts';

/** Runs a command that serves until its address is known, visits it, and stops the server. */
async function visit(args: readonly string[], cwd: string, look: (address: string) => Promise<void>) {
  const stop = new AbortController();
  const said = Promise.withResolvers<string>();
  const running = run(args, {
    cwd,
    signal: stop.signal,
    onErr: (text) => {
      const [address] = /http:\/\/\S+\d/.exec(text) ?? [];
      if (address) said.resolve(address);
    },
  });
  // A command that ends before it serves must fail the test, not leave it waiting.
  const address = await Promise.race([
    said.promise,
    running.then(({ err }) => Promise.reject(new Error(`ended before it served: ${err}`))),
  ]);
  try {
    await look(address);
  } finally {
    stop.abort();
  }
  return running;
}

describe('serve', () => {
  it('shows workspaces until it is stopped, and says where and how', async () => {
    const cwd = smallWorkspace();
    await run(['add', '--into', 'small'], { cwd });
    const { code, out, err } = await visit(['serve', 'small', '--port', '0'], cwd, async (address) => {
      expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      const page = await fetch(`${address}/small`);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('A small service');
    });
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toContain('Stop with Ctrl+C.');
  });

  // The system refuses root nothing, so root cannot test this.
  it.skipIf(process.getuid?.() === 0)('shows a workspace that may only be read', async () => {
    const cwd = smallWorkspace();
    await run(['add', '--into', 'small'], { cwd });
    const store = join(cwd, 'small/.wellspent');
    chmodSync(store, 0o500);
    try {
      await visit(['serve', 'small', '--port', '0'], cwd, async (address) => {
        expect((await fetch(`${address}/small`)).status).toBe(200);
      });
    } finally {
      chmodSync(store, 0o700);
    }
  });

  it('takes the next port when the one named is in use', async () => {
    const cwd = smallWorkspace();
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const { port } = other.address() as AddressInfo;
    try {
      await visit(['serve', 'small', '--port', String(port)], cwd, async (address) => {
        expect(Number(new URL(address).port)).not.toBe(port);
        expect((await fetch(address)).status).toBe(200);
      });
    } finally {
      other.close();
    }
  });

  it('shows the others when one cannot be worked out, and says why it cannot', async () => {
    const cwd = folderWith({
      'broken/service.yaml': smallCharter().replace('timezone: UTC', 'timezone: Utopia'),
      'small/service.yaml': smallCharter(),
      'small/data/log.csv': smallLog,
    });
    await run(['add', '--into', 'small'], { cwd });
    const args = ['serve', 'broken', 'small', '--port', '0'];
    const { code, err } = await visit(args, cwd, async (address) => {
      expect((await fetch(`${address}/small`)).status).toBe(200);
      const page = await fetch(`${address}/broken`);
      expect(page.status).toBe(503);
      expect(await page.text()).toContain('CHARTER_TIMEZONE');
      const first = await (await fetch(address)).text();
      expect(first).toContain('A small service');
      expect(first).toContain('This service cannot be opened.');
    });
    expect(code).toBe(0);
    expect(err).toContain('error[CHARTER_TIMEZONE]');
    expect(err).toContain('broken/service.yaml:8');
    expect(err).toContain('Serving 1 of 2 services at http://127.0.0.1:');
  });

  it('ends with every error when none of several can be worked out', async () => {
    const cwd = folderWith({
      'broken/service.yaml': smallCharter().replace('timezone: UTC', 'timezone: Utopia'),
    });
    const { code, out, err } = await run(['serve', 'broken', 'nowhere'], { cwd });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('error[CHARTER_TIMEZONE]');
    expect(err).toContain('error[WORKSPACE_NOT_FOUND]: nowhere holds no service.yaml.');
    expect(err).not.toContain('Serving');
  });

  it('refuses a folder that is no workspace', async () => {
    const { code, err } = await run(['serve', 'nowhere']);
    expect(code).toBe(2);
    expect(err).toContain('error[WORKSPACE_NOT_FOUND]: nowhere holds no service.yaml.');
  });
});

describe('demo', () => {
  it('builds an example and shows it at the address it prints', async () => {
    const cwd = emptyFolder();
    const args = ['demo', 'emergency', '--into', 'shown', '--port', '0'];
    const { code, err } = await visit(args, cwd, async (address) => {
      expect((await fetch(`${address}/emergency`)).status).toBe(200);
    });
    expect(code).toBe(0);
    expect(err).toMatch(/^emergency is ready in shown\/emergency \(0\.0 seconds\)\.\n/);
    expect(err).toContain('productivity cannot be told, and the page says why.');
  });

  it('only builds with --build-only', async () => {
    const cwd = emptyFolder();
    const { code, out, err } = await run(['demo', 'emergency', '--build-only'], { cwd });
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toContain('Next: wellspent serve demo/emergency\n');
    expect(existsSync(join(cwd, 'demo/emergency/service.yaml'))).toBe(true);
  });
});
