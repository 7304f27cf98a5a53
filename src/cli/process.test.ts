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

  it('stops serving at a request to end, through the command that npm installs', async () => {
    const cwd = smallWorkspace();
    const installed = fileURLToPath(new URL('../../bin/wellspent.mjs', import.meta.url));
    const child = spawn(process.execPath, [installed, 'serve', 'small', '--port', '0'], {
      cwd,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    // Closes once every process that could still write to it has ended.
    const ended = new Promise((done) => child.on('close', (code) => done(code)));
    let said = '';
    child.stderr.on('data', (part) => {
      said += String(part);
      if (said.includes('Stop with')) child.kill('SIGTERM');
    });
    expect(await ended).toBe(0);
    expect(said).toContain('Serving at http://127.0.0.1:');
  });

  it('runs where there is nothing', async () => {
    const { code, err } = await spawned(['check'], emptyFolder());
    expect(code).toBe(2);
    expect(err).toContain('. holds no service.yaml.');
  });
});
