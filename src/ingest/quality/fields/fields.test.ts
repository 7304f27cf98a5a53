import { afterEach, expect, test } from 'vitest';
import type { CellValue, Result } from '../../../core/index.ts';
import { describeQuality } from '../describe-quality.ts';
import { casesCsv, cleanLog, eventsCsv, type MadeLog, ms, wall } from '../made-log.test-support.ts';
import { type OpenedLog, openTexts } from '../opened-log.test-support.ts';

let log: OpenedLog | undefined;

afterEach(async () => {
  await log?.close();
  log = undefined;
});

async function quality(made: MadeLog): Promise<Result> {
  log = await openTexts(eventsCsv(made), casesCsv(made));
  const found = (await describeQuality(log.workspace)).find(({ id }) => id === 'data-quality');
  if (!found) throw new Error('no data-quality');
  return found;
}

function rowsOf(result: Result, table: string): readonly Readonly<Record<string, CellValue>>[] {
  return result.tables.find(({ id }) => id === table)?.rows ?? [];
}

const measured = (result: Result, table: string, counted: string | RegExp, field = 'time') =>
  rowsOf(result, 'measures').find(
    (row) => row.table === table && row.field === field && new RegExp(counted).test(String(row.counted)),
  );

test('each field is as complete as it was made', async () => {
  const made = cleanLog(21);
  made.events.forEach((event, i) => {
    if (i % 4 === 0) event.team = '';
  });
  const found = await quality(made);
  expect(measured(found, 'events', 'with a value', 'team')?.share).toBeCloseTo(0.75, 6);
  expect(measured(found, 'events', 'with a value', 'worker')?.share).toBe(1);
  expect(measured(found, 'cases', 'with a value', 'opened')).toMatchObject({ count: 900, of: 900, share: 1 });
});

test('events outside their case are a caution, and a handful of cases is not described', async () => {
  const made = cleanLog(22);
  for (const one of made.cases.slice(0, 50)) one.closed = wall(ms(one.closed) - 3_600_000);
  for (const one of made.cases.slice(100, 104)) one.opened = wall(ms(one.opened) + 7_200_000);
  const found = await quality(made);
  expect(measured(found, 'cases', 'after they were closed')).toMatchObject({ count: 50, caution: 'yes' });
  expect(measured(found, 'cases', 'before they were opened')).toMatchObject({ count: null, share: null });
  expect(found.status).toBe('caution');
  expect(found.answer).toContain('after they were closed');
});

test('rows that the file gives out of order are counted, and harm nothing', async () => {
  const made = cleanLog(23);
  const lines = eventsCsv(made).trimEnd().split('\n');
  const reversed = [lines[0], ...lines.slice(1).toReversed()].join('\n');
  log = await openTexts(`${reversed}\n`, casesCsv(made));
  const found = (await describeQuality(log.workspace)).find(({ id }) => id === 'data-quality') as Result;
  // Four of the five events of each case stand after a later one.
  expect(measured(found, 'events', 'in the file')).toMatchObject({ count: 3600, of: 4500, caution: null });
  expect(found.status).toBe('sound');
});

test('precision is told by step: a step of dates, one timed to the minute, one to the second', async () => {
  const made = cleanLog(24);
  for (const event of made.events) {
    if (event.step === 'Told')
      Object.assign(event, { started: '', finished: `${event.finished.slice(0, 10)} 00:00:00` });
    if (event.step === 'Submitted') event.finished = `${event.finished.slice(0, 16)}:00`;
  }
  const precision = new Map(rowsOf(await quality(made), 'precision').map((row) => [row.step, row.precision]));
  expect(Object.fromEntries(precision)).toEqual({
    Submitted: 'minute',
    Checked: 'second',
    Assessed: 'second',
    Decided: 'second',
    Told: 'day',
  });
});

test('a team of a few cases has no first and last day of its own; others have', async () => {
  const made = cleanLog(25);
  for (const event of made.events)
    if (['K00001', 'K00002', 'K00003'].includes(event.case)) event.team = 'Isles';
  const names = rowsOf(await quality(made), 'coverage').map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['North', 'South', 'East', 'Checked', 'core']));
  expect(names).not.toContain('Isles');
});

test('a team whose share jumps from one month to the next is shown with both shares', async () => {
  const made = cleanLog(26);
  for (const event of made.events)
    if (event.team === 'East' && event.finished >= '2025-01-01') event.team = 'North';
  const jump = rowsOf(await quality(made), 'stability').find(
    ({ value, month }) => value === 'East' && month === '2025-01-01',
  );
  expect(jump?.after).toBe(0);
  expect(Number(jump?.before)).toBeGreaterThan(0.2);
});

test('working days on which nothing was recorded are counted', async () => {
  const made = cleanLog(27);
  const lost = ['2024-10-08', '2024-10-09', '2024-10-10'];
  const kept = made.events.filter((event) => !lost.includes(event.finished.slice(0, 10)));
  const before = (await quality(made)).figures.find(({ id }) => id === 'empty-working-days')?.value ?? 0;
  await log?.close();
  const after = (await quality({ ...made, events: kept })).figures.find(
    ({ id }) => id === 'empty-working-days',
  );
  expect(after?.value).toBe(before + 3);
});
