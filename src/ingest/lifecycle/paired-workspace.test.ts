import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Sql, sql } from '../../stores/index.ts';
import { addExtract, describeSources, openLog, openWorkspace, type Workspace } from '../index.ts';

const charter = (extracts: string) => `wellspent: 1
service: permits
title: Permits
version: 1.0.0
effective: 2026-01-01
owner: Head of permits
purpose: People get a permit.
timezone: UTC
reporting: {grain: month}
extracts: ${extracts}
outcomes: [{id: permit, title: A permit}]
outputs: [{id: permits, title: Permits, unit: permit, from: cases}]
`;
const head = 'case_id,step,finished,worker,lifecycle,concept:instance,note';
const csv = (...lines: readonly string[]) => `${[head, ...lines].join('\n')}\n`;

let folder: string;
let workspace: Workspace;
const open = async (extracts = '[]') => {
  writeFileSync(join(folder, 'service.yaml'), charter(extracts));
  workspace = await openWorkspace(folder);
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paired-'));
});
afterEach(async () => {
  await workspace?.close();
  rmSync(folder, { recursive: true, force: true });
});

const add = (name: string, text: string, options: { readonly lifecycle?: 'pair' | 'keep' } = {}) => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return addExtract({ workspace, file, as: 'events', keyFile: join(folder, 'key'), ...options });
};
const query = (statement: Sql) => workspace.warehouse.query(statement);
const codes = (report: { readonly notices: readonly { readonly code: string }[] }) =>
  report.notices.map(({ code }) => code);
const twoSteps = csv(
  '1,check,2026-04-01 09:00,w,start,,from the start',
  '1,check,2026-04-01 09:30,w,complete,,',
  '1,decide,2026-04-01 10:00,w,complete,,',
);

