import { afterEach, expect, test } from 'vitest';
import type { CellValue, Result } from '../../../core/index.ts';
import { describeQuality } from '../describe-quality.ts';
import { casesCsv, cleanLog, eventsCsv, type MadeLog, ms, wall } from '../made-log.test-support.ts';
import { type OpenedLog, openTexts } from '../opened-log.test-support.ts';

const day = 86_400_000;
let log: OpenedLog | undefined;

afterEach(async () => {
  await log?.close();
  log = undefined;
});

async function results(
  events: string,
  cases: string | null,
  more = '',
): Promise<ReadonlyMap<string, Result>> {
  log = await openTexts(events, cases, more);
  return new Map((await describeQuality(log.workspace)).map((result) => [result.id, result]));
}

const ofLog = (made: MadeLog, more = '') => results(eventsCsv(made), casesCsv(made), more);

function figures(result: Result | undefined): Readonly<Record<string, number | null>> {
  return Object.fromEntries((result?.figures ?? []).map(({ id, value }) => [id, value]));
}

function rowsOf(result: Result | undefined, table: string): readonly Readonly<Record<string, CellValue>>[] {
  return result?.tables.find(({ id }) => id === table)?.rows ?? [];
}

test('a clean log adds up: everything that came in went out, and nothing asks for caution', async () => {
  const found = await ofLog(cleanLog(5));
  expect(figures(found.get('case-conservation'))).toMatchObject({
    opened: 900,
    closed: 900,
    open: 0,
    difference: 0,
  });
  expect(found.get('defects')).toMatchObject({ status: 'sound' });
  expect(found.get('data-quality')).toMatchObject({ status: 'sound' });
  expect(figures(found.get('data-quality'))).toMatchObject({ cautions: 0 });
});

test('cases that go out without having come in are counted as unexplained', async () => {
  const made = cleanLog(5);
  for (const one of made.cases.slice(0, 30)) one.opened = '';
  const found = (await ofLog(made)).get('case-conservation');
  expect(figures(found)).toMatchObject({ opened: 870, closed: 900, difference: 30 });
  expect(found?.status).toBe('caution');
});

test('every month starts with what the month before left open', async () => {
  const months = rowsOf((await ofLog(cleanLog(6))).get('case-conservation'), 'months');
  expect(months.length).toBeGreaterThan(9);
  for (const [i, month] of months.entries()) {
    if (i > 0) expect(month.openAtStart).toBe(months[i - 1]?.openAtEnd);
    expect(Number(month.openAtStart) + Number(month.opened) - Number(month.closed)).toBe(month.openAtEnd);
  }
});

/** Two cases opened every day for two years, each closed ten days later: 20 are open at any time. */
function steady(stay = 10): string {
  const lines = ['case_id,opened,closed'];
  for (let d = 0; d < 730; d++)
    for (const part of ['a', 'b']) {
      const at = Date.UTC(2023, 0, 1, 12) + d * day;
      lines.push(`${part}${d},${wall(at)},${d < 700 ? wall(at + stay * day) : ''}`);
    }
  return `${lines.join('\n')}\n`;
}

const oneEvent = 'case_id,step,finished\na0,Opened,2023-01-01 12:00:00\n';

test("Little's law holds where it must: two a day for ten days each are twenty open cases", async () => {
  const found = (await results(oneEvent, steady())).get('littles-law');
  const quarters = rowsOf(found, 'quarters');
  expect(quarters.length).toBeGreaterThanOrEqual(5);
  for (const { stock, arrivals, mean, ratio } of quarters.slice(0, -1)) {
    expect(arrivals).toBeCloseTo(2, 6);
    // The clocks change within some stays, which makes them an hour longer or shorter.
    expect(mean).toBeCloseTo(10, 1);
    expect(stock).toBeCloseTo(20, 0);
    expect(ratio).toBeCloseTo(1, 1);
  }
});

