import { spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WellspentError } from '../core/index.ts';
import { sql } from '../stores/index.ts';
import { addExtract, buildWorkspace, describeSources, openWorkspace } from './index.ts';

const charter = (extracts: string) => `wellspent: 1
service: permits
title: Permits
version: 1.0.0
effective: 2026-04-01
owner: Head of permits
purpose: Decide on permits.
timezone: Europe/London
demonstration: true
reporting: { grain: month }
extracts: ${extracts}
outcomes: [{ id: decided, title: A decision }]
outputs: [{ id: permit, title: Permits, unit: permit, from: cases }]
`;

const events = `case,step,started,finished,worker,amount,case:region
A,Received,2024-03-01 09:00,2024-03-01 09:05,w1,10,North
A,Decided,2024-03-04 09:00,2024-03-04 10:00,w2,12.5,North
B,Received,2024-03-02 09:00,2024-03-02 09:05,w1,,South
B,Received
,Received,2024-03-02 09:00,2024-03-02 09:05,w1,9,South
B,,2024-03-02 09:00,soon,w1,9,South
B,Decided,2024-03-05 11:00,2024-03-05 10:00,w2,9,South
B,Decided,2024-03-05 10:00,2024-03-05 10:30,w2,1,2,3,South
`;

let dir = '';

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'wellspent-test-'));
  writeFileSync(join(dir, 'service.yaml'), charter('[{ file: events.csv, as: events }]'));
  writeFileSync(join(dir, 'events.csv'), events);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof WellspentError) return error.code;
    throw error;
  }
  return 'none';
}

