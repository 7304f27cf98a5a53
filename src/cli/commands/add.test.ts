import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, run, smallLog, smallWorkspace } from '../run.test-support.ts';

const reportKeys = ['rowsIn', 'rowsUsed', 'rowsSetAside', 'reasons', 'mapping', 'fingerprint'];

/** Every file of a folder with its content, to tell whether anything changed. */
function everyFile(folder: string): readonly (readonly [string, string])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => [file, readFileSync(file, 'base64')] as const);
}

const messyLog = `${smallLog.replace('when', 'finished')},received,2026-04-09T09:00:00Z\n4,decided,soon\n`;

describe('add', () => {
  it('prints the report that others rely on with --format json', async () => {
    const cwd = smallWorkspace();
    writeFileSync(join(cwd, 'messy.csv'), messyLog);
    const args = ['add', 'messy.csv', '--into', 'small', '--as', 'events', '--format', 'json'];
    const { code, out } = await run(args, { cwd });
    expect(code).toBe(0);
    const report = JSON.parse(out) as Record<string, unknown>;
    expect(Object.keys(report)).toEqual(expect.arrayContaining(reportKeys));
    expect(report).toMatchObject({
      rowsIn: 9,
      rowsUsed: 7,
      rowsSetAside: 2,
      reasons: expect.arrayContaining([
        { reason: 'CASE_ID_EMPTY', rows: 1 },
        { reason: 'TIME_UNPARSABLE', rows: 1 },
      ]),
      mapping: { case_id: 'case', step: 'step', finished: 'finished' },
      fingerprint: expect.stringMatching(/^[0-9a-f]{16,}$/),
    });
  });

  it('reports in words, in a pipe too, and shows no value of an identifier', async () => {
    const cwd = smallWorkspace();
    writeFileSync(join(cwd, 'messy.csv'), messyLog.replaceAll('\n2,', '\nSECRET-2,'));
    const args = ['add', 'messy.csv', '--into', 'small', '--as', 'events'];
    const { code, out, err } = await run(args, { cwd });
    expect(code).toBe(0);
    await expect(out).toMatchFileSnapshot('../golden/add.txt');
    expect(out + err).not.toContain('SECRET-2');
    expect((await run([...args, '--format', 'json'], { cwd })).out).not.toContain('SECRET-2');
    expect(err).toContain('Next: wellspent check small\n');
  });

  it('brings in every extract of the charter without a file, and says when all are there', async () => {
    const cwd = smallWorkspace();
    const first = await run(['add', '--into', 'small', '--format', 'json'], { cwd });
    expect(JSON.parse(first.out)).toMatchObject([{ file: 'data/log.csv', rowsIn: 7, rowsUsed: 7 }]);
    const again = await run(['add', '--into', 'small'], { cwd });
    expect(again).toMatchObject({ code: 0, out: '' });
    expect(again.err).toContain('data/log.csv is in the workspace already.');
    expect(again.err).toContain('Nothing was changed.');
  });

  it('asks what becomes of a file of the same name, and says how many rows went', async () => {
    const later = smallLog.replaceAll(/^(\d),/gm, 'n$1,');
    const cwd = smallWorkspace();
    for (const [year, text] of [
      ['2023', smallLog],
      ['2024', later],
    ] as const) {
      mkdirSync(join(cwd, year, 'jan'), { recursive: true });
      writeFileSync(join(cwd, year, 'jan', 'extract.csv'), text);
    }
    const add = (year: string, ...more: string[]) =>
      run(['add', `${year}/jan/extract.csv`, '--into', 'small', '--as', 'events', ...more], { cwd });
    expect((await add('2023')).code).toBe(0);
    const before = everyFile(join(cwd, 'small'));
    const asked = await add('2024');
    expect(asked.code).toBe(2);
    await expect(asked.err).toMatchFileSnapshot('../golden/add-name-taken.txt');
    expect(everyFile(join(cwd, 'small'))).toEqual(before);
    const also = await add('2024', '--also');
    expect(also.err).toContain('so this file is called jan/extract (2).csv there; both stay.');
    const again = await add('2024');
    expect(again.err).toContain('jan/extract.csv is in the workspace already, as jan/extract (2).csv.');
    const replaced = await add('2024', '--replace');
    expect(replaced.err).toContain('7 rows went, 7 rows came.');
    const both = await add('2024', '--also', '--replace');
    expect(both).toMatchObject({ code: 2, out: '' });
    expect((await run(['add', '--into', 'small', '--also'], { cwd })).code).toBe(2);
  });

  it('says so when the charter names no extract', async () => {
    const cwd = folderWith({});
    await run(['init', 'new'], { cwd });
    const { code, err } = await run(['add', '--into', 'new'], { cwd });
    expect(code).toBe(0);
    expect(err).toBe(
      'Nothing to do: the charter names no extract. Name a file: wellspent add FILE --into new --as events\n',
    );
  });

  it('changes nothing with --dry-run', async () => {
    const cwd = smallWorkspace();
    await run(['add', '--into', 'small'], { cwd });
    writeFileSync(join(cwd, 'more.csv'), messyLog);
    const before = everyFile(join(cwd, 'small'));
    const { code, out, err } = await run(
      ['add', 'more.csv', '--into', 'small', '--as', 'events', '--dry-run'],
      { cwd },
    );
    expect(code).toBe(0);
    expect(out).toContain('9 rows in = 7 used + 2 set aside');
    expect(err).toContain('Nothing was changed.');
    expect(everyFile(join(cwd, 'small'))).toEqual(before);
  });

  it.each(['--dry-run', '--day-first', '--as=events', '--map=a=b', '--timezone=UTC'])(
    'never ignores %s when no file is named',
    async (option) => {
      const cwd = smallWorkspace();
      const { code, err } = await run(['add', '--into', 'small', option], { cwd });
      expect(code).toBe(2);
      expect(err).toContain(`${option.split('=')[0]} speaks of one file, and none is named.`);
      expect(existsSync(join(cwd, 'small/.wellspent'))).toBe(false);
    },
  );

  it('keeps both of two that run at once', async () => {
    const cwd = smallWorkspace();
    writeFileSync(join(cwd, 'b.csv'), smallLog.replaceAll(/^(\d)/gm, 'b$1'));
    const [a, b] = await Promise.all([
      run(['add', '--into', 'small'], { cwd }),
      run(['add', 'b.csv', '--into', 'small', '--as', 'events'], { cwd }),
    ]);
    expect([a.code, b.code]).toEqual([0, 0]);
    const checked = await run(['check', 'small', '--format', 'json'], { cwd });
    expect(JSON.parse(checked.out)[1]).toMatchObject({ answer: 'All 14 rows of 2 files were used.' });
  });

  it('leaves the workspace as it was when it is stopped', async () => {
    const cwd = smallWorkspace();
    await run(['add', '--into', 'small'], { cwd });
    const rows = Array.from({ length: 60_000 }, (_, i) => `${i % 9000},step ${i % 7},2026-04-01T09:00:00Z`);
    writeFileSync(join(cwd, 'long.csv'), `case,step,when\n${rows.join('\n')}\n`);
    const before = everyFile(join(cwd, 'small'));
    const stop = new AbortController();
    const running = run(['add', 'long.csv', '--into', 'small', '--as', 'events'], {
      cwd,
      signal: stop.signal,
    });
    setImmediate(() => stop.abort());
    expect(await running).toEqual({ code: 130, out: '', err: 'Stopped. Nothing was changed.\n' });
    expect(everyFile(join(cwd, 'small'))).toEqual(before);
    // The same file goes in whole afterwards: no lock and no leftover stands in its way.
    const after = await run(['add', 'long.csv', '--into', 'small', '--as', 'events'], { cwd });
    expect(after.out).toContain('60,000 rows in = 60,000 used + 0 set aside');
  });

  it('a folder in place of a file is answered with a file that is in it, never with one that is not', async () => {
    const cwd = smallWorkspace();
    mkdirSync(join(cwd, 'extracts', 'empty'), { recursive: true });
    writeFileSync(join(cwd, 'extracts', 'April.csv'), smallLog);
    writeFileSync(join(cwd, 'extracts', 'A note.doc'), 'x');
    const told = async (folder: string) => (await run(['add', folder, '--into', 'small'], { cwd })).err;
    expect(await told('extracts/')).toContain('one of the files in it, such as extracts/April.csv\n');
    const none = await told('extracts/empty');
    expect(none).toContain('no file in this folder has the ending of one');
    expect(none).not.toContain('.csv');
  });

  it.each([
    [['nothing.csv', '--into', 'small'], 'There is no file nothing.csv.'],
    [['small', '--into', 'small', '--as', 'events'], 'small is a folder; a file is needed.'],
    [['more.csv', '--into', 'nowhere', '--as', 'events'], 'nowhere holds no service.yaml.'],
    [['more.csv', '--into', 'more.csv', '--as', 'events'], 'more.csv holds no service.yaml.'],
    [['more.csv', '--into', 'small'], 'try               --as events'],
    [['more.csv', '--into', 'small', '--as', 'cases', '--map', 'case_id=id'], 'has no column "id"'],
    // As an attribute the names of people would be kept as they stand.
    [
      ['more.csv', '--into', 'small', '--as', 'events', '--map', 'wroker=step'],
      'try               --map "worker=step"',
    ],
    [['more.csv', '--into', 'small', '--as', 'events', '--map', 'caseid=case'], 'has no field "caseid"'],
  ])('%j is wrong use', async (args, words) => {
    const cwd = smallWorkspace();
    writeFileSync(join(cwd, 'more.csv'), smallLog);
    const { code, out, err } = await run(['add', ...args], { cwd });
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(words);
    expect(err).not.toContain(cwd);
  });

  it('says in plain words that a workspace cannot be written', async () => {
    const cwd = smallWorkspace();
    writeFileSync(join(cwd, 'small/.wellspent'), 'a file where the folder should be');
    const { code, err } = await run(['add', '--into', 'small'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('error[FILE_NOT_WRITTEN]: small/.wellspent cannot be written');
  });
});
