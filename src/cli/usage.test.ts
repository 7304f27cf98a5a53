import { describe, expect, it } from 'vitest';
import { commandTable, laterVerbs } from './commands.ts';
import { folderWith, run } from './run.test-support.ts';

const commands = commandTable().map(({ command }) => command.name());

describe('help', () => {
  it('is short without arguments, with two examples', async () => {
    const { code, out, err } = await run([]);
    expect(code).toBe(0);
    expect(err).toBe('');
    await expect(out).toMatchFileSnapshot('golden/short-help.txt');
    expect(out.split('Examples:\n')[1]?.match(/^ {2}wellspent /gm)).toHaveLength(2);
    expect(await run(['--debug'])).toEqual({ code, out, err });
  });

  it('is the whole with --help and with help', async () => {
    const { code, out } = await run(['--help']);
    expect(code).toBe(0);
    await expect(out).toMatchFileSnapshot('golden/help.txt');
    expect((await run(['help'])).out).toBe(out);
  });

  it.each(commands)('of %s names its options', async (name) => {
    const { code, out } = await run([name, '--help'], { width: 90 });
    expect(code).toBe(0);
    await expect(out).toMatchFileSnapshot(`golden/help-${name}.txt`);
    expect((await run(['help', name], { width: 90 })).out).toBe(out);
  });

  it('keeps to the width of the terminal', async () => {
    const { out } = await run(['measure', '--help'], { width: 60 });
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  it('prints the version alone', async () => {
    expect((await run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('wrong use', () => {
  it.each([
    [['measur'], 'There is no command "measur". Did you mean "measure"?', 'wellspent measure'],
    [['help', 'ad'], 'There is no command "ad". Did you mean "add"?', 'wellspent add'],
    [['xyzzy'], 'There is no command "xyzzy".', 'wellspent --help'],
    [['choose'], '"choose" (comparing options) is not in this version.', 'wellspent --help'],
    [['-x'], 'wellspent has no option -x.', 'wellspent --help'],
    [
      ['find', '--formt', 'csv'],
      'find has no option --formt. Did you mean --format?',
      'wellspent find --help',
    ],
    [['find', '--format', 'jsn'], '--format cannot be "jsn". Did you mean "json"?', '--format json'],
    [['find', '--format', 'xml'], '--format cannot be "xml".', '--format with one of table, json, csv'],
    [['add', 'x', '--as', 'evens'], '--as cannot be "evens". Did you mean "events"?', '--as events'],
    [['log', 'x', '--output'], '--output needs a value: --output <path>.', 'wellspent log --help'],
    [['init'], 'init needs to be told the dir (folder to make).', 'wellspent init DIR'],
    [['log', 'my', 'file.csv'], 'log was given more words than it takes.', 'wellspent log --help'],
    [['serve', '--port', '99999999999999999999'], '"99999999999999999999" is not a port.', '--port 4600'],
    [['serve', '--port', '-1'], '"-1" is not a port.', '--port 4600'],
    [['demo', 'pasports'], 'There is no example "pasports".', 'did you mean "passports"?'],
    [
      ['demo', 'x'],
      'There is no example "x".',
      'wellspent demo emergency (or passports, contact-centre, council, claims, operations)',
    ],
    [['explain', 'FILE_EMTY'], 'There is no code "FILE_EMTY".', 'did you mean "FILE_EMPTY"?'],
    [['explain', 'nothing'], 'There is no code "nothing".', 'wellspent explain, which lists them all'],
  ])('%j is refused with a remedy', async (args, message, remedy) => {
    const { code, out, err } = await run(args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(`error[USAGE]: ${message}`);
    expect(err).toContain(`\n  try               ${remedy}\n`);
    expect(err).toContain('wellspent explain USAGE');
  });

  it('says of every verb to come that it is not here yet', async () => {
    for (const [verb, what] of Object.entries(laterVerbs))
      expect((await run([verb])).err).toContain(`"${verb}" (${what}) is not in this version.`);
  });

  it('tells how to name a file that looks like an option', async () => {
    const cwd = folderWith({ '--log.csv': 'x' });
    expect((await run(['log', '--log.csv'], { cwd })).err).toContain('the file as ./--log.csv');
  });
});

describe('errors', () => {
  it('show a stack with --debug and never without', async () => {
    const args = ['log', 'nothing.csv'];
    expect((await run(args)).err).not.toContain('    at ');
    expect((await run([...args, '--debug'])).err).toMatch(/\n {4}at /);
  });

  it('are coloured at a terminal, unless NO_COLOR says otherwise', async () => {
    const at = (env: Record<string, string>) => run(['log', 'x'], { atTerminal: true, env });
    expect((await at({})).err).toContain('\u001b[31merror[FILE_NOT_FOUND]');
    for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }])
      expect((await at(env)).err).toMatch(/^error\[FILE_NOT_FOUND\]/);
    expect((await at({ NO_COLOR: '' })).err).toContain('\u001b[31m');
    expect((await run(['log', 'x'])).err).toMatch(/^error\[FILE_NOT_FOUND\]/);
  });

  it('that nobody foresaw are our fault: exit 3, and how to report them', async () => {
    const { code, err } = await run(['calc', 'index'], { stdin: new Error('unplugged') });
    expect(code).toBe(3);
    expect(err).toContain('error[INTERNAL]: Something went wrong that we did not foresee: unplugged');
    expect(err).toContain('the same command with --debug');
  });

  it('are not our fault where the disk is full, though the system does not say of which file', async () => {
    const stdin = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    const { code, err } = await run(['calc', 'index'], { stdin });
    expect(code).toBe(2);
    expect(err).toContain('error[FILE_NOT_WRITTEN]: A file cannot be written: the disk is full.');
    expect(err).toContain('free room on that disk');
  });
});

describe('explain', () => {
  it('says what a code means and what to do, in any case of letters', async () => {
    const { code, out } = await run(['explain', 'file_empty']);
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "FILE_EMPTY

      What it means
        The file holds nothing: no bytes, or only blank lines.

      What to do
        Check that the export finished, and export it again.
      "
    `);
  });

  it('lists every code without one', async () => {
    const { out } = await run(['explain']);
    expect(out).toContain('\nCHARTER_COLUMN_MISSING\n  The charter names a column');
    expect(out).toContain('\nINTERNAL\n');
  });
});
