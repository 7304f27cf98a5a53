import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sql } from '../../stores/index.ts';
import { openLog, previewExtract, workspaceContents } from '../index.ts';
import { type SmallWorkspace, smallWorkspace } from '../small-workspace.test-support.ts';

let small: SmallWorkspace;
beforeEach(async () => {
  small = await smallWorkspace();
});
afterEach(() => small.close());

const wide = `Case ref,Date received,Date decided,Result,Date of birth,Officer
P1,2026-03-02,2026-03-09,granted,1980-01-05,ann
P2,2026-03-03,,,1990-02-06,bob
P3,,31/12/9999,,2000-03-07,
P4,2026-03-04,soon,refused,1970-04-08,ann
,2026-03-05,2026-03-06,granted,1960-05-09,ann
`;

const eventsBy = (order: string) =>
  small.query(
    `select step, cast("at" as date) as day, count(*) as n from events group by 1, 2 order by ${order}`,
  );

describe('a row a case with a column for each date', () => {
  test('gives an event for each filled date, and reconciles to the row', async () => {
    const report = await small.add('cases.csv', wide, { shape: 'wide' });
    expect(report).toMatchObject({
      rowsIn: 5,
      rowsUsed: 3,
      rowsSetAside: 2,
      reasons: expect.arrayContaining([
        { reason: 'TIME_UNPARSABLE', rows: 1 },
        { reason: 'CASE_ID_EMPTY', rows: 1 },
      ]),
    });
    expect(await eventsBy('2, 1')).toEqual([
      { step: 'Date received', day: '2026-03-02', n: 1 },
      { step: 'Date received', day: '2026-03-03', n: 1 },
      { step: 'Date decided', day: '2026-03-09', n: 1 },
    ]);
    // P1 gives two events, P2 one, P3 none: its only date means "no date".
    expect(report.notices).toContainEqual({
      code: 'ROWS_SPREAD',
      message: '3 rows used + 1 added by flattening = 3 events + 1 case without any.',
      count: 1,
    });
  });

  test('says of the case what is no step, and names a fault by its own column', async () => {
    await small.add('cases.csv', wide, { shape: 'wide' });
    expect(await small.query('select outcome, officer, events from cases order by events desc, 2')).toEqual([
      { outcome: 'granted', officer: 'ann', events: 2 },
      { outcome: null, officer: 'bob', events: 1 },
      { outcome: null, officer: null, events: 0 },
    ]);
    expect(
      await small.query('select line, "column", value, reason from rejects order by line, "column"'),
    ).toEqual([
      { line: 5, column: 'Date decided', value: 'soon', reason: 'TIME_UNPARSABLE' },
      { line: 6, column: 'Case ref', value: null, reason: 'CASE_ID_EMPTY' },
    ]);
  });

  test('is recognised, and said to be, with the dates that are taken as steps', async () => {
    const report = await small.add('cases.csv', wide);
    const said = report.notices.find(({ code }) => code === 'SHAPE_GUESSED')?.message;
    expect(said).toContain('each of its dates is taken as a step: "Date received", "Date decided".');
    expect(said).not.toContain('birth');
    expect(report.mapping).toMatchObject({ case_id: 'Case ref', outcome: 'Result' });
    expect((await small.add('cases.csv', wide)).notices[0]?.code).toBe('ALREADY_IMPORTED');
  });

  test('takes the steps and names that are stated, and keeps a date for the case as well if it is mapped', async () => {
    await small.add('cases.csv', wide, {
      steps: { received: 'Date received' },
      map: { opened: 'Date received' },
    });
    expect(await small.query('select step, count(*) as n from events group by step')).toEqual([
      { step: 'received', n: 3 },
    ]);
    expect(await small.query('select count(opened) as n from cases')).toEqual([{ n: 3 }]);
  });

  test('is not seen in a table that has a step, however many dates it has', async () => {
    const log =
      'case,step,started,finished,due date\n1,a,2026-03-01,2026-03-02,2026-04-01\n2,b,2026-03-01,2026-03-03,2026-04-01\n';
    const report = await small.add('log.csv', log);
    expect(report).toMatchObject({ mapping: { step: 'step' }, rowsUsed: 2 });
    expect(report.notices.map(({ code }) => code)).not.toContain('SHAPE_GUESSED');
  });

  test('takes a status for where the case stands, not for a step, when two dates are the steps', async () => {
    const text = 'ref,Status,Sent in,Answered\n1,Open,2026-03-01,\n2,Closed,2026-03-01,2026-03-03\n';
    await small.add('cases.csv', text);
    expect(await small.query('select status, events from cases order by events')).toEqual([
      { status: 'Open', events: 1 },
      { status: 'Closed', events: 2 },
    ]);
  });

  test('a column that the steps name in vain is told with the nearest name', async () => {
    await expect(small.add('cases.csv', wide, { steps: { decided: 'Date decidd' } })).rejects.toMatchObject({
      code: 'COLUMN_MISSING',
      faults: [{ hint: expect.stringContaining('Date decided') }],
    });
    await expect(small.add('n.csv', 'case,n\n1,2\n', { shape: 'wide' })).rejects.toMatchObject({
      code: 'SHAPE_INCOMPLETE',
    });
  });

  test('a later extract says anew what it says of a case, and each file still reconciles', async () => {
    const head = 'Case ref,Received,Decided\n';
    await small.add('march.csv', `${head}P1,2026-03-02,\nP2,2026-03-03,2026-03-04\n`);
    await small.add('april.csv', `${head}P1,2026-03-02,2026-04-09\n`);
    expect(await eventsBy('2, 1')).toEqual([
      { step: 'Received', day: '2026-03-02', n: 1 },
      { step: 'Received', day: '2026-03-03', n: 1 },
      { step: 'Decided', day: '2026-03-04', n: 1 },
      { step: 'Decided', day: '2026-04-09', n: 1 },
    ]);
    expect(
      small.workspace.manifest.sources.map(({ rowsIn, rowsUsed, reasons }) => [rowsIn, rowsUsed, reasons]),
    ).toEqual([
      [2, 1, [{ reason: 'SUPERSEDED_ROW', rows: 1 }]],
      [1, 1, []],
    ]);
  });

  test('the steps that were stated are kept for the next file with the same columns', async () => {
    const head = 'Case ref,Received,Decided\n';
    await small.add('a.csv', `${head}P1,2026-03-02,2026-03-03\n`, { steps: { 'Sent in': 'Received' } });
    await small.add('b.csv', `${head}P2,2026-03-02,2026-03-03\n`);
    expect(await small.query('select distinct step from events')).toEqual([{ step: 'Sent in' }]);
  });

  test('the preview shows the same', async () => {
    const file = join(small.folder, 'cases.csv');
    writeFileSync(file, wide);
    const { loaded } = workspaceContents(small.folder);
    const found = await previewExtract({ dir: small.folder, loaded, file, as: 'events' });
    const fields = found.columns.map(({ column, field, attribute, isUsedUp }) => [
      column,
      isUsedUp ? 'steps' : (field ?? attribute),
    ]);
    expect(Object.fromEntries(fields)).toMatchObject({
      'Case ref': 'case_id',
      'Date received': 'steps',
      Result: 'outcome',
      '(column title)': 'step',
      '(date)': 'finished',
    });
  });
});

