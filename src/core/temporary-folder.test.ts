import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { removeLeftBehind, temporaryFolder } from './temporary-folder.ts';

let inside = '';
beforeEach(() => {
  inside = mkdtempSync(join(tmpdir(), 'folders-'));
});
afterEach(() => rmSync(inside, { recursive: true, force: true }));

/** A process that makes a folder with a file in it and is killed. */
function killed(): string {
  const module = new URL('temporary-folder.ts', import.meta.url).href;
  const code = `const { temporaryFolder } = await import(${JSON.stringify(module)});
    const folder = temporaryFolder('log', ${JSON.stringify(inside)});
    (await import('node:fs')).writeFileSync(folder + '/rows', 'x');
    process.kill(process.pid, 'SIGKILL');`;
  expect(spawnSync(process.execPath, ['--input-type=module', '-e', code]).signal).toBe('SIGKILL');
  const [left = ''] = readdirSync(inside).filter((name) => name.startsWith('wellspent-log-'));
  return left;
}

it('what a process that was killed left behind goes when the next one makes a folder', () => {
  const left = killed();
  expect(readdirSync(join(inside, left))).toEqual(['rows']);
  const own = temporaryFolder('spill', inside);
  expect(readdirSync(inside)).toEqual([basename(own)]);
});

it('folders of processes that run, of other places and of other names stay, and nothing is followed', () => {
  const left = killed();
  const outside = mkdtempSync(join(tmpdir(), 'outside-'));
  writeFileSync(join(outside, 'kept'), '');
  const own = basename(temporaryFolder('trial', join(inside, '.')));
  const ofParent = own.replace(`-${process.pid}-`, `-${process.ppid}-`);
  const elsewhere = left.replace(/-[0-9a-f]{12}-/, '-000000000000-');
  const stay = [ofParent, elsewhere, 'wellspent-log-abc123', 'wellspent-abc123', `x${left}`];
  for (const name of stay) mkdirSync(join(inside, name));
  const again = left.replace(/\w{6}$/, 'linked');
  symlinkSync(outside, join(inside, again));
  removeLeftBehind(inside);
  expect(readdirSync(inside).sort()).toEqual([own, ...stay].sort());
  expect(existsSync(join(outside, 'kept'))).toBe(true);
  rmSync(outside, { recursive: true });
});

it('a folder that cannot be looked into is no fault', () => {
  expect(() => removeLeftBehind(join(inside, 'nothing'))).not.toThrow();
});
