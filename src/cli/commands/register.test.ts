import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, describe, expect, it } from 'vitest';
import { noServer, startServer } from '../../stores/records/postgres/server.test-support.ts';
import { emptyFolder, folderWith, run, smallCharter, smallLog } from '../run.test-support.ts';

/** A workspace with its data, and copies of it for the tests that change one. */
let cwd = '';

beforeAll(async () => {
  cwd = folderWith({ 'small/service.yaml': smallCharter(), 'small/data/log.csv': smallLog });
  expect((await run(['add', '--into', 'small'], { cwd })).code).toBe(0);
});

interface Kept {
  readonly charter: { readonly name: string; readonly version: string; readonly hash: string };
  readonly kept: readonly { readonly result: string; readonly version: number; readonly isNew: boolean }[];
}

const keep = async (...args: readonly string[]) => {
  const ran = await run(['register', 'keep', 'small', '--format', 'json', ...args], { cwd });
  expect(ran.code).toBe(0);
  return JSON.parse(ran.out) as Kept;
};

const verified = async (...args: readonly string[]) => {
  const { code, out } = await run(['verify', ...args, '--format', 'json'], { cwd });
  const { size, root, fault } = JSON.parse(out) as {
    size: number;
    root: string;
    fault: { entry: number | null; code: string } | null;
  };
  return { code, size, root, fault: fault && [fault.entry, fault.code] };
};

