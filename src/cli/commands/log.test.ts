import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, run, smallLog } from '../run.test-support.ts';

describe('log', () => {
  it('prints one JSON object with the keys that others rely on, and no others', async () => {
    const cwd = folderWith({ 'log.csv': `${smallLog},received,2026-04-09T09:00:00Z\n` });
    const { code, out } = await run(['log', 'log.csv', '--format', 'json'], { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      cases: 3,
      events: 7,
      steps: 3,
      variants: 2,
      edges: 3,
      edgeTotal: 4,
      startSteps: [{ step: 'received', cases: 3 }],
      endSteps: [{ step: 'decided', cases: 3 }],
      topEdges: [
        { from: 'received', to: 'decided', count: 2 },
        { from: 'asked for more', to: 'decided', count: 1 },
        { from: 'received', to: 'asked for more', count: 1 },
      ],
      throughputDays: { mean: 13 / 3, median: 2, p90: 2 + 0.8 * 8 },
      rejects: [{ reason: 'CASE_ID_EMPTY', rows: 1 }],
    });
  });

  it('prints JSON in a pipe and words at a terminal', async () => {
    const cwd = folderWith({ 'log.csv': smallLog });
    const piped = await run(['log', 'log.csv'], { cwd });
    expect(piped.out).toBe((await run(['log', 'log.csv', '--format', 'json'], { cwd })).out);
    const shown = await run(['log', 'log.csv'], { cwd, atTerminal: true });
    await expect(shown.out).toMatchFileSnapshot('../golden/log.txt');
    expect(shown.err).toMatchInlineSnapshot(`
      "note: Recognised case_id in "case", step in "step", finished in "when".
      Read in 0.0 seconds. Next: wellspent init my-service, then wellspent add log.csv --into my-service --as events
      "
    `);
  });

  it('tells someone who pipes it to a pager how to get words', async () => {
    const cwd = folderWith({ 'log.csv': smallLog });
    const terminal = { stdout: false, stderr: true };
    const hint = 'This is JSON, as a pipe gets; --format table gives tables.';
    expect((await run(['log', 'log.csv'], { cwd, terminal })).err).toContain(hint);
    for (const args of [
      ['--format', 'json'],
      ['--output', 'log.json'],
    ])
      expect((await run(['log', 'log.csv', ...args], { cwd, terminal })).err).not.toContain(hint);
  });

  it('shows the ten most frequent of each list and says how many more there are', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => `${i},step ${i},2026-04-0${1 + (i % 9)}T09:00:00Z`);
    const cwd = folderWith({ 'log.csv': `case,step,when\n${rows.join('\n')}\n` });
    const { out } = await run(['log', 'log.csv'], { cwd, atTerminal: true });
    expect(out.match(/and 2 more/g)).toHaveLength(2);
  });

  it('writes to a file in the format of its ending', async () => {
    const cwd = folderWith({ 'log.csv': smallLog });
    const { code, out, err } = await run(['log', 'log.csv', '--output', 'log.json'], { cwd });
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toContain('Wrote log.json.\n');
    expect(JSON.parse(readFileSync(join(cwd, 'log.json'), 'utf8'))).toMatchObject({ cases: 3 });
    await run(['log', 'log.csv', '--output', 'log.txt'], { cwd, atTerminal: true });
    expect(readFileSync(join(cwd, 'log.txt'), 'utf8')).toMatch(/^log\.csv: 3 cases, 7 events, 3 steps/);
  });

  it.each(['it\'s "odd" name.csv', '-lead.csv', 'new\nline.csv', 'ünï çödé.csv'])(
    'reads %j',
    async (name) => {
      const cwd = folderWith({ [name]: smallLog });
      const { code, out, err } = await run(['log', '--', name], { cwd });
      expect(code).toBe(0);
      expect(JSON.parse(out)).toMatchObject({ cases: 3 });
      // The command suggested next can be copied to a shell.
      expect(err).toContain(
        name.startsWith('-') ? './-lead.csv --into' : `'${name.replaceAll("'", "'\\''")}' --into`,
      );
    },
  );
});

describe('a file that cannot be a log', () => {
  const cwd = folderWith({
    'empty.csv': '',
    'blank.csv': '\n\n\n',
    'binary.csv': Uint8Array.from({ length: 3000 }, (_, i) => (i * 7919 + 131) % 256),
    'words.csv': 'only\n',
    'columns.csv': 'a,b\n1,2\n',
    'folder/log.csv': smallLog,
  });

  it.each([
    ['nothing.csv', 'FILE_NOT_FOUND', 'There is no file nothing.csv.'],
    ['emty.csv', 'FILE_NOT_FOUND', 'did you mean "empty.csv"?'],
    ['folder', 'FILE_NOT_FOUND', 'folder is a folder; a file is needed.'],
    ['empty.csv', 'FILE_EMPTY', 'empty.csv is empty.'],
    ['blank.csv', 'FILE_EMPTY', 'blank.csv holds nothing but blank lines.'],
    ['binary.csv', 'NOT_AN_EVENT_LOG', "it looks like a program's own file, not text"],
    ['words.csv', 'MAPPING_INCOMPLETE', '--map "case_id=name of the column"'],
    ['columns.csv', 'MAPPING_INCOMPLETE', '--map "finished=name of the column"'],
  ])('%s is wrong use, said with %s', async (file, code, words) => {
    const ran = await run(['log', file], { cwd });
    expect(ran.code).toBe(2);
    expect(ran.out).toBe('');
    expect(ran.err).toContain(`error[${code}]`);
    expect(ran.err).toContain(words);
    // Files are named as the user named them.
    expect(ran.err).not.toContain(cwd);
  });

  it.each([
    ['nowhere/log.json', 'nowhere/log.json cannot be written: its folder is not there.'],
    ['folder', 'folder cannot be written: it is a folder.'],
    ['empty.csv/log.json', 'empty.csv/log.json cannot be written: a file is in the way.'],
  ])('--output %s is refused in plain words', async (output, words) => {
    const ran = await run(['log', 'folder/log.csv', '--output', output], { cwd });
    expect(ran.code).toBe(2);
    expect(ran.err).toContain(`error[FILE_NOT_WRITTEN]: ${words}`);
  });

  it.each([
    [['--map', 'foo'], '"foo" is not a pair of field and column.'],
    [['--map', 'step=a,step=b'], 'The field "step" is mapped twice.'],
    [['--map', 'case_id=nope'], 'has no column "nope" (given for case_id)'],
    [['--timezone', 'Mars'], 'error[TIMEZONE_UNKNOWN]'],
    [['--day-first', '--month-first'], 'A date is read day first or month first, not both.'],
  ])('%j is refused', async (options, words) => {
    const ran = await run(['log', 'folder/log.csv', ...options], { cwd });
    expect(ran.code).toBe(2);
    expect(ran.err).toContain(words);
  });
});