test("Little's law is broken where cases pile up that never close", async () => {
  const lines = steady().split('\n');
  const piled = lines.map((line, i) => (i % 3 === 1 ? line.replace(/,[^,]*$/, ',') : line)).join('\n');
  const found = (await results(oneEvent, piled)).get('littles-law');
  expect(found?.status).toBe('caution');
  expect(rowsOf(found, 'quarters').every(({ ratio }) => Number(ratio) > 1.25)).toBe(true);
});

test('open work that is older than nearly all closed work ever was asks for caution', async () => {
  const made = cleanLog(7);
  for (const one of made.cases.slice(0, 40)) one.closed = '';
  const found = (await ofLog(made)).get('open-work');
  expect(found?.status).toBe('caution');
  expect(figures(found)).toMatchObject({ open: 40 });
  expect(figures(found)['median-age']).toBeGreaterThan(250);
});

test('no age of open work can be worked out for fewer than ten cases', async () => {
  const made = cleanLog(7);
  for (const one of made.cases.slice(0, 4)) one.closed = '';
  for (const one of made.cases.slice(-30)) one.closed = '';
  const found = (await ofLog(made)).get('open-work');
  expect(figures(found).open).toBe(34);
  const shown = rowsOf(found, 'ages').map(({ cases }) => cases);
  expect(shown.filter((cases) => cases === null)).toHaveLength(2);
  expect(shown.filter((cases) => cases !== null && cases !== 0)).toEqual([]);
});

test('the clock audit says by how much ages are understated and for how long clocks stand still', async () => {
  const made = cleanLog(8);
  for (const one of made.cases.slice(0, 90)) one.opened = wall(ms(one.opened) + 2 * day);
  const found = (await ofLog(made, 'steps: { waiting_for_applicant: [Checked] }\n')).get('clock-audit');
  expect(found?.status).toBe('caution');
  expect(figures(found)['restart-share']).toBeCloseTo(0.1, 6);
  expect(figures(found).understated).toBeCloseTo(2, 1);
  expect(figures(found)['paused-share']).toBeGreaterThan(0.2);
  expect(figures(found)['paused-share']).toBeLessThan(0.7);
});

test('bank holidays on which work goes on are told apart from those that are kept', async () => {
  const worked = await ofLog(cleanLog(9));
  expect(figures(worked.get('days-worked'))).toMatchObject({ weekend: 0, holidays: 7 });
  expect(figures(worked.get('days-worked')).worked).toBeGreaterThan(4);
  await log?.close();
  const made = cleanLog(9);
  const holidays = [
    '2024-12-25',
    '2024-12-26',
    '2025-01-01',
    '2025-04-18',
    '2025-04-21',
    '2025-05-05',
    '2025-05-26',
  ];
  const kept = made.events.filter((event) => !holidays.includes(event.finished.slice(0, 10)));
  const found = await ofLog({ ...made, events: kept });
  expect(figures(found.get('days-worked'))).toMatchObject({ holidays: 7, worked: 0 });
  expect(found.get('days-worked')?.status).toBe('sound');
});

test('what the person sees is set against what happens behind the scenes', async () => {
  const found = (await ofLog(cleanLog(10), 'steps: { front: [Submitted, Told] }\n')).get('front-and-back');
  expect(found?.status).toBe('sound');
  const [begin, told] = rowsOf(found, 'gaps');
  expect(begin).toMatchObject({ cases: 900 });
  expect(told).toMatchObject({ cases: 900 });
  expect(begin?.median).toBeGreaterThan(0.5);
  expect(told?.median).toBeLessThan(2.5);
});

test('without cases, dates or a charter that says more, each check says what it needs', async () => {
  const found = await results(oneEvent, null);
  for (const id of [
    'case-conservation',
    'littles-law',
    'open-work',
    'clock-audit',
    'days-worked',
    'front-and-back',
  ]) {
    expect(found.get(id)?.status).toBe('cannot-tell');
    expect(found.get(id)?.answer).toMatch(/^Cannot tell: that needs .+\.$/);
    expect(found.get(id)?.next).not.toEqual([]);
  }
});