test('spreading rows over events and putting them together again loses nothing', async () => {
  const day = fc.option(
    fc.integer({ min: 1, max: 28 }).map((n) => `2026-02-${String(n).padStart(2, '0')}`),
    { nil: '' },
  );
  const rows = fc.array(fc.tuple(day, day, day, fc.constantFrom('north', 'south', '')), {
    minLength: 1,
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(rows, async (cases) => {
      const lines = cases.map(([a, b, c, region], i) => `id${i},${a},${b},${c},${region}`);
      const file = join(small.folder, 'any.csv');
      writeFileSync(file, `case,A,B,C,region\n${lines.join('\n')}\n`);
      const steps = { A: 'A', B: 'B', C: 'C' };
      const log = await openLog(file, { shape: 'wide', steps });
      const { report } = log;
      const back = await log.warehouse.query<Record<string, string | null>>(sql`
select max(case when step = 'A' then cast(cast("at" as date) as varchar) end) as a,
  max(case when step = 'B' then cast(cast("at" as date) as varchar) end) as b,
  max(case when step = 'C' then cast(cast("at" as date) as varchar) end) as c, max(region) as region
from cases left join events on cases.case_id = events.case_id group by cases.case_id`);
      await log.close();
      expect([report.rowsIn, report.rowsUsed, report.rowsSetAside]).toEqual([cases.length, cases.length, 0]);
      const told = cases.map(([a, b, c, region]) => [a, b, c, region].map((cell) => cell || null).join());
      expect(back.map((row) => Object.values(row).join()).toSorted()).toEqual(told.toSorted());
    }),
    { numRuns: 15 },
  );
});
