import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { processSpace, startOfProcess } from '../../core/index.ts';
import { withLock } from './lock.ts';
import { ownSpace } from './lock-owner.ts';

let store = '';
beforeEach(() => {
  store = mkdtempSync(join(tmpdir(), 'lock-'));
});
afterEach(() => rmSync(store, { recursive: true, force: true }));

const file = () => join(store, 'lock');
const own = { pid: process.pid, space: ownSpace, started: startOfProcess(process.pid), host: 'here' };

/** Writes a lock by hand, touched so many seconds ago. */
function left(text: string | object, secondsAgo = 0): void {
  writeFileSync(file(), typeof text === 'string' ? text : JSON.stringify(text));
  const at = new Date(Date.now() - secondsAgo * 1000);
  utimesSync(file(), at, at);
}

/** Whether the lock is to be had. */
const take = (waitMs = 0) => withLock(store, waitMs, async () => 'taken');
const isBusy = () => expect(take()).rejects.toMatchObject({ code: 'WORKSPACE_BUSY' });
const isTaken = async () => {
  expect(await take()).toBe('taken');
  expect(existsSync(file())).toBe(false);
};

/** A process that takes the lock, says so and holds it until it is ended. */
async function holding() {
  const module = new URL('lock.ts', import.meta.url).href;
  const code = `const { withLock } = await import(${JSON.stringify(module)});
    await withLock(${JSON.stringify(store)}, 0, async () => {
      process.stdout.write('held');
      await new Promise((done) => setTimeout(done, 60_000));
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code]);
  await once(child.stdout, 'data');
  return child;
}

describe('a lock', () => {
  it('of which nothing can be read stays where it is, and nobody waits for it without end', async () => {
    mkdirSync(file());
    utimesSync(file(), 1e9, 1e9);
    await isBusy();
    expect(existsSync(file())).toBe(true);
  });

  it('of a process that runs is kept, and whose it is is said; of one that was killed it is taken over', async () => {
    const child = await holding();
    const refusal = await take(150).catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      code: 'WORKSPACE_BUSY',
      found: expect.stringContaining(`process ${child.pid} on `),
      hint: expect.stringContaining(`ps -p ${child.pid}`),
    });
    // However long it was not heard of: it may be stopped for a while.
    left(readFileSync(file(), 'utf8'), 3_600);
    await isBusy();
    child.kill('SIGKILL');
    await once(child, 'exit');
    await isTaken();
  });

  it.runIf(own.started !== null)(
    'whose number another process has since got is taken over, our own number too',
    async () => {
      left({ ...own, pid: process.ppid, started: startOfProcess(process.ppid) });
      await isBusy();
      left({ ...own, pid: process.ppid, started: '17' });
      await isTaken();
      left({ ...own, started: '17' });
      await isTaken();
      left(own);
      await isBusy();
    },
  );

  it('of another container or machine is kept while it is fresh, whatever runs here under its number', async () => {
    const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await once(child, 'exit');
    // Of another container, and of a machine of the same name: the same one before a power cut, or another.
    for (const [space, pid] of [
      ['000000000000 1', child.pid],
      ['000000000000 1', process.pid],
      [`${processSpace} 1`, child.pid],
      [`${processSpace} 1`, process.pid],
    ]) {
      left({ ...own, space, pid }, 50);
      await expect(take()).rejects.toMatchObject({
        code: 'WORKSPACE_BUSY',
        found: `process ${pid} on here, last heard of 50 seconds ago`,
      });
      left({ ...own, space, pid }, 70);
      await isTaken();
    }
  });

  it('that says a number alone, nothing or nonsense is taken over after a minute at the latest', async () => {
    for (const text of [String(process.pid), '', '{', '[1]', '{"pid":"x"}', '-4']) {
      left(text, 1);
      await isBusy();
      left(text, 70);
      await isTaken();
    }
  });

  it('has two who wait for it one after the other, after one that was left too', async () => {
    left({ ...own, started: '17' });
    const seen: string[] = [];
    const work = (name: string) =>
      withLock(store, 5_000, async () => {
        seen.push(`${name} in`);
        await new Promise((done) => setTimeout(done, 30));
        seen.push(`${name} out`);
      });
    await Promise.all(['a', 'b', 'c'].map(work));
    expect(seen.map((at) => at.slice(2))).toEqual(['in', 'out', 'in', 'out', 'in', 'out']);
  });

  it('is kept fresh while it is held', async () => {
    await withLock(
      store,
      0,
      async () => {
        left(readFileSync(file(), 'utf8'), 40);
        const before = statSync(file()).mtimeMs;
        while (statSync(file()).mtimeMs === before) await new Promise((done) => setTimeout(done, 5));
      },
      20,
    );
  });

  it('that another took over is lost: work is told, and the lock of the other stays', async () => {
    const work = withLock(
      store,
      0,
      async (lock) => {
        expect(lock.isHeld()).toBe(true);
        lock.check();
        left({ ...own, token: 'another' });
        expect(lock.isHeld()).toBe(false);
        await once(lock.signal, 'abort');
        lock.check();
      },
      20,
    );
    await expect(work).rejects.toMatchObject({ code: 'LOCK_LOST' });
    expect(readFileSync(file(), 'utf8')).toContain('another');
  });
});