describe('a workspace', () => {
  test('reconciles to the row and tells every fault of a row', async () => {
    const [report] = await buildWorkspace(dir);
    expect(report).toMatchObject({ rowsIn: 8, rowsUsed: 3, rowsSetAside: 5 });
    const workspace = await openWorkspace(dir);
    const rejects = await workspace.warehouse.query(
      sql`select line, ${{ kind: 'identifier', name: 'column' } as const}, value, reason from rejects order by line, reason`,
    );
    expect(rejects).toEqual([
      { line: 5, column: null, value: '2 fields where the header has 7', reason: 'TOO_FEW_FIELDS' },
      { line: 6, column: 'case', value: null, reason: 'CASE_ID_EMPTY' },
      { line: 7, column: 'step', value: null, reason: 'STEP_EMPTY' },
      { line: 7, column: 'finished', value: 'soon', reason: 'TIME_UNPARSABLE' },
      { line: 8, column: 'finished', value: null, reason: 'FINISH_BEFORE_START' },
      { line: 9, column: null, value: '9 fields where the header has 7', reason: 'TOO_MANY_FIELDS' },
    ]);
    await workspace.close();
  });

  test('derives neighbours, waits and the case from its events', async () => {
    await buildWorkspace(dir);
    const workspace = await openWorkspace(dir);
    const rows = await workspace.warehouse.query(
      sql`select step, position, prev_step, next_step, next_wait, processing, amount from events
          where case_id = (select max(case_id) from cases where region = 'North') order by position`,
    );
    expect(rows).toEqual([
      {
        step: 'Received',
        position: 1,
        prev_step: null,
        next_step: 'Decided',
        next_wait: 262500,
        processing: 300,
        amount: 10,
      },
      {
        step: 'Decided',
        position: 2,
        prev_step: 'Received',
        next_step: null,
        next_wait: null,
        processing: 3600,
        amount: 12.5,
      },
    ]);
    const cases = await workspace.warehouse.query(
      sql`select region, events, first_step, last_step, first_at from cases order by region`,
    );
    expect(cases).toEqual([
      {
        region: 'North',
        events: 2,
        first_step: 'Received',
        last_step: 'Decided',
        first_at: '2024-03-01T09:05:00.000Z',
      },
      {
        region: 'South',
        events: 1,
        first_step: 'Received',
        last_step: 'Received',
        first_at: '2024-03-02T09:05:00.000Z',
      },
    ]);
    await workspace.close();
  });

  test('keeps no identifier in any of its files', async () => {
    writeFileSync(
      join(dir, 'events.csv'),
      events.replaceAll('w1', 'WORKER-SECRET').replaceAll('A,', 'CASE-SECRET,'),
    );
    await buildWorkspace(dir);
    const workspace = await openWorkspace(dir);
    const everything = JSON.stringify([
      await workspace.warehouse.query(sql`select * from events`),
      await workspace.warehouse.query(sql`select * from rejects`),
      readFileSync(join(dir, '.wellspent/manifest.json'), 'utf8'),
      await describeSources(workspace),
    ]);
    expect(everything).not.toContain('SECRET');
    await workspace.close();
  });

  test('skips an extract that it holds already and takes a changed one in its place', async () => {
    await buildWorkspace(dir);
    const [again] = await buildWorkspace(dir);
    expect(again?.notices[0]?.code).toBe('ALREADY_IMPORTED');
    writeFileSync(join(dir, 'events.csv'), events.split('\n').slice(0, 3).join('\n'));
    const [changed] = await buildWorkspace(dir);
    expect(changed?.notices[0]?.code).toBe('SOURCE_REPLACED');
    const workspace = await openWorkspace(dir);
    expect(workspace.sources).toMatchObject([{ rowsIn: 2, rowsUsed: 2 }]);
    await workspace.close();
  });

  test('keeps the mapping it guessed and uses a correction of it', async () => {
    await buildWorkspace(dir);
    const file = join(dir, '.wellspent/mappings/events.csv.mapping.yaml');
    expect(readFileSync(file, 'utf8')).toContain('worker: worker');
    const [same] = await buildWorkspace(dir);
    expect(same?.notices[0]?.code).toBe('ALREADY_IMPORTED');
    writeFileSync(file, readFileSync(file, 'utf8').replace('worker: worker', 'team: worker'));
    const [corrected] = await buildWorkspace(dir);
    expect(corrected?.mapping.team).toBe('worker');
    expect(corrected?.notices.map((notice) => notice.code)).toContain('MAPPING_REUSED');
  });

  test('gives the same bytes from the same extracts', async () => {
    const hashes = async () => {
      await buildWorkspace(dir);
      const manifest = JSON.parse(readFileSync(join(dir, '.wellspent/manifest.json'), 'utf8'));
      rmSync(join(dir, '.wellspent'), { recursive: true });
      return manifest.tables;
    };
    expect(await hashes()).toEqual(await hashes());
  });

  test('puts two extracts together and lets cases say what events cannot', async () => {
    writeFileSync(
      join(dir, 'service.yaml'),
      charter('[{ file: events.csv, as: events }, { file: cases.csv, as: cases }]'),
    );
    writeFileSync(
      join(dir, 'cases.csv'),
      'case id,outcome,opened\nA,granted,2024-02-28\nC,refused,2024-03-09\n',
    );
    await buildWorkspace(dir);
    const workspace = await openWorkspace(dir);
    const cases = await workspace.warehouse.query(
      sql`select outcome, opened, region, events from cases order by outcome nulls last`,
    );
    expect(cases).toEqual([
      { outcome: 'granted', opened: '2024-02-28T00:00:00.000Z', region: 'North', events: 2 },
      { outcome: 'refused', opened: '2024-03-09T00:00:00.000Z', region: null, events: 0 },
      { outcome: null, opened: null, region: 'South', events: 1 },
    ]);
    await workspace.close();
  });

  test('a dry run reports and changes nothing', async () => {
    const workspace = await openWorkspace(dir);
    const report = await addExtract({ workspace, file: join(dir, 'events.csv'), dryRun: true });
    expect(report.rowsUsed).toBe(3);
    expect(workspace.tables.size).toBe(0);
    expect(existsSync(join(dir, '.wellspent/manifest.json'))).toBe(false);
    await addExtract({ workspace, file: join(dir, 'events.csv') });
    expect([...workspace.tables].sort()).toEqual(['cases', 'events', 'rejects']);
    await workspace.close();
  });

  test('an import that is cancelled changes nothing', async () => {
    await buildWorkspace(dir);
    const before = readFileSync(join(dir, '.wellspent/manifest.json'), 'utf8');
    writeFileSync(join(dir, 'events.csv'), events.repeat(2));
    expect(await codeOf(buildWorkspace(dir, { signal: AbortSignal.abort() }))).toBe('WAREHOUSE_CANCELLED');
    expect(readFileSync(join(dir, '.wellspent/manifest.json'), 'utf8')).toBe(before);
  });

  test('a table file that was changed is refused on opening', async () => {
    await buildWorkspace(dir);
    const tables = join(dir, '.wellspent/tables-1');
    const file = join(tables, readdirSync(tables).find((name) => name.startsWith('events')) ?? '');
    const bytes = readFileSync(file);
    bytes.writeUInt8(bytes.readUInt8(100) ^ 1, 100);
    writeFileSync(file, bytes);
    expect(await codeOf(openWorkspace(dir))).toBe('WAREHOUSE_FILE_CHANGED');
  });

  test('a damaged manifest and a folder without a charter are told as such', async () => {
    await buildWorkspace(dir);
    writeFileSync(join(dir, '.wellspent/manifest.json'), '{');
    expect(await codeOf(openWorkspace(dir))).toBe('MANIFEST_DAMAGED');
    rmSync(join(dir, 'service.yaml'));
    expect(await codeOf(openWorkspace(dir))).toBe('WORKSPACE_NOT_FOUND');
  });

  test('a second import waits for the first and then gives up with a code', async () => {
    const workspace = await openWorkspace(dir);
    writeFileSync(join(dir, '.wellspent/lock'), String(process.pid));
    expect(await codeOf(buildWorkspace(dir, { waitMs: 150 }))).toBe('WORKSPACE_BUSY');
    await workspace.close();
  });

  test('a lock left by a program that has ended is taken over', async () => {
    const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await new Promise((done) => child.on('exit', done));
    const workspace = await openWorkspace(dir);
    writeFileSync(join(dir, '.wellspent/lock'), String(child.pid));
    const [report] = await buildWorkspace(dir, { waitMs: 1000 });
    expect(report?.rowsUsed).toBe(3);
    await workspace.close();
  });

  test('two imports at once give one whole state', async () => {
    const reports = await Promise.all([buildWorkspace(dir), buildWorkspace(dir)]);
    expect(reports.map(([report]) => report?.rowsUsed)).toEqual([3, 3]);
    const workspace = await openWorkspace(dir);
    expect(workspace.sources).toHaveLength(1);
    await workspace.close();
  });

  test('says in one sentence whether anything was left out', async () => {
    await buildWorkspace(dir);
    const workspace = await openWorkspace(dir);
    const result = await describeSources(workspace);
    expect(result.answer).toMatch(
      /^5 of 8 rows were set aside as unusable for 6 reasons, one of which \(1 row\) is: [a-z].*\.$/,
    );
    expect(result.next).toEqual([
      'Correct the 5 rows that could not be used at their source, and add the file again.',
    ]);
    expect(result.status).toBe('cannot-tell');
    const ids = result.tables.map((table) => table.id);
    expect(ids).toEqual(['sources', 'reasons', 'coverage', 'columns', 'notices']);
    await workspace.close();

    const clean = mkdtempSync(join(tmpdir(), 'wellspent-test-'));
    copyFileSync(join(dir, 'service.yaml'), join(clean, 'service.yaml'));
    writeFileSync(join(clean, 'events.csv'), events.split('\n').slice(0, 4).join('\n'));
    await buildWorkspace(clean);
    const other = await openWorkspace(clean);
    expect((await describeSources(other)).answer).toBe('All 3 rows of 1 file were used.');
    await other.close();
    rmSync(clean, { recursive: true });
  });
});

