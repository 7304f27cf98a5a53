import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, folderWith, run } from '../run.test-support.ts';

describe('init', () => {
  it('makes a workspace whose charter has no faults', async () => {
    const cwd = emptyFolder();
    const { code, out, err } = await run(['init', 'My Service'], { cwd });
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toMatchInlineSnapshot(`
      "Made My Service/service.yaml, a charter to fill in, and My Service/data for extracts.
      Next: wellspent add FILE --into 'My Service' --as events, then wellspent check 'My Service'
      "
    `);
    expect(readFileSync(join(cwd, 'My Service/service.yaml'), 'utf8')).toContain(
      'service: my-service\ntitle: My service\nversion: 0.1.0\neffective: 2026-05-04 ',
    );
    const checked = await run(['check', 'My Service'], { cwd });
    expect(checked.code).toBe(0);
    expect(checked.err).toContain("wellspent add FILE --into 'My Service' --as events");
  });

  it('keeps case data out of a repository', async () => {
    const cwd = emptyFolder();
    await run(['init', 'a'], { cwd });
    expect(readFileSync(join(cwd, 'a/.gitignore'), 'utf8')).toBe('.wellspent/\ndata/\nrecords.db*\n');
  });

  it('takes an empty folder, and makes those above', async () => {
    const cwd = emptyFolder();
    mkdirSync(join(cwd, 'there'));
    expect((await run(['init', 'there'], { cwd })).code).toBe(0);
    expect((await run(['init', 'new/and/deep'], { cwd })).code).toBe(0);
    expect(existsSync(join(cwd, 'new/and/deep/service.yaml'))).toBe(true);
  });

  it('never writes over anything', async () => {
    const cwd = folderWith({ 'full/notes.txt': 'mine', file: 'mine' });
    const full = await run(['init', 'full'], { cwd });
    expect(full.code).toBe(2);
    expect(full.err).toContain('error[FILE_EXISTS]: full is there already and is not empty.');
    expect(readdirSync(join(cwd, 'full'))).toEqual(['notes.txt']);
    const file = await run(['init', 'file'], { cwd });
    expect(file.code).toBe(2);
    expect(file.err).toContain('error[FILE_EXISTS]: file is there already, and is a file.');
    expect(readFileSync(join(cwd, 'file'), 'utf8')).toBe('mine');
    expect((await run(['init', 'file/below'], { cwd })).err).toContain(
      'file/below cannot be written: a file is in the way.',
    );
  });

  it('asks for a name', async () => {
    const ran = await run(['init', ' ']);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain('The folder to make has no name.');
  });
});
