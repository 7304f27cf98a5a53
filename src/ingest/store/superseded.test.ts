import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addExtract, openWorkspace, type Workspace } from '../index.ts';

const charter = `wellspent: 1
service: permits
title: Permits
version: 1.0.0
effective: 2026-01-01
owner: Head of permits
purpose: People get a permit.
timezone: UTC
reporting: {grain: month}
extracts: []
outcomes: [{id: permit, title: A permit}]
outputs: [{id: permits, title: Permits, unit: permit, from: cases}]
`;

let folder: string;
let workspace: Workspace;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'superseded-'));
  writeFileSync(join(folder, 'service.yaml'), charter);
  workspace = await openWorkspace(folder);
});
afterEach(async () => {
  await workspace.close();
  rmSync(folder, { recursive: true, force: true });
});

async function add(name: string, text: string, as: 'events' | 'contacts' | 'volumes' | 'cases') {
  const file = join(folder, name);
  writeFileSync(file, text);
  return addExtract({ workspace, file, as, keyFile: join(folder, 'key') });
}

const counts = () =>
  workspace.sources.map(({ file, rowsIn, rowsUsed, rowsSetAside }) => [file, rowsIn, rowsUsed, rowsSetAside]);

const rows = async (sql: string) => {
  const { keyword } = await import('../../stores/index.ts');
  return workspace.warehouse.query(keyword(sql));
};

const events = (...lines: readonly string[]) => `case_id,step,finished,worker\n${lines.join('\n')}\n`;