describe('the register of a workspace', () => {
  it('begins empty, and is made by keeping figures', async () => {
    expect(await run(['verify', 'small'], { cwd })).toEqual({
      code: 0,
      out: 'There is no entry in the register yet.\n  size  0\n  root  47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n',
      err: 'Next: wellspent register keep small\n',
    });
    expect((await run(['register', 'export', 'small', '--into', 'out'], { cwd })).err).toContain(
      'RECORDS_MISSING',
    );
    expect(existsSync(join(cwd, 'small', 'records.db'))).toBe(false);

    const { charter, kept } = await keep('--result', 'output', 'quality');
    expect(charter).toMatchObject({ name: 'small', version: '1.0.0' });
    expect(kept.map(({ result, version, isNew }) => [result, version, isNew])).toEqual([
      ['output', 1, true],
      ['quality', 1, true],
    ]);
    expect((await keep('--result', 'output')).kept).toMatchObject([{ version: 1, isNew: false }]);
    const ran = await run(['verify', 'small'], { cwd });
    expect(ran.code).toBe(0);
    expect(ran.out).toMatch(
      /^The register holds 3 entries, and they hold together\. .*\n {2}size {2}3\n {2}root {2}\S{44}\n {2}name {2}small\.register\/[0-9a-f]{12}\n$/,
    );
  });

  it('lists its entries', async () => {
    const { code, out } = await run(['register', 'list', 'small', '--format', 'csv'], { cwd });
    expect(code).toBe(0);
    expect(out.split('\n').map((line) => line.split(',').slice(0, 6).join())).toEqual([
      'entry,recorded,kind,id,version,role',
      '0,2026-05-04T09:30:00Z,charter.version,small,1,analyst',
      '1,2026-05-04T09:30:00Z,result.kept,output,1,analyst',
      '2,2026-05-04T09:30:00Z,result.kept,quality,1,analyst',
      '',
    ]);
  });

  it('goes on with a changed charter, and continues what somebody kept of it', async () => {
    expect((await run(['register', 'export', 'small', '--into', 'kept'], { cwd })).out).toContain(
      '  size  3\n',
    );
    writeFileSync(
      join(cwd, 'small', 'service.yaml'),
      smallCharter().replace('version: 1.0.0', 'version: 1.1.0'),
    );
    const { charter, kept } = await keep('--result', 'output', '--role', 'auditor');
    expect(charter.version).toBe('1.1.0');
    expect(kept).toMatchObject([{ version: 2, isNew: true }]);
    const against = await verified('small', '--against', 'kept');
    expect(against).toMatchObject({ code: 0, size: 5, fault: null });
    const file = join('kept', 'checkpoints', '3.txt');
    expect(await verified('small', '--against', file)).toEqual(against);
    const exported = await run(['register', 'export', 'small', '--into', 'kept'], { cwd });
    expect(exported.out).toContain(`  root  ${against.root}\n`);
    expect(await verified('kept')).toMatchObject({ code: 0, size: 5, root: against.root });
    expect(readdirSync(join(cwd, 'kept', 'checkpoints')).sort()).toEqual([
      '1.txt',
      '2.txt',
      '3.txt',
      '4.txt',
      '5.txt',
    ]);
  });

  it('says which entry breaks, and exits with 1', async () => {
    const database = new DatabaseSync(join(cwd, 'small', 'records.db'));
    database.exec(
      "drop trigger register_entries_update; update register_entries set leaf = '0' where place = 2",
    );
    database.close();
    expect(await verified('small')).toMatchObject({ code: 1, fault: [2, 'REGISTER_DAMAGED'] });
    const { code, out } = await run(['verify', 'small'], { cwd });
    expect(code).toBe(1);
    expect(out).toContain(
      'error[REGISTER_DAMAGED]: Entry 2 does not have the bytes that it had when it was added.\n',
    );
    expect(out).toContain('First entry that breaks: 2, counted from 0. The 2 before it are sound.\n');
    expect((await run(['register', 'keep', 'small', '--result', 'inputs'], { cwd })).err).toContain(
      'REGISTER_DAMAGED',
    );
    expect((await run(['register', 'export', 'small', '--into', 'other'], { cwd })).err).toContain(
      'REGISTER_DAMAGED',
    );
    expect(existsSync(join(cwd, 'other'))).toBe(false);
  });

  it('that was removed or begun again is not what somebody kept', async () => {
    for (const part of ['records.db', 'records.db-wal', 'records.db-shm'])
      rmSync(join(cwd, 'small', part), { force: true });
    expect(await verified('small', '--against', 'kept')).toMatchObject({ code: 1, fault: [0, 'TRUNCATED'] });
    await keep('--result', 'output');
    expect(await verified('small', '--against', 'kept')).toMatchObject({
      code: 1,
      fault: [null, 'CHECKPOINT_MALFORMED'],
    });
    const { code, err } = await run(['register', 'export', 'small', '--into', 'kept'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('EQUIVOCATION');
  });
});

describe('an exported register', () => {
  it('is verified without its workspace, and breaks where it was changed', async () => {
    const log = join(cwd, 'kept', 'log.ndjson');
    const before = readFileSync(log, 'utf8');
    writeFileSync(log, before.replace('"role":"auditor"', '"role":"analyst"'));
    expect(await verified('kept')).toMatchObject({ code: 1, fault: [3, 'CONSISTENCY_INVALID'] });
    writeFileSync(log, before.replaceAll('\n', '\r\n'));
    const { code, out } = await run(['verify', 'kept'], { cwd });
    expect(code).toBe(1);
    expect(out).toContain(
      'error[NOT_CANONICAL]: The line ends with a CR: a program has changed its line ends.\n',
    );
    expect(out).toContain('First entry that breaks: 0, counted from 0. No entry is sound.\n');
    writeFileSync(log, before);
  });

  it('that nobody signed is not accepted for a key', async () => {
    writeFileSync(
      join(cwd, 'keys.txt'),
      'register.wellspent.example+93a2c866+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea\n',
    );
    expect(await verified('kept', '--keys', 'keys.txt')).toMatchObject({
      code: 1,
      fault: [null, 'UNKNOWN_KEY'],
    });
  });
});

describe('wrong use', () => {
  it.each([
    [['register', 'kep'], 'The register cannot "kep". Did you mean "keep"?'],
    [['register'], 'register needs to be told the action'],
    [['register', 'export', 'small'], 'Say where to write the register.'],
    [['register', 'keep', 'small', '--role', 'Jo'], '"Jo" is not a role.'],
    [
      ['register', 'keep', 'small', '--result', 'outptu'],
      'There is no Result "outptu". Did you mean "output"?',
    ],
    [['verify', 'nowhere'], 'nowhere is neither a workspace nor an exported register.'],
    [['verify', 'kept', '--against', 'small'], 'small holds no checkpoint.'],
    [['verify', 'kept', '--against', 'nothing.txt'], 'There is no file nothing.txt.'],
    [['verify', 'kept', '--keys', 'small/service.yaml'], 'This is not a verifier key that can be used.'],
  ])('%j is said to be', async (args, message) => {
    const { code, out, err } = await run(args, { cwd });
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });

  it('an address of records that is none is said to be, without showing it', async () => {
    const env = { WELLSPENT_RECORDS: 'mysql://secret@host/db' };
    const { code, err } = await run(['verify', 'small'], { cwd, env });
    expect(code).toBe(2);
    expect(err).toContain('WELLSPENT_RECORDS is not the address of a database.');
    expect(err).not.toContain('secret');
  });
});

it('a charter that is not there is missed by both commands', async () => {
  const nowhere = emptyFolder();
  for (const args of [['register', 'list'], ['verify']])
    expect((await run(args, { cwd: nowhere })).err).toContain('WORKSPACE_NOT_FOUND');
});

describe.skipIf(noServer !== undefined)(
  `records in PostgreSQL${noServer ? ` (skipped: ${noServer})` : ''}`,
  () => {
    it('are those that WELLSPENT_RECORDS names', async () => {
      const server = await startServer();
      try {
        const here = folderWith({ 'small/service.yaml': smallCharter(), 'small/data/log.csv': smallLog });
        const env = { WELLSPENT_RECORDS: server.url };
        const ran = (...args: readonly string[]) => run(args, { cwd: here, env });
        await ran('add', '--into', 'small');
        expect((await ran('verify', 'small')).out).toContain('There is no entry in the register yet.');
        expect((await ran('register', 'keep', 'small', '--result', 'output')).out).toContain(
          'Kept 1 Result.',
        );
        expect((await ran('register', 'export', 'small', '--into', 'copy')).out).toContain(
          'Wrote 2 entries to copy.',
        );
        expect((await ran('verify', 'small', '--against', 'copy')).out).toContain('up to 2 entries');
        expect(existsSync(join(here, 'small', 'records.db'))).toBe(false);
      } finally {
        await server.stop();
      }
    });
  },
);