describe('an import killed midway', () => {
  const script = join(import.meta.dirname, 'index.ts');

  /** Starts an import in a program of its own and kills it without warning at a chosen moment. */
  async function killAt(moment: (store: string) => boolean): Promise<boolean> {
    const code = `import { buildWorkspace } from ${JSON.stringify(script)}; await buildWorkspace(${JSON.stringify(dir)});`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'ignore' });
    let ended = false;
    const exit = new Promise<void>((done) =>
      child.on('exit', () => {
        ended = true;
        done();
      }),
    );
    while (!ended && !moment(join(dir, '.wellspent'))) await new Promise((next) => setTimeout(next, 1));
    const inTime = child.kill('SIGKILL');
    await exit;
    return inTime;
  }
  const has = (folder: string, part: string) =>
    existsSync(folder) &&
    readdirSync(folder, { recursive: true }).some((name) => String(name).includes(part));

  test.each([
    ['while rows are staged', (store: string) => has(store, '2-')],
    ['while tables are derived', (store: string) => has(store, 'tables-2')],
  ])('%s leaves the old state, which opens, and the next import cleans up', async (_, moment) => {
    await buildWorkspace(dir);
    const header = events.slice(0, events.indexOf('\n'));
    const row = (i: number) => `K${i},Received,2024-03-01 09:00,2024-03-01 09:05,w1,10,North`;
    const many = [header, ...Array.from({ length: 60_000 }, (_unused, i) => row(i))].join('\n');
    writeFileSync(join(dir, 'events.csv'), many);
    expect(await killAt(moment)).toBe(true);

    const old = await openWorkspace(dir);
    expect(old.sources).toMatchObject([{ rowsIn: 8, rowsUsed: 3 }]);
    expect(await old.warehouse.query(sql`select count(*) as n from events`)).toEqual([{ n: 3 }]);
    await old.close();

    const [report] = await buildWorkspace(dir);
    expect(report?.rowsUsed).toBe(60_000);
    expect(readdirSync(join(dir, '.wellspent/staged'))).toHaveLength(2);
    const fresh = await openWorkspace(dir);
    expect(await fresh.warehouse.query(sql`select count(*) as n from events`)).toEqual([{ n: 60_000 }]);
    await fresh.close();
    await buildWorkspace(dir);
    expect(readdirSync(join(dir, '.wellspent/staged'))).toHaveLength(1);
  });
});
