import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareAnswers } from '../../answers/index.ts';
import type { Result } from '../../core/index.ts';
import { emptyFolder, folderWith, run, smallCharter } from '../run.test-support.ts';

/** A workspace of 48 cases in two months, every third of them late. */
function steadyWorkspace(): string {
  const rows = Array.from({ length: 48 }, (_, i) => {
    const opened = Date.UTC(2026, 1, 28 + i, 9);
    const closed = opened + (i % 3 === 0 ? 8 : 2) * 86_400_000;
    const at = (time: number) => new Date(time).toISOString();
    return `${i},received,${at(opened)}\n${i},decided,${at(closed)}\n`;
  });
  return folderWith({
    'small/service.yaml': smallCharter(),
    'small/data/log.csv': `case,step,when\n${rows.join('')}`,
  });
}

let cwd = '';
beforeAll(async () => {
  cwd = steadyWorkspace();
  await run(['add', '--into', 'small'], { cwd });
});

const ids = (text: string) => (JSON.parse(text) as readonly Result[]).map(({ id }) => id);

describe.each([
  ['measure', 'effectiveness', 'wellspent find small'],
  ['find', 'findings', 'wellspent serve small'],
] as const)('%s', (verb, first, next) => {
  it('prints Results as JSON, in a pipe without being asked', async () => {
    const asked = await run([verb, 'small', '--format', 'json'], { cwd });
    expect(asked.code).toBe(0);
    expect(ids(asked.out)[0]).toBe(first);
    expect(asked.err).toBe(`Worked out in 0.0 seconds. Next: ${next}\n`);
    expect(await run([verb, 'small'], { cwd })).toEqual(asked);
  });

  it('trusts each Result as far as the pages do', async () => {
    const printed = JSON.parse((await run([verb, 'small'], { cwd })).out) as readonly Result[];
    const shown = (await prepareAnswers(join(cwd, 'small')))[verb];
    const trust = (results: readonly Result[]) => results.map(({ id, status }) => [id, status]);
    expect(trust(printed)).toEqual(trust(shown));
  });

  it('takes the current folder when none is named', async () => {
    const here = await run([verb], { cwd: join(cwd, 'small') });
    expect(here.out).toBe((await run([verb, 'small'], { cwd })).out);
  });

  it('shows tables at a terminal, in colour unless NO_COLOR', async () => {
    const plain = await run([verb, 'small'], { cwd, atTerminal: true, env: { NO_COLOR: '1' } });
    const painted = await run([verb, 'small'], { cwd, atTerminal: true });
    // The first answer; the others are laid out alike.
    await expect(plain.out.split('\n\n────')[0]).toMatchFileSnapshot(`../golden/${verb}.txt`);
    expect(painted.out).not.toBe(plain.out);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is taken away.
    expect(painted.out.replace(/\u001b\[\d+m/g, '')).toBe(plain.out);
    expect((await run([verb, 'small', '--format', 'table'], { cwd })).out).toBe(plain.out);
  });

  it('prints one table as CSV, which --table alone asks for', async () => {
    const results = JSON.parse((await run([verb, 'small'], { cwd })).out) as readonly Result[];
    const result = results.find(({ tables }) => tables.length > 0);
    const table = result?.tables[0];
    const name = `${result?.id}/${table?.id}`;
    const { code, out } = await run([verb, 'small', '--table', name], { cwd, atTerminal: true });
    expect(code).toBe(0);
    expect(out.split('\r\n')[0]?.split(',')).toHaveLength(table?.columns.length ?? 0);
    expect((await run([verb, 'small', '--format', 'csv', '--table', name], { cwd })).out).toBe(out);
  });

  it.each([
    [['--format', 'csv'], 'CSV holds one table: say which.'],
    [['--table', 'nothing'], 'There is no table "nothing".'],
    [['--table', 'nothing', '--format', 'json'], '--table names the one table that CSV holds'],
  ])('%j is wrong use', async (options, words) => {
    const ran = await run([verb, 'small', ...options], { cwd });
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toContain(words);
  });

  it('adds queries, sources and settings with --explain', async () => {
    const { out } = await run([verb, 'small', '--explain', '--format', 'table'], { cwd });
    expect(out).toContain('How this was worked out');
    expect(out).toMatch(/Source: data\/log\.csv, 96 rows in = 96 used \+ 0 set aside, SHA-256 [0-9a-f]{64}/);
    expect(out).toMatch(/\n {4}select /);
  });

  it('stops when it is asked to, and changes nothing', async () => {
    const stop = new AbortController();
    stop.abort();
    const ran = await run([verb, 'small'], { cwd, signal: stop.signal });
    expect(ran).toEqual({ code: 130, out: '', err: 'Stopped. Nothing was changed.\n' });
  });

  it('refuses a folder that is no workspace', async () => {
    const ran = await run([verb, 'nowhere'], { cwd });
    expect(ran.code).toBe(2);
    expect(ran.err).toContain('error[WORKSPACE_NOT_FOUND]: nowhere holds no service.yaml.');
    expect(ran.err).toContain('wellspent init nowhere');
  });
});

describe('--output', () => {
  it('writes JSON, one table or text by the ending of the name', async () => {
    const into = emptyFolder();
    const at = (name: string) => join(into, name);
    const json = await run(['measure', 'small', '--output', at('all.json')], { cwd, atTerminal: true });
    expect(json).toMatchObject({ code: 0, out: '' });
    expect(ids(readFileSync(at('all.json'), 'utf8'))[0]).toBe('effectiveness');
    await run(['measure', 'small', '--table', 'output/volumes', '--output', at('volumes.csv')], { cwd });
    expect(readFileSync(at('volumes.csv'), 'utf8')).toMatch(/2026-03-01/);
    await run(['measure', 'small', '--output', at('all.txt')], { cwd, atTerminal: true });
    const text = readFileSync(at('all.txt'), 'utf8');
    expect(text).toContain('What did the service use?');
    expect(text).not.toContain('\u001b');
  });

  it('writes every table to a folder with csv, described in datapackage.json', async () => {
    const into = join(emptyFolder(), 'new', 'tables');
    const { code, err } = await run(['measure', 'small', '--format', 'csv', '--output', into], { cwd });
    expect(code).toBe(0);
    const files = readdirSync(into);
    const { resources } = JSON.parse(readFileSync(join(into, 'datapackage.json'), 'utf8')) as {
      resources: readonly { path: string }[];
    };
    expect(files.filter((name) => name !== 'datapackage.json').sort()).toEqual(
      resources.map(({ path }) => path).sort(),
    );
    expect(err).toContain(`Wrote ${resources.length} tables and datapackage.json to ${into}.`);
  });

  it.each([
    ['--output', 'folder'],
    ['--output', 'nowhere/all.json'],
    ['--format=csv', '--output=file/tables'],
  ])('%s %s is refused in plain words', async (...options) => {
    const place = join(cwd, 'places');
    mkdirSync(join(place, 'folder'), { recursive: true });
    writeFileSync(join(place, 'file'), '');
    const ran = await run(['measure', '../small', ...options], { cwd: place });
    expect(ran.code).toBe(2);
    expect(ran.err).toContain('error[FILE_NOT_WRITTEN]');
    expect(ran.err).not.toContain(place);
  });
});