describe('an extract with starts and completions', () => {
  test('is paired when it is added, which is said, and the second line of the account adds up', async () => {
    await open();
    const report = await add('april.csv', twoSteps);
    expect(codes(report)).toEqual(expect.arrayContaining(['LIFECYCLE_FOUND', 'LIFECYCLE_PAIRED']));
    expect(report).toMatchObject({ rowsIn: 3, rowsUsed: 3, pairing: { merged: 1, rowsInEvents: 2 } });
    expect(await query(sql`select step, processing, instance_state, note from events order by seq`)).toEqual([
      { step: 'check', processing: 1800, instance_state: 'complete', note: 'from the start' },
      { step: 'decide', processing: null, instance_state: 'instant', note: null },
    ]);
    const table = (await describeSources(workspace)).tables.find(({ id }) => id === 'pairing');
    expect(table?.rows[0]).toMatchObject({ rowsUsed: 3, merged: 1, rowsInEvents: 2, pairs: 1, instants: 1 });
  });

  test('is kept as it stands where that is asked for, on the way in or in the charter', async () => {
    await open('[{file: may.csv, as: events, lifecycle: keep}]');
    const asked = await add('april.csv', twoSteps, { lifecycle: 'keep' });
    const charted = await add('may.csv', twoSteps.replaceAll('2026-04', '2026-05'));
    for (const report of [asked, charted]) {
      expect(codes(report)).toContain('LIFECYCLE_FOUND');
      expect(report.pairing).toBeUndefined();
    }
    expect(await query(sql`select count(*) as n from events`)).toEqual([{ n: 6 }]);
    expect((await describeSources(workspace)).tables.map(({ id }) => id)).not.toContain('pairing');
  });

  test('cannot be paired without a column that says so', async () => {
    await open();
    await expect(
      add('april.csv', 'case_id,step,finished\n1,check,2026-04-01\n', { lifecycle: 'pair' }),
    ).rejects.toMatchObject({ code: 'MAPPING_INCOMPLETE' });
  });

  test('may hold the start of what a later extract completes', async () => {
    await open();
    const april = await add('april.csv', csv('1,check,2026-04-30 09:00,w,start,,'), { lifecycle: 'pair' });
    expect(april.pairing?.total).toMatchObject({ open: 1, pairs: 0 });
    const may = await add('may.csv', csv('1,check,2026-05-01 09:00,w,complete,,'), { lifecycle: 'pair' });
    expect(may.pairing).toMatchObject({ merged: 0, rowsInEvents: 1, total: { pairs: 1 } });
    expect(workspace.manifest.sources.map(({ rowsUsed, pairing }) => [rowsUsed, pairing])).toEqual([
      [1, expect.objectContaining({ merged: 1, rowsInEvents: 0 })],
      [1, expect.objectContaining({ merged: 0, rowsInEvents: 1 })],
    ]);
    expect(await query(sql`select processing from events`)).toEqual([{ processing: 86_400 }]);
  });

  test('sets aside both rows of work that ends before it starts, once, however often tables are made', async () => {
    await open();
    const report = await add(
      'april.csv',
      csv(
        '1,check,2026-04-01 09:00,w,complete,i,',
        '1,check,2026-04-01 09:30,w,start,i,',
        '1,decide,2026-04-01 10:00,w,complete,j,',
      ),
    );
    expect(report).toMatchObject({
      rowsIn: 3,
      rowsUsed: 1,
      rowsSetAside: 2,
      reasons: [{ reason: 'FINISH_BEFORE_START', rows: 2 }],
    });
    await add('may.csv', twoSteps.replaceAll('2026-04', '2026-05'));
    expect(workspace.manifest.sources[0]).toMatchObject({
      rowsUsed: 1,
      rowsSetAside: 2,
      reasons: [{ reason: 'FINISH_BEFORE_START', rows: 2 }],
    });
    expect(await query(sql`select source, line, reason from rejects order by line`)).toEqual([
      { source: 1, line: 2, reason: 'FINISH_BEFORE_START' },
      { source: 1, line: 3, reason: 'FINISH_BEFORE_START' },
    ]);
  });

  test('statuses that repeat are said to look like statuses', async () => {
    await open();
    const report = await add(
      'april.csv',
      csv(
        '1,queued,2026-04-01 09:00,w,awaiting assignment,,',
        '1,queued,2026-04-01 10:00,w,in progress,,',
        '2,queued,2026-04-01 09:00,w,awaiting assignment,,',
        '2,queued,2026-04-01 11:00,w,in progress,,',
      ),
    );
    const found = report.notices.find(({ code }) => code === 'STEPS_LOOK_LIKE_STATUSES');
    expect(found?.message).toContain('classifier "step+lifecycle"');
  });

  const anyRow = fc.record({
    case: fc.constantFrom('1', '2'),
    step: fc.constantFrom('a', 'b'),
    worker: fc.constantFrom('v', 'w', ''),
    word: fc.constantFrom(
      'start',
      'complete',
      'Complete',
      'schedule',
      'suspend',
      'resume',
      'withdraw',
      'odd',
      '',
    ),
    instance: fc.constantFrom('', '', 'i', 'j'),
  });
  const shuffled = fc
    .array(anyRow, { minLength: 2, maxLength: 25 })
    .chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray([...rows.keys()], { minLength: rows.length })),
    );

  test('no row is lost, and the order of the file changes nothing where instants differ', async () => {
    await open();
    const read = async (lines: readonly string[]) => {
      const file = join(folder, 'shuffled.csv');
      writeFileSync(file, csv(...lines));
      const log = await openLog(file, {
        lifecycle: 'pair',
        map: {
          case_id: 'case_id',
          step: 'step',
          finished: 'finished',
          lifecycle: 'lifecycle',
          instance: 'concept:instance',
          worker: 'worker',
        },
      });
      try {
        const rows =
          await log.warehouse.query(sql`select cases.first_at, e.step, e.at, e.started, e.finished, e.kind, e.instance_state,
  e.scheduled_at, e.paused_seconds, e.processing, e.position, e.next_step
from events as e join cases on cases.case_id = e.case_id order by cases.first_at, e.position`);
        return { rows, report: log.report };
      } finally {
        await log.close();
      }
    };
    await fc.assert(
      fc.asyncProperty(shuffled, async ([rows, order]) => {
        const lines = rows.map(
          ({ case: id, step, worker, word, instance }, i) =>
            `${id},${step},2026-04-01 09:${String(i).padStart(2, '0')}:00,${worker},${word},${instance},`,
        );
        const first = await read(lines);
        const second = await read(order.map((i) => lines[i] as string));
        expect(second.rows).toEqual(first.rows);
        const { rowsIn, rowsUsed, rowsSetAside, pairing } = first.report;
        expect(rowsUsed + rowsSetAside).toBe(rowsIn);
        expect(rowsUsed - (pairing?.merged ?? 0)).toBe(first.rows.length);
        expect(pairing?.rowsInEvents).toBe(first.rows.length);
      }),
      { numRuns: 20 },
    );
  });
});
