import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Result, sha256Hex, wilson } from '../../core/index.ts';
import { emptyFolder, folderWith, run, smallCharter } from '../run.test-support.ts';

/** A workspace of 240 cases in two months, few of them late, by three offices. */
function officesWorkspace(): string {
  const rows = Array.from({ length: 240 }, (_, i) => {
    const opened = Date.UTC(2025, 11, 1, 9) + i * 6 * 3_600_000;
    const closed = opened + (i % 40 === 0 ? 8 : 2) * 86_400_000;
    const at = (time: number) => new Date(time).toISOString();
    const office = i % 60 === 7 ? 'East' : i % 3 === 0 ? 'South' : 'North';
    return `${i},received,${at(opened)},${office}\n${i},decided,${at(closed)},${office}\n`;
  });
  const charter = smallCharter(
    'groups: [{ id: office, title: Office, column: office }]\npublish: { pages: [measure/effectiveness, measure/output] }\n',
  );
  return folderWith({
    'small/service.yaml': charter,
    'small/data/log.csv': `case,step,when,office\n${rows.join('')}`,
  });
}

let cwd = '';
let first: Awaited<ReturnType<typeof run>>;
beforeAll(async () => {
  cwd = officesWorkspace();
  await run(['add', '--into', 'small'], { cwd });
  first = await run(['export', 'small', '--into', 'out'], { cwd });
});

const at = (...parts: string[]) => join(cwd, ...parts);
const ledgerLines = () => readFileSync(at('small/releases.ndjson'), 'utf8').trim().split('\n');

