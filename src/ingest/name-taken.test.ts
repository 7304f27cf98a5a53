import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type AddReport,
  type AddRequest,
  addExtract,
  buildWorkspace,
  describeSources,
  openWorkspace,
} from './index.ts';
import {
  number,
  sheetXml,
  styles,
  text,
  workbookParts,
  zipped,
} from './readers/xlsx/write-xlsx.test-support.ts';
import { type SmallWorkspace, smallCharter, smallWorkspace } from './small-workspace.test-support.ts';

const log = (...ids: readonly string[]) =>
  ['case,step,when', ...ids.map((id, i) => `${id},Received,2026-04-0${i + 1}T09:00:00Z`), ''].join('\n');

const header = ['case', 'step', 'finished'].map(text);
const sheet = (...ids: readonly string[]) =>
  sheetXml([
    header,
    ...ids.map((id, i) => [text(id), text('Received'), number(45_353.375 + i, styles.dateTime)]),
  ]);
const book = (jan: readonly string[], feb: readonly string[]) =>
  zipped(workbookParts({ Jan: sheet(...jan), Feb: sheet(...feb) }));

let outside = '';
let small: SmallWorkspace;

/** Writes a file outside the workspace and brings it in. */
function add(
  name: string,
  content: string | Uint8Array,
  rules: Partial<AddRequest> = {},
): Promise<AddReport> {
  const file = join(outside, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  const { workspace, folder } = small;
  return addExtract({ as: 'events', ...rules, workspace, file, keyFile: join(folder, 'key') });
}

const cases = async () => (await small.query('select count(distinct case_id) as n from events'))[0]?.n;
const rows = async () => (await small.query('select count(*) as n from events'))[0]?.n;
const names = () => small.workspace.sources.map(({ file }) => file);
const codes = ({ notices }: AddReport) => notices.map(({ code }) => code);
const manifest = () => readFileSync(join(small.folder, '.wellspent/manifest.json'), 'utf8');

beforeEach(async () => {
  outside = mkdtempSync(join(tmpdir(), 'outside-'));
  small = await smallWorkspace();
});
afterEach(async () => {
  await small.close();
  rmSync(outside, { recursive: true, force: true });
});

describe('a file from outside whose name another file has', () => {
  test('is refused before anything is written, with the rows of the earlier one', async () => {
    await add('2023/jan/extract.csv', log('a', 'b', 'c'));
    const before = manifest();
    for (const dryRun of [true, false])
      await expect(add('2024/jan/extract.csv', log('d', 'e'), { dryRun })).rejects.toMatchObject({
        code: 'SOURCE_NAME_TAKEN',
        message: expect.stringMatching(/^jan\/extract\.csv is in the workspace already/),
        found: expect.stringMatching(/^3 rows, brought in on /),
        hint: expect.stringContaining('--also'),
      });
    expect(manifest()).toBe(before);
    expect(await cases()).toBe(3);
  });

  test('takes its place when told to, and says how many rows went', async () => {
    await add('extract.csv', log('a', 'b', 'c'));
    const report = await add('extract.csv', log('d', 'e'), { sameName: 'replace' });
    expect(report.notices[0]).toMatchObject({ code: 'SOURCE_REPLACED', count: 3 });
    expect(report.notices[0]?.message).toMatch(/3 rows went, 2 rows came\.$/);
    expect([names().length, await cases()]).toEqual([1, 2]);
  });

  test('stays beside it under a name of its own, and rows that both hold count once', async () => {
    await add('2023/jan/extract.csv', log('a', 'b', 'c'));
    const report = await add('2024/jan/extract.csv', log('a', 'b', 'd'), { sameName: 'keep-both' });
    expect(names()).toEqual(['jan/extract.csv', 'jan/extract (2).csv']);
    expect(report.file).toBe('jan/extract (2).csv');
    expect(codes(report)).toContain('SOURCE_BESIDE');
    expect(await rows()).toBe(4);
    // Each of the two is known again by its bytes.
    for (const [name, content] of [
      ['2024/jan/extract.csv', log('a', 'b', 'd')],
      ['2023/jan/extract.csv', log('a', 'b', 'c')],
    ] as const)
      expect(codes(await add(name, content))).toContain('ALREADY_IMPORTED');
    await add('2025/jan/extract.csv', log('e'), { sameName: 'keep-both' });
    expect(names().at(-1)).toBe('jan/extract (3).csv');
    await expect(add('2026/jan/extract.csv', log('f'))).rejects.toMatchObject({
      found: expect.stringMatching(
        /^1 row, .*; jan\/extract \(2\)\.csv: 3 rows, .*; jan\/extract \(3\)\.csv: 1 row, /,
      ),
    });
  });

  test('needs no answer where it is the earlier one and what came after', async () => {
    await add('extract.csv', log('a', 'b'));
    const grown = await add('extract.csv', log('a', 'b', 'c'));
    expect(grown.notices[0]).toMatchObject({ code: 'SOURCE_REPLACED', count: 2 });
    expect(grown.notices[0]?.message).toContain('has grown');
    expect([names().length, await rows()]).toEqual([1, 3]);
    await add('extract.csv', log('x', 'y'), { sameName: 'keep-both' });
    await add('extract.csv', log('x', 'y', 'z'));
    expect([names().length, await cases()]).toEqual([2, 6]);
  });

  test('needs no answer where it is the same bytes read otherwise, or fills another table', async () => {
    await add('extract.csv', log('a', 'b'));
    const again = await add('extract.csv', log('a', 'b'), {
      map: { case_id: 'case', step: 'step', finished: 'when' },
      timezone: 'Europe/Paris',
    });
    expect(again.notices[0]?.message).toContain('was read anew');
    await add('extract.csv', 'case_id,opened\na,2026-04-01\n', { as: 'cases' });
    expect(names().length).toBe(2);
  });
});

describe('a file whose path says where it lies', () => {
  test('takes the place of its earlier version, and says how many rows went', async () => {
    await small.add('log.csv', log('a', 'b', 'c'));
    const report = await small.add('log.csv', log('d'));
    expect(report.notices[0]).toMatchObject({ code: 'SOURCE_REPLACED', count: 3 });
    expect(await cases()).toBe(1);
    await small.add('log.csv', log('e'), { sameName: 'keep-both' });
    expect(names()).toEqual(['log.csv', 'log (2).csv']);
    expect(codes(await small.add('log.csv', log('e')))).toContain('ALREADY_IMPORTED');
  });

  test('two files outside that the charter lists stay apart though their ends are alike', async () => {
    for (const [year, id] of [
      ['2023', 'a'],
      ['2024', 'b'],
    ] as const) {
      mkdirSync(join(outside, year, 'jan'), { recursive: true });
      writeFileSync(join(outside, year, 'jan', 'x.csv'), log(id));
    }
    const dir = join(outside, 'w');
    const map = 'map: {case_id: case, step: step, finished: when}';
    smallCharter(
      dir,
      `[{file: ../2023/jan/x.csv, as: events, ${map}}, {file: ../2024/jan/x.csv, as: events, ${map}}]`,
    );
    const options = { keyFile: join(outside, 'key') };
    const built = await buildWorkspace(dir, options);
    expect(built.map(({ file }) => file)).toEqual(['../2023/jan/x.csv', '../2024/jan/x.csv']);
    writeFileSync(join(outside, '2024', 'jan', 'x.csv'), log('c', 'd'));
    const again = await buildWorkspace(dir, options);
    expect(again.map(codes)).toEqual([['ALREADY_IMPORTED'], ['SOURCE_REPLACED']]);
  });
});

describe('sheets of one workbook', () => {
  test('stand beside each other, each named', async () => {
    const both = book(['a', 'b'], ['c']);
    await add('book.xlsx', both, { sheet: 'Jan' });
    const feb = await add('book.xlsx', both, { sheet: 'Feb' });
    expect(codes(feb)).not.toContain('SOURCE_REPLACED');
    expect(names().map((name) => name.split('/').at(-1))).toEqual([
      'book.xlsx, sheet Jan',
      'book.xlsx, sheet Feb',
    ]);
    expect(await cases()).toBe(3);
    const other = book(['d'], ['e']);
    await expect(add('book.xlsx', other, { sheet: 'Feb' })).rejects.toMatchObject({
      code: 'SOURCE_NAME_TAKEN',
    });
    const also = await add('book.xlsx', other, { sheet: 'Feb', sameName: 'keep-both' });
    expect(also.file).toMatch(/book \(2\)\.xlsx, sheet Feb$/);
    expect(JSON.stringify(await describeSources(small.workspace))).toContain('book.xlsx, sheet Jan');
  });

  test('are mended each by itself, though their bytes are those of one file', async () => {
    const both = book(['a', 'b'], ['c']);
    await add('book.xlsx', both, { sheet: 'Jan' });
    const [jan] = JSON.parse(manifest()).sources;
    writeFileSync(join(small.folder, '.wellspent', jan.staged[0].file), 'spoilt');
    await expect(add('book.xlsx', both, { sheet: 'Feb' })).rejects.toMatchObject({
      code: 'WAREHOUSE_FILE_CHANGED',
    });
    expect(codes(await add('book.xlsx', both, { sheet: 'Jan' }))).toContain('SOURCE_MENDED');
    await add('book.xlsx', both, { sheet: 'Feb' });
    expect([names().length, await cases()]).toEqual([2, 3]);
  });

  test('may both be listed by the charter, and are asked about where one is not said', async () => {
    const dir = join(outside, 'w');
    smallCharter(
      dir,
      '[{file: book.xlsx, as: events, sheet: Jan}, {file: book.xlsx, as: events, sheet: Feb}]',
    );
    writeFileSync(join(dir, 'book.xlsx'), book(['a', 'b'], ['c']));
    const keyFile = join(outside, 'key');
    const built = await buildWorkspace(dir, { keyFile });
    expect(built.map(({ file, rowsUsed }) => [file, rowsUsed])).toEqual([
      ['book.xlsx, sheet Jan', 2],
      ['book.xlsx, sheet Feb', 1],
    ]);
    const again = await buildWorkspace(dir, { keyFile });
    expect(again.every((report) => codes(report).includes('ALREADY_IMPORTED'))).toBe(true);
    const workspace = await openWorkspace(dir);
    const asked = { workspace, file: join(dir, 'book.xlsx'), keyFile };
    await expect(addExtract(asked)).rejects.toMatchObject({ code: 'SHEET_AMBIGUOUS', found: 'Jan, Feb' });
    expect(codes(await addExtract({ ...asked, sheet: 'Feb' }))).toContain('ALREADY_IMPORTED');
    await workspace.close();
  });
});