describe('a second extract that overlaps the first', () => {
  it('neither doubles nor loses a row, and both extracts reconcile', async () => {
    await add(
      'april.csv',
      events('1,apply,2026-04-01,a', '1,check,2026-04-02,b', '2,apply,2026-04-03,a'),
      'events',
    );
    const report = await add(
      'may.csv',
      events('1,check,2026-04-02,b', '2,apply,2026-04-03,a', '2,check,2026-05-04,b'),
      'events',
    );
    expect(report).toMatchObject({ rowsIn: 3, rowsUsed: 3, rowsSetAside: 0 });
    // Who adds the second is told what became of the first.
    expect(report.notices.find(({ code }) => code === 'SUPERSEDED_ROW')).toEqual({
      code: 'SUPERSEDED_ROW',
      message:
        '2 rows of april.csv, added before, gave way to rows of the same case, step, times and worker in what was added now, so that none is counted twice. If they are other events, add both files anew with the column that holds the id of an event: --dedupe "column".',
      count: 2,
    });
    expect(counts()).toEqual([
      ['april.csv', 3, 1, 2],
      ['may.csv', 3, 3, 0],
    ]);
    expect(workspace.manifest.sources[0]?.reasons).toEqual([{ reason: 'SUPERSEDED_ROW', rows: 2 }]);
    expect(await rows('select step, count(*) as n from events group by step order by step')).toEqual([
      { step: 'apply', n: 2 },
      { step: 'check', n: 2 },
    ]);
    expect(await rows('select source, line, reason from rejects order by source, line')).toEqual([
      { source: 1, line: 3, reason: 'SUPERSEDED_ROW' },
      { source: 1, line: 4, reason: 'SUPERSEDED_ROW' },
    ]);
  });

  it('counts anew when an extract is replaced by a version without the overlap', async () => {
    await add('april.csv', events('1,apply,2026-04-01,a'), 'events');
    await add('may.csv', events('1,apply,2026-04-01,a', '1,check,2026-05-04,b'), 'events');
    await add('may.csv', events('1,check,2026-05-04,b'), 'events');
    expect(counts()).toEqual([
      ['april.csv', 1, 1, 0],
      ['may.csv', 1, 1, 0],
    ]);
    expect(await rows('select count(*) as n from rejects')).toEqual([{ n: 0 }]);
  });

  it('keeps equal rows of one extract, which can both be true, as often as the fuller extract has them', async () => {
    const line = '1,note,2026-04-01 10:00,a';
    await add('april.csv', events(line, line), 'events');
    await add('may.csv', events(line, line, line), 'events');
    expect(await rows('select count(*) as n from events')).toEqual([{ n: 3 }]);
    await add('june.csv', events(line), 'events');
    expect(await rows('select count(*) as n from events')).toEqual([{ n: 3 }]);
    expect(counts().map(([, , used]) => used)).toEqual([0, 2, 1]);
  });

  it('a step whose end was not known gives way to the same step with its end', async () => {
    const head = 'case_id,step,started,finished\n';
    await add('april.csv', `${head}1,check,2026-04-01 09:00,\n2,check,2026-04-01 09:00,\n`, 'events');
    await add('may.csv', `${head}1,check,2026-04-01 09:00,2026-05-02 10:00\n`, 'events');
    expect(await rows('select count(*) as n, count(finished) as ended from events')).toEqual([
      { n: 2, ended: 1 },
    ]);
  });

  it('totals stated again replace the earlier ones in whatever order their columns stand', async () => {
    await add('q1.csv', 'Month,Output,Team,Count\n2026-01,permits,north,10\n', 'volumes');
    await add('q2.csv', 'Month,Output,Count,Team\n2026-01,permits,12,north\n', 'volumes');
    expect(await rows('select team, quantity from volumes')).toEqual([{ team: 'north', quantity: 12 }]);
  });

  it('totals stated again replace the earlier ones, also when they changed', async () => {
    const head = 'period,output,quantity\n';
    await add('q1.csv', `${head}2026-01-01,permits,10\n2026-02-01,permits,20\n`, 'volumes');
    await add('q2.csv', `${head}2026-02-01,permits,22\n2026-03-01,permits,30\n`, 'volumes');
    expect(await rows('select sum(quantity) as n from volumes')).toEqual([{ n: 62 }]);
  });

  it('contacts with an id give way to the later delivery; a case is one row with its newest values', async () => {
    await add(
      'c1.csv',
      'contact_id,at,reason\nk1,2026-04-01 09:00,chasing\nk2,2026-04-01 10:00,chasing\n',
      'contacts',
    );
    await add('c2.csv', 'contact_id,at,reason\nk2,2026-04-01 10:00,complaint\n', 'contacts');
    expect(await rows('select reason, count(*) as n from contacts group by reason order by reason')).toEqual([
      { reason: 'chasing', n: 1 },
      { reason: 'complaint', n: 1 },
    ]);
    await add('a.csv', 'case_id,opened,closed\n1,2026-04-01,\n2,2026-04-02,\n', 'cases');
    await add('b.csv', 'case_id,opened,closed\n2,2026-04-02,2026-05-01\n', 'cases');
    expect(await rows('select count(*) as n, count(closed) as closed from cases')).toEqual([
      { n: 2, closed: 1 },
    ]);
  });

  it('any two windows on one log give the log of their union, in any order', async () => {
    const row = fc.record({
      c: fc.integer({ min: 1, max: 3 }),
      step: fc.constantFrom('apply', 'check'),
      day: fc.integer({ min: 1, max: 9 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 20 }),
        fc.nat(9),
        fc.nat(9),
        async (log, a, b) => {
          const lines = log
            .toSorted((x, y) => x.day - y.day)
            .map(({ c, step, day }) => ({ day, line: `${c},${step},2026-04-0${day},w` }));
          const first = lines.filter(({ day }) => day <= Math.max(a, b));
          const second = lines.filter(({ day }) => day >= Math.min(a, b));
          if (first.length === 0 || second.length === 0) return;
          await add('first.csv', events(...first.map(({ line }) => line)), 'events');
          await add('second.csv', events(...second.map(({ line }) => line)), 'events');
          expect(await rows('select count(*) as n from events')).toEqual([{ n: lines.length }]);
          for (const { rowsIn, rowsUsed, rowsSetAside } of workspace.sources)
            expect(rowsUsed + rowsSetAside).toBe(rowsIn);
        },
      ),
      { numRuns: 12 },
    );
  });
});