describe('export', () => {
  it('writes tables, charts, a spreadsheet and their description, and says so', () => {
    expect(first.err).toContain('Wrote out and a line in releases.ndjson');
    expect(first.code).toBe(0);
    expect(first.out).toMatch(/^Release 1 of "A small service": 2 pages, \d+ files/);
    expect(first.out).toContain('Profile 10-5:');
    expect(readdirSync(at('out')).sort()).toEqual([
      'charts',
      'csv',
      'datapackage.json',
      'parquet',
      'small.ods',
    ]);
    const names = readdirSync(at('out/csv'));
    expect(names).toContain('figures.csv');
    expect(names).toContain('measure-output-volumes.csv');
    expect(names.some((name) => name.startsWith('find-'))).toBe(false);
    expect(readdirSync(at('out/parquet')).length).toBe(names.length);
  });

  it('counts as suppressed only what held a value, and tells what was empty apart', async () => {
    const told = /(\d+) of (\d+) counts suppressed \((\d+) small, (\d+) to protect them\)/.exec(first.out);
    const [hidden, all, small, more] = (told ?? []).slice(1).map(Number);
    expect(hidden).toBe((small ?? 0) + (more ?? 0));
    expect(hidden).toBeGreaterThan(0);
    expect(hidden).toBeLessThanOrEqual(all ?? 0);
    const { counts } = JSON.parse(ledgerLines()[0] ?? '{}') as { counts: Record<string, number | null> };
    const empty = Number(/(\d+) counts? that the pages leave empty/.exec(first.out)?.[1] ?? 0);
    expect((all ?? 0) + empty).toBe(Object.keys(counts).length);
  });

  it('refuses to publish a workspace without data, with a code and what to do', async () => {
    const folder = folderWith({ 'bare/service.yaml': smallCharter() });
    const bare = await run(['export', 'bare', '--into', 'out'], { cwd: folder });
    expect(bare.code).not.toBe(0);
    expect(bare.err).toContain('PUBLISH_NO_DATA');
    expect(bare.err).toContain('wellspent add --into bare');
    expect(existsSync(join(folder, 'out'))).toBe(false);
    expect(existsSync(join(folder, 'bare/releases.ndjson'))).toBe(false);
  });

  it('shows no count under ten and none that is not rounded', () => {
    const rows = readFileSync(at('out/csv/measure-output-volumes.csv'), 'utf8').trim().split('\r\n').slice(1);
    const counts = rows.map((row) => row.split(',')[3] ?? '');
    expect(counts.length).toBeGreaterThan(0);
    for (const count of counts) if (count !== '[c]') expect(Number(count) % 5).toBe(0);
  });

  it('quotes no exact count, in no file', async () => {
    const { out } = await run(['measure', 'small', '--format', 'json'], { cwd });
    const exact = (JSON.parse(out) as readonly Result[])
      .filter(({ id }) => id === 'effectiveness' || id === 'output')
      .flatMap(({ tables, figures }) => [
        ...figures.filter(({ unit }) => unit === 'count').map(({ value }) => value),
        ...tables.flatMap(({ columns, rows }) =>
          columns
            .filter(({ type, ofNobody }) => type === 'count' && !ofNobody)
            .flatMap(({ key }) => rows.map((row) => row[key])),
        ),
      ])
      .filter((count): count is number => typeof count === 'number' && count > 60 && count % 5 !== 0);
    expect(exact.length).toBeGreaterThan(0);
    const files = [
      ...readdirSync(at('out/csv')).map((name) => at('out/csv', name)),
      ...readdirSync(at('out/charts')).map((name) => at('out/charts', name)),
      at('out/datapackage.json'),
      at('small/releases.ndjson'),
    ].map((file) => readFileSync(file, 'utf8').replaceAll(/[0-9a-f]{64}|\d{4}-\d\d-\d\dT[\d:.]+Z/g, ''));
    for (const count of exact)
      for (const text of files) expect(text).not.toMatch(new RegExp(`(?<![\\d.,])${count}(?![\\d.%])`));
  });

  it('gives every figure its definition, source, method and version', () => {
    const [head = '', row = ''] = readFileSync(at('out/csv/figures.csv'), 'utf8').split('\r\n');
    expect(head).toBe(
      'result,figure,period,value,unit,low,high,level,interval_method,interval_meaning,note,definition,definition_version,definition_hash,vintage,rows_table,rows_used,rows_left_out,rows_note,rows_set_aside,set_aside_reasons,method,settings,quality_coverage,cautions,seed,code,extracts',
    );
    expect(row).toContain('small/measure-effectiveness/');
    expect(row).toMatch(/data\/log\.csv [0-9a-f]{64}$/);
  });

  it('describes each table, with the symbols that stand for missing values', () => {
    const { resources } = JSON.parse(readFileSync(at('out/datapackage.json'), 'utf8')) as {
      resources: readonly { path: string; schema: { missingValues: readonly string[] } }[];
    };
    for (const { path, schema } of resources) {
      expect(existsSync(at('out', path))).toBe(true);
      expect(schema.missingValues).toContain('[c]');
    }
    expect(resources.length).toBe(readdirSync(at('out/csv')).length);
  });

  it('makes a spreadsheet of cover, contents, notes and one table a sheet', () => {
    const content = strFromU8(
      unzipSync(readFileSync(at('out/small.ods')))['content.xml'] ?? new Uint8Array(),
    );
    const sheets = [...content.matchAll(/<table:table table:name="([^"]+)"/g)].map(([, name]) => name);
    expect(sheets.slice(0, 4)).toEqual(['Cover', 'Contents', 'Notes', 'Table_1']);
    expect(content).toContain('[note 1]');
  });

  it('keeps in the ledger what was released, with the hash of every file', () => {
    const release = JSON.parse(ledgerLines()[0] ?? '');
    expect(release).toMatchObject({
      release: 1,
      service: 'small',
      previous: null,
      profile: { name: '10-5' },
    });
    expect(release.pages).toEqual(['measure/effectiveness', 'measure/output']);
    for (const { path, sha256 } of release.files)
      expect(sha256Hex(readFileSync(at('out', path)))).toBe(sha256);
    for (const value of Object.values(release.counts)) if (value !== null) expect(Number(value) % 5).toBe(0);
  });

  it('refuses a folder that is not empty, and one that holds something else', async () => {
    const again = await run(['export', 'small', '--into', 'out'], { cwd });
    expect(again.code).toBe(2);
    expect(again.err).toContain('error[FILE_EXISTS]: out is not empty.');
    mkdirSync(at('other'));
    writeFileSync(at('other/mine.txt'), 'mine');
    const other = await run(['export', 'small', '--into', 'other', '--replace'], { cwd });
    expect(other.err).toContain('holds something other than a publication');
    expect(readFileSync(at('other/mine.txt'), 'utf8')).toBe('mine');
    expect(ledgerLines()).toHaveLength(1);
  });

  it('writes nothing, and no line, where it cannot put the folder in its place', async () => {
    writeFileSync(at('file'), '');
    const ran = await run(['export', 'small', '--into', 'file/out'], { cwd });
    expect(ran.code).toBe(2);
    expect(ran.err).toContain('error[FILE_NOT_WRITTEN]');
    expect(ledgerLines()).toHaveLength(1);
    expect(readdirSync(at('small')).sort()).toEqual([
      '.wellspent',
      'data',
      'releases.ndjson',
      'service.yaml',
    ]);
  });

  it('replaces a publication when asked, gives the same values again, and follows the line before', async () => {
    const before = readFileSync(at('out/csv/measure-output-volumes.csv'), 'utf8');
    const ran = await run(['export', 'small', '--into', 'out', '--replace', '--format', 'json'], { cwd });
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.out)).toMatchObject({ release: 2, givenBefore: [] });
    expect(readFileSync(at('out/csv/measure-output-volumes.csv'), 'utf8')).toBe(before);
    const [line = '', second = ''] = ledgerLines();
    expect(JSON.parse(second).previous).toBe(sha256Hex(line));
    expect(readdirSync(cwd).filter((name) => name.startsWith('.out'))).toEqual([]);
  });

  it('says which counts an earlier release tells that this profile would hide', async () => {
    const home = officesWorkspace();
    await run(['add', '--into', 'small'], { cwd: home });
    const loose = { threshold: 1, base: 1, zeros: 'shown', name: 'none' };
    writeFileSync(join(home, 'loose.yaml'), JSON.stringify(loose));
    const open = await run(['export', 'small', '--into', 'a', '--profile', 'loose.yaml'], { cwd: home });
    expect(open.out).toContain('(0 small, 0 to protect them');
    const closed = await run(['export', 'small', '--into', 'b'], { cwd: home });
    expect(closed.out).toContain('Not protected any more, because an earlier release tells them:');
  });
});

