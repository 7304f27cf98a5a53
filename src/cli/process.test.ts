import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { emptyFolder, folderWith, run, smallLog, smallWorkspace } from './run.test-support.ts';

const command = fileURLToPath(new URL('main.ts', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line as a process of its own; `closing` is a stream whose reader leaves before anything is written. */
function spawned(args: readonly string[], cwd: string, closing?: 'stdout' | 'stderr'): Promise<Ended> {
  const child = spawn(process.execPath, [command, ...args], {
    cwd,
    env: { ...process.env, WELLSPENT_KEY_FILE: join(cwd, 'key') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (part) => {
    out += String(part);
  });
  child.stderr.on('data', (part) => {
    err += String(part);
  });
  if (closing) child[closing].destroy();
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', (code) => done({ code, out, err }));
  });
}

describe('the command line as a process', () => {
  it('gives its exit code to the shell', async () => {
    const cwd = folderWith({ 'broken/service.yaml': 'wellspent: 1\n' });
    const codes = await Promise.all(
      [['--version'], ['check', 'broken'], ['measur']].map(async (args) => (await spawned(args, cwd)).code),
    );
    expect(codes).toEqual([0, 1, 2]);
  });

  it('writes results to standard output and talk to standard error', async () => {
    const cwd = folderWith({ 'log.csv': smallLog });
    const { code, out, err } = await spawned(['log', 'log.csv'], cwd);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ cases: 3 });
    expect(err).toContain('Read in ');
  });

  it('ends quietly when the reader of its output has left', async () => {
    const cwd = folderWith({ 'log.csv': smallLog });
    const listed = await spawned(['explain'], cwd, 'stdout');
    expect(listed).toEqual({ code: 0, out: '', err: '' });
    const described = await spawned(['log', 'log.csv'], cwd, 'stdout');
    expect(described.code).toBe(0);
    expect(described.err).not.toMatch(/EPIPE|error/);
    expect((await spawned(['log', 'log.csv'], cwd, 'stderr')).code).toBe(0);
  });

  it('keeps the exit code of a failed check when nobody reads', async () => {
    const cwd = folderWith({ 'broken/service.yaml': 'wellspent: 1\n' });
    expect(await spawned(['check', 'broken'], cwd, 'stdout')).toMatchObject({ code: 1 });
  });

  it('lets two processes add to a new workspace at once', async () => {
    const cwd = smallWorkspace();
    writeFileSync(join(cwd, 'b.csv'), smallLog.replaceAll(/^(\d)/gm, 'b$1'));
    const ended = await Promise.all([
      spawned(['add', '--into', 'small'], cwd),
      spawned(['add', 'b.csv', '--into', 'small', '--as', 'events'], cwd),
    ]);
    expect(ended.map(({ code, err }) => (code === 0 ? 0 : err))).toEqual([0, 0]);
    const { out } = await run(['check', 'small', '--format', 'json'], { cwd });
    expect(JSON.parse(out)[1]).toMatchObject({ answer: 'All 14 rows of 2 files were used.' });
  });

  it('runs where there is nothing', async () => {
    const { code, err } = await spawned(['check'], emptyFolder());
    expect(code).toBe(2);
    expect(err).toContain('. holds no service.yaml.');
  });
});

describe('the command that npm installs', () => {
  const installed = fileURLToPath(new URL('../../bin/wellspent.mjs', import.meta.url));

  /** Serves until `stop`, which is told the process that npm starts, and gives its end and what was said until then. */
  async function served(stop: (pid: number) => void) {
    const child = spawn(process.execPath, [installed, 'serve', 'small', '--port', '0'], {
      cwd: smallWorkspace(),
      stdio: ['ignore', 'ignore', 'pipe'],
      // A group of its own, as a terminal makes one.
      detached: true,
    });
    // Closes once every process that could still write to it has ended.
    const ended = new Promise<{ code: number | null; signal: string | null }>((done) =>
      child.on('close', (code, signal) => done({ code, signal })),
    );
    let said = '';
    let isAsked = false;
    child.stderr.on('data', (part) => {
      said += String(part);
      if (isAsked || !said.includes('Stop with')) return;
      isAsked = true;
      stop(child.pid as number);
    });
    return { ...(await ended), said };
  }

  it.each([
    ['a request to end', (pid: number) => process.kill(pid, 'SIGTERM')],
    ['an interrupt of its own', (pid: number) => process.kill(pid, 'SIGINT')],
    ['Ctrl+C, which reaches all of its processes', (pid: number) => process.kill(-pid, 'SIGINT')],
  ])('stops serving in order at %s', async (_, stop) => {
    const { code, said } = await served(stop);
    expect(code).toBe(0);
    expect(said).toContain('Serving at http://127.0.0.1:');
    expect(said).not.toContain('signal');
  });

  it('leaves nothing running behind when it is killed', async () => {
    expect(await served((pid) => process.kill(pid, 'SIGKILL'))).toMatchObject({
      code: null,
      signal: 'SIGKILL',
    });
  });

  it.each([
    ['SIGKILL', 137, 'The command was ended by signal SIGKILL. Memory may have run out.\n'],
    ['SIGTERM', 143, 'The command was ended by signal SIGTERM.\n'],
  ])('says that %s ended the command, and gives its number to the shell', async (signal, code, said) => {
    // Only the process that does the work has a channel.
    const killing = `if (process.send) { process.kill(process.pid, '${signal}'); setTimeout(() => {}, 60_000); }`;
    const child = spawn(process.execPath, [installed, 'check'], {
      cwd: emptyFolder(),
      env: { ...process.env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(killing)}` },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let err = '';
    child.stderr.on('data', (part) => {
      err += String(part);
    });
    const ended = await new Promise((done) => child.on('close', done));
    expect({ ended, err }).toEqual({ ended: code, err: said });
  });
});