/** Columns of a share with its interval, by the names that tables give them. */
const intervals = [
  ['value', 'low', 'high'],
  ['share', 'low', 'high'],
] as const;

/** True when every number of cases that reads as a share with this Wilson interval has under ten with it, or without. */
function fitsSmallCountsAlone(share: number, low: number, high: number): boolean {
  const near = (a: number, b: number) => Math.abs(a - b) < 0.000501;
  let fits = 0;
  for (let n = 1; n <= 2000; n++)
    for (const k of new Set([Math.floor(share * n), Math.ceil(share * n)])) {
      const range = wilson(Math.min(k, n), n);
      if (k > n || !near(k / n, share) || !near(range.low, low) || !near(range.high, high)) continue;
      if (k >= 10 && n - k >= 10) return false;
      fits++;
    }
  return fits > 0;
}

describe('all pages of a small workspace', () => {
  const csv = (name: string) => {
    const lines = readFileSync(join(cwd, 'all/csv', name), 'utf8')
      .trim()
      .split('\r\n');
    const [head = [], ...rows] = lines.map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
      ),
    );
    return rows.map((row) => Object.fromEntries(head.map((key, i) => [key, row[i] ?? ''])));
  };
  beforeAll(async () => {
    const rows = Array.from({ length: 240 }, (_, i) => {
      const opened = Date.UTC(2025, 11, 1, 9) + i * 6 * 3_600_000;
      const isEast = i % 4 === 0;
      const step = (name: string, days: number) =>
        `${i},${name},${new Date(opened + days * 86_400_000).toISOString()},${isEast ? 'East' : 'North'}\n`;
      const again = i === 9 ? step('asked', 1.5) : '';
      const asked = i % 3 === 0 ? step('asked', 1) + again : '';
      return step('received', 0) + asked + step('decided', i % 40 === 0 ? 30 : (isEast ? 12 : 2) + (i % 5));
    });
    const charter = smallCharter(
      'groups: [{ id: office, title: Office, column: office }]\ntargets: [{ id: soon, title: Soon, share: duration_days <= 21, of: "has(\'asked\')", at_least: 0.9 }]\n',
    );
    const home = folderWith({
      'small/service.yaml': charter,
      'small/data/log.csv': `case,step,when,office\n${rows.join('')}`,
    });
    await run(['add', '--into', 'small'], { cwd: home });
    const ran = await run(['export', 'small', '--into', join(cwd, 'all')], { cwd: home });
    expect(ran).toMatchObject({ code: 0, err: expect.stringContaining('Wrote') });
  });

  it('prints no share from which a suppressed count follows', () => {
    const found = readdirSync(join(cwd, 'all/csv')).flatMap((name) =>
      csv(name).flatMap((row) =>
        intervals.flatMap((keys) => {
          const [share, low, high] = keys.map((key) =>
            /^[\d.]+$/.test(row[key] ?? '') ? Number(row[key]) : Number.NaN,
          );
          return share === undefined || low === undefined || high === undefined || !(share <= 1)
            ? []
            : fitsSmallCountsAlone(share, low, high)
              ? [`${name}: ${JSON.stringify(row).slice(0, 200)}`]
              : [];
        }),
      ),
    );
    expect(found).toEqual([]);
    expect(fitsSmallCountsAlone(0.003, 0, 0.014)).toBe(true);
    expect(fitsSmallCountsAlone(0.692, 0.5, 0.835)).toBe(true);
    expect(fitsSmallCountsAlone(0.688, 0.64, 0.731)).toBe(false);
  });

  it('gives each title alike in every file', () => {
    const readings = new Map<string, Set<string>>();
    const files = new Map<string, Set<string>>();
    for (const name of readdirSync(join(cwd, 'all/csv')))
      for (const { title = '', finding = '' } of name === 'figures.csv' ? [] : csv(name))
        for (const text of [title, finding].filter((one) => /[\d\]].*\.$/.test(one))) {
          const bare = text.replaceAll(/\[c\]|\d[\d.,]*\d|\d/g, '#');
          readings.set(bare, (readings.get(bare) ?? new Set()).add(text));
          files.set(bare, (files.get(bare) ?? new Set()).add(name));
        }
    expect([...files.values()].some(({ size }) => size > 1)).toBe(true);
    for (const texts of readings.values()) expect([...texts]).toHaveLength(1);
  });
});

describe('what export refuses', () => {
  it.each([
    [['--into', 'x', '--profile', '5-sta'], 'error[PUBLISH_PROFILE_UNKNOWN]', '5-star'],
    [[], 'error[USAGE]: Say where to write the publication.', '--into FOLDER'],
  ])('%j', async (options, code, words) => {
    const ran = await run(['export', 'small', ...options], { cwd });
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toContain(code);
    expect(ran.err).toContain(words);
  });

  it('a page that is not there, with those that are', async () => {
    const home = emptyFolder();
    mkdirSync(join(home, 'small/data'), { recursive: true });
    writeFileSync(join(home, 'small/service.yaml'), smallCharter('publish: { pages: [measure/outputs] }\n'));
    writeFileSync(join(home, 'small/data/log.csv'), 'case,step,when\n1,received,2026-04-01T09:00:00Z\n');
    await run(['add', '--into', 'small'], { cwd: home });
    const ran = await run(['export', 'small', '--into', 'x'], { cwd: home });
    expect(ran.err).toContain('error[PUBLISH_PAGE_UNKNOWN]: There is no page "measure/outputs" to publish.');
    expect(ran.err).toContain('measure/output');
  });

  it('to put its line after one that another export added meanwhile', async () => {
    const home = officesWorkspace();
    await run(['add', '--into', 'small'], { cwd: home });
    // Both begin with an empty ledger; the one that ends second must not overwrite the other's line.
    const both = await Promise.all(
      ['a', 'b'].map((into) => run(['export', 'small', '--into', into], { cwd: home })),
    );
    expect(both.map(({ code }) => code).sort()).toEqual([0, 2]);
    expect(both.find(({ code }) => code === 2)?.err).toContain('error[RELEASES_CHANGED]');
    expect(readFileSync(join(home, 'small/releases.ndjson'), 'utf8').trim().split('\n')).toHaveLength(1);
  });

  it('a ledger that was changed', async () => {
    const file = at('small/releases.ndjson');
    const kept = readFileSync(file, 'utf8');
    writeFileSync(file, kept.replace('"release":1', '"release":3'));
    const ran = await run(['export', 'small', '--into', 'x'], { cwd });
    writeFileSync(file, kept);
    expect(ran.err).toContain('error[RELEASES_UNREADABLE]: Line 2 of releases.ndjson does not follow');
  });
});
